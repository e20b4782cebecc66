package org.webrtc4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public types of each published module are a checked-in list, so that a change of them shows in review. To write the
 * lists anew:
 *
 * <pre>mvn -pl testing/architecture -am test -Dtest=PublicTypesTest -Dsurefire.failIfNoSpecifiedTests=false -Dwebrtc4j.public-types=write</pre>
 */
class PublicTypesTest {

    private static final String PROPERTY = "webrtc4j.public-types";
    private static final Path LISTS = SourceTree.root().resolve("testing/architecture/public-types");

    static Stream<Named<ModuleReference>> modules() {
        return PublicTypes.modules().stream()
                .map(module -> Named.of(module.descriptor().name(), module));
    }

    @BeforeAll
    static void writeListsWhenAsked() throws IOException, ClassNotFoundException {
        if (System.getProperty(PROPERTY, "").equals("write")) {
            Files.createDirectories(LISTS);
            for (ModuleReference module : PublicTypes.modules()) {
                Files.write(listOf(module), PublicTypes.of(module));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void thePublicTypesOfAModuleAreThoseOfItsList(ModuleReference module) throws IOException, ClassNotFoundException {
        Path list = listOf(module);
        List<String> types = PublicTypes.of(module);

        assertThat(types).isNotEmpty();
        assertThat(list).exists();
        assertThat(Files.readAllLines(list))
                .as("%s; a change is meant? Run with -D%s=write", list, PROPERTY)
                .containsExactlyElementsOf(types);
    }

    @Test
    void everyModuleWithADescriptorHasAList() throws IOException {
        List<Path> descriptors = SourceTree.files(SourceTree.root(), "module-info.java").stream()
                .filter(file -> file.toString().contains("src/main/java"))
                .toList();

        assertThat(PublicTypes.modules()).hasSameSizeAs(descriptors);
        assertThat(SourceTree.files(LISTS, ".txt")).hasSameSizeAs(descriptors);
    }

    private static Path listOf(ModuleReference module) {
        return LISTS.resolve(module.descriptor().name() + ".txt");
    }
}
