package org.webrtc4j.architecture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files of the project, found from the folder in which the tests run. */
final class SourceTree {

    /** Modules that consist of engines, or contain some: their folders. */
    static final Set<String> ENGINE_MODULES = Set.of("sdp", "ice", "dtls-srtp", "sctp", "rtp", "media");

    private static final Set<String> SKIPPED =
            Set.of("target", ".git", "node_modules", ".cifuzz-corpus", ".idea", ".settings");

    private SourceTree() {}

    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("bom")) && Files.isDirectory(folder.resolve("parent"))) {
                return folder;
            }
        }
        throw new IllegalStateException("Not within the project: " + Path.of("").toAbsolutePath());
    }

    /** All files with one of the endings below a folder, built and foreign ones left out. */
    static List<Path> files(Path folder, String... endings) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean skip = SKIPPED.contains(directory.getFileName().toString());
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                for (String ending : endings) {
                    if (file.getFileName().toString().endsWith(ending)) {
                        found.add(file);
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** Packages of main code that hold more than their documentation. */
    static Set<String> packagesWithTypes(Set<String> modules) throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String module : modules) {
            Path sources = root().resolve(module).resolve("src/main/java");
            for (Path file : files(sources, ".java")) {
                if (!file.endsWith("package-info.java") && !file.endsWith("module-info.java")) {
                    packages.add(sources.relativize(file.getParent()).toString().replace('/', '.'));
                }
            }
        }
        return packages;
    }
}
