package io.basaltdb.benchmarks.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The sources of this repository, as files.
final class SourceTree {
    private SourceTree() {}

    /// The folder of the parent POM: upwards from the folder that the tests run in.
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above the test has an ARCHITECTURE.md");
            }
        }
        return folder;
    }

    /// Every Java file of the product, without tests and without what the build generates.
    static List<Path> mainFiles() {
        return files("/src/main/java/");
    }

    /// Every Java file, tests included.
    static List<Path> allFiles() {
        return files("/src/");
    }

    /// Every document of the repository.
    static List<Path> documents() {
        return files(".md", "/");
    }

    private static List<Path> files(String below) {
        return files(".java", below).stream()
                .filter(file -> !file.endsWith("module-info.java"))
                .toList();
    }

    private static List<Path> files(String ending, String below) {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !("/" + root.relativize(file)).contains("/target/"))
                    .filter(file -> ("/" + root.relativize(file)).contains(below))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
