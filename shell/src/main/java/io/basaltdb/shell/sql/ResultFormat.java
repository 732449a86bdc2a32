package io.basaltdb.shell.sql;

import java.util.Locale;

/// How rows are written.
public enum ResultFormat {
    /// A frame with names and types, the middle of long results left out.
    BOX,
    /// One line per value, for rows that are wider than the terminal.
    VERTICAL,
    /// Comma-separated values with a header line, RFC 4180.
    CSV,
    /// Tab-separated values with a header line; tab, newline and backslash escaped.
    TSV,
    /// One JSON object a line.
    JSON,
    /// A Markdown table.
    MARKDOWN;

    /// The name in lower case.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
