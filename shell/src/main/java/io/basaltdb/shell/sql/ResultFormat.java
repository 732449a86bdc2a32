package io.basaltdb.shell.sql;

import java.util.Locale;

/// How rows are written.
public enum ResultFormat {
    /// A frame with names and types, the middle of long results left out.
    BOX,
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

    RowWriter writer(Appendable out, int width) {
        return switch (this) {
            case BOX -> new BoxWriter(out, width);
            case CSV -> new DelimitedWriter(out, ',');
            case TSV -> new DelimitedWriter(out, '\t');
            case JSON -> new JsonWriter(out);
            case MARKDOWN -> new MarkdownWriter(out);
        };
    }
}
