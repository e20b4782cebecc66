package org.webrtc4j.sdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The descriptions and candidates of other stacks under src/test/resources/recorded. */
final class Recorded {

    private Recorded() {}

    static Stream<String> descriptions() {
        return files().filter(name -> name.endsWith(".sdp"));
    }

    static Stream<String> candidates() {
        return files().filter(name -> name.startsWith("candidates-")).flatMap(name -> lines(name).stream());
    }

    static String text(String name) {
        try {
            return Files.readString(folder().resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<String> lines(String name) {
        return text(name).lines().toList();
    }

    private static Stream<String> files() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Recorded.class.getResource("/recorded"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
