package io.basaltdb.benchmarks.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The class path of a program that embeds Basalt.
public final class EmbeddingClassPath {
    private static final String OTHER_DRIVER = "duckdb_jdbc";

    private EmbeddingClassPath() {}

    /// This process's own without DuckDB's driver, which loads its native library as soon as `DriverManager` finds it.
    public static String ofBasalt() {
        return Arrays.stream(
                        System.getProperty("java.class.path")
                                .split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !fileName(entry).startsWith(OTHER_DRIVER))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String fileName(String entry) {
        Path name = Path.of(entry).getFileName();
        return name == null ? "" : name.toString();
    }
}
