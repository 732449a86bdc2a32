package io.basaltdb.benchmarks.command;

import io.basaltdb.benchmarks.files.CacheFolder;
import java.nio.file.Path;

/// Where measurements keep their files unless told otherwise.
final class BenchFolders {
    private BenchFolders() {}

    /// Generated files outlive a clean build: they take minutes to make and never change.
    static Path data() {
        return CacheFolder.path();
    }

    static Path work() {
        return home().resolve("target/bench/work");
    }

    static Path results() {
        return home().resolve("target/bench/results");
    }

    /// Where Basalt is installed, with its launcher.
    static Path home() {
        return Path.of(System.getProperty("basalt.home", "."));
    }
}
