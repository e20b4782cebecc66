package org.webrtc4j.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** An engine has no socket, no thread, no clock and no randomness of its own, and nothing to lock. */
final class EngineRules {

    /** Where engines live. Their synchronized blocks are found in the sources: see {@link SourceRules}. */
    static final List<String> PACKAGES = List.of(
            "org.webrtc4j.sdp..",
            "org.webrtc4j.ice",
            "org.webrtc4j.ice.stun..",
            "org.webrtc4j.ice.agent..",
            "org.webrtc4j.ice.gather..",
            "org.webrtc4j.ice.turn..",
            "org.webrtc4j.turnserver.engine..",
            "org.webrtc4j.dtls",
            "org.webrtc4j.crypto..",
            "org.webrtc4j.dtls.guard..",
            "org.webrtc4j.dtls.record..",
            "org.webrtc4j.srtp..",
            "org.webrtc4j.sctp..",
            "org.webrtc4j.rtp..",
            "org.webrtc4j.media..");

    private static final String[] BANNED_PACKAGES = {
        "java.util.concurrent..", "java.util.random", "java.nio.channels..", "java.nio.file.."
    };

    /** An interface that is handed in, as {@code TimeSource} is; what makes one is banned. */
    private static final String GIVEN_RANDOMNESS = "java.util.random.RandomGenerator";

    /** Converts units; it does not wait, as long as nobody calls its waiting methods. */
    private static final String UNITS = "java.util.concurrent.TimeUnit";

    private static final Set<String> BANNED_CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.InheritableThreadLocal",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.util.Timer",
            "java.util.TimerTask",
            "java.util.Date",
            "java.util.Calendar",
            "java.time.Clock",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.MulticastSocket",
            "java.net.NetworkInterface",
            "java.net.URL");

    private static final Set<String> BANNED_CALLS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Math.random",
            "java.lang.Object.wait",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll",
            "java.util.UUID.randomUUID",
            UNITS + ".sleep",
            UNITS + ".timedWait",
            UNITS + ".timedJoin",
            "java.net.InetAddress.getByName",
            "java.net.InetAddress.getAllByName",
            "java.net.InetAddress.getLocalHost",
            "org.webrtc4j.common.TimeSource.system");

    private static final Set<String> HARMLESS = Set.of(GIVEN_RANDOMNESS, UNITS);

    private static final String VAR_HANDLE = "java.lang.invoke.VarHandle";

    /** Reads and writes eight bytes of an array at once, plainly: there is no other way to them at that speed. */
    private static final String ARRAY_VIEWS = "org.webrtc4j.crypto.Words";

    /** Where text is known to be an IP literal, which is parsed and never looked up. */
    private static final String LITERALS = "org.webrtc4j.ice.agent.IpLiteral";

    private EngineRules() {}

    static List<ArchRule> all() {
        return List.of(
                noClasses()
                        .that(areEngines())
                        .should()
                        .dependOnClassesThat(bannedClass())
                        .as("engines know no socket, thread, clock, lock or source of randomness"),
                noClasses()
                        .that(areEngines())
                        .should()
                        .accessTargetWhere(bannedCall())
                        .as("engines read no clock, wait for nobody, look up no name and make no randomness"),
                noClasses()
                        .that(areEngines())
                        .and()
                        .doNotHaveFullyQualifiedName(ARRAY_VIEWS)
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName(VAR_HANDLE)
                        .as("engines have no handle of a variable, which could be shared"),
                noFields()
                        .that()
                        .areDeclaredInClassesThat(areEngines())
                        .should()
                        .haveModifier(JavaModifier.VOLATILE)
                        .as("engines have no volatile field"),
                noMethods()
                        .that()
                        .areDeclaredInClassesThat(areEngines())
                        .should()
                        .haveModifier(JavaModifier.SYNCHRONIZED)
                        .as("engines have no synchronized method"));
    }

    private static DescribedPredicate<JavaClass> areEngines() {
        return resideInAnyPackage(PACKAGES.toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> bannedClass() {
        DescribedPredicate<JavaClass> inPackage = resideInAnyPackage(BANNED_PACKAGES);
        return DescribedPredicate.describe(
                "are banned",
                type -> BANNED_CLASSES.contains(type.getName())
                        || (inPackage.test(type) && !HARMLESS.contains(type.getName())));
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> bannedCall() {
        return DescribedPredicate.describe(
                "is banned", access -> isBanned(access.getOriginOwner().getName(), access.getTarget()));
    }

    private static boolean isBanned(String origin, AccessTarget target) {
        String owner = target.getOwner().getName();
        boolean literal = origin.equals(LITERALS) && owner.equals("java.net.InetAddress");
        return (BANNED_CALLS.contains(owner + "." + target.getName()) && !literal)
                || (owner.startsWith("java.time.") && target.getName().equals("now"));
    }
}
