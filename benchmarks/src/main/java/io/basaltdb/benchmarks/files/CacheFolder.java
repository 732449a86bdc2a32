package io.basaltdb.benchmarks.files;

import java.nio.file.Path;

/// What measurements keep for the next ones: `basalt` in the user's folder of caches (`XDG_CACHE_HOME`, or `~/.cache`).
public final class CacheFolder {
    private CacheFolder() {}

    /// The folder, whether it exists or not.
    public static Path path() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty()
                        ? Path.of(System.getProperty("user.home", "."), ".cache")
                        : Path.of(cache);
        return base.resolve("basalt");
    }
}
