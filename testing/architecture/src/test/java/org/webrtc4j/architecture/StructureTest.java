package org.webrtc4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules over the classes of the stack as they are. That each rule bites is shown by {@link PlantedViolationsTest}. */
class StructureTest {

    private static final JavaClasses STACK = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.webrtc4j");

    static Stream<Named<ArchRule>> rules() {
        return Stream.of(ModuleRules.all(), EngineRules.all(), HouseRules.all())
                .flatMap(rules -> rules.stream().map(rule -> Named.of(rule.getDescription(), rule)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theStackKeepsTheRule(ArchRule rule) {
        rule.check(STACK);
    }

    @Test
    void everyPackageOfThePublishedModulesAndTheTestkitIsLookedAt() throws IOException {
        Set<String> imported =
                STACK.stream().map(type -> type.getPackageName()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(imported).containsAll(SourceTree.packagesWithTypes(SourceTree.ENGINE_MODULES));
        assertThat(imported)
                .containsAll(SourceTree.packagesWithTypes(Set.of(
                        "adapters/micrometer",
                        "adapters/netty",
                        "codecs/h264",
                        "codecs/opus",
                        "common",
                        "peerconnection",
                        "providers/ice4j",
                        "providers/jitsi-srtp",
                        "testing/testkit")));
        assertThat(STACK.size()).isGreaterThan(100);
    }
}
