package org.webrtc4j.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.notHaveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** What holds everywhere: a library is a guest in its process, and classes are named for what they are. */
final class HouseRules {

    private static final String PUBLISHED = "org.webrtc4j..";
    private static final String TESTKIT = "org.webrtc4j.testkit..";

    private static final Set<String> BANNED_ACCESSES = Set.of(
            "java.security.Security.addProvider",
            "java.security.Security.insertProviderAt",
            "java.security.Security.removeProvider",
            "java.security.Security.setProperty",
            "java.lang.Runtime.addShutdownHook",
            "java.lang.Runtime.exit",
            "java.lang.Runtime.halt",
            "java.lang.System.exit",
            "java.lang.System.setProperty",
            "java.lang.System.out",
            "java.lang.System.err",
            "java.lang.Thread.setDefaultUncaughtExceptionHandler");

    private HouseRules() {}

    static List<ArchRule> all() {
        return List.of(
                noClasses()
                        .that()
                        .resideInAPackage(PUBLISHED)
                        .and()
                        .resideOutsideOfPackage(TESTKIT)
                        .should()
                        .accessTargetWhere(bannedAccess())
                        .as("published modules change nothing of their process and print nothing"),
                fields().that(areStatic())
                        .and()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(PUBLISHED)
                        .should()
                        .beFinal()
                        .as("nothing static is assigned twice"),
                fields().that(areStatic())
                        .and()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(PUBLISHED)
                        .should(notHaveModifier(JavaModifier.VOLATILE))
                        .andShould()
                        .notHaveRawType(DescribedPredicate.describe(
                                "an atomic, a lock or a thread-local",
                                type -> type.getPackageName().startsWith("java.util.concurrent.")
                                        || type.getName().equals("java.lang.ThreadLocal")))
                        .as("nothing static is shared and mutable"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Impl|Manager|Helper|Utils|Util)(\\$.*)?")
                        .as("classes are named for what they are"));
    }

    private static DescribedPredicate<JavaField> areStatic() {
        return DescribedPredicate.describe(
                "are static and written by people",
                field -> field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static DescribedPredicate<JavaAccess<?>> bannedAccess() {
        return DescribedPredicate.describe(
                "is banned",
                access -> BANNED_ACCESSES.contains(access.getTarget().getOwner().getName() + "."
                                + access.getTarget().getName())
                        || (access.getTarget().getName().equals("printStackTrace")
                                && access.getTarget().getOwner().isAssignableTo(Throwable.class)));
    }
}
