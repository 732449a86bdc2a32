package io.basaltdb.benchmarks.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A statement that stands for a feature.
///
/// @param kind what it is
/// @param name the feature; no two bear the same name
record Feature(Kind kind, String name, String sql) {
    /// What a statement is.
    enum Kind {
        QUERY,
        DATA,
        OTHER
    }

    static List<Feature> all() {
        return lines("statements.txt").stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Feature::parse)
                .toList();
    }

    private static Feature parse(String line) {
        String[] parts = line.split("(?<!\\\\)\\|", 3);
        Kind kind =
                switch (parts[0]) {
                    case "Q" -> Kind.QUERY;
                    case "M", "D" -> Kind.DATA;
                    default -> Kind.OTHER;
                };
        return new Feature(kind, parts[1].replace("\\|", "|"), parts[2]);
    }

    /// What stands before the statement: the tables and views that it names and that it does not make itself.
    List<String> setUp() {
        String text = sql.toLowerCase(Locale.ROOT);
        if (text.matches("(alter table|copy|optimize table|select .* from) t\\b.*")) {
            return List.of("CREATE TABLE t (a INTEGER)");
        }
        return text.startsWith("drop view v")
                ? List.of("CREATE VIEW v AS SELECT 1 AS a")
                : List.of();
    }

    /// How many values the statement takes.
    int parameters() {
        return (int) sql.chars().filter(character -> character == '?').count()
                + (sql.contains("$1") || sql.contains(" :") ? 1 : 0);
    }

    /// The lines of a file beside this class.
    static List<String> lines(String file) {
        try (InputStream in =
                Objects.requireNonNull(Feature.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
