package io.basaltdb.benchmarks.logictest;

import java.util.List;

/// One record of a script that applies to the engine at hand.
sealed interface ScriptRecord {
    int line();

    /// A statement that must succeed, or must fail.
    record Command(int line, String sql, boolean fails) implements ScriptRecord {}

    /// A query and what it must answer.
    record Query(
            int line, String sql, String types, Sorting sorting, String label, Expected expected)
            implements ScriptRecord {}

    /// The end of the script.
    record Halt(int line) implements ScriptRecord {}

    /// How the values of an answer are sorted before they are compared.
    enum Sorting {
        NONE,
        ROWS,
        VALUES
    }

    /// The answer that is expected.
    sealed interface Expected {
        /// The values, row by row, one after the other.
        record Values(List<String> values) implements Expected {}

        /// How many values, and the MD5 of each of them followed by a line feed.
        record Hash(int count, String md5) implements Expected {}

        /// One line for each row, values separated by tabs; compared by value.
        record Rows(List<String> lines) implements Expected {}
    }
}
