package io.basaltdb.shell.sql;

/// How rows are to look.
///
/// @param width cells of a line, for formats that keep to a width
/// @param styled whether the colours of a terminal may be used
public record Display(ResultFormat format, int width, boolean styled) {
    /// Without colours.
    public static Display plain(ResultFormat format, int width) {
        return new Display(format, width, false);
    }

    RowWriter writer(Appendable out) {
        return switch (format) {
            case BOX -> new BoxWriter(out, width, styled);
            case VERTICAL -> new VerticalWriter(out, styled);
            case CSV -> new DelimitedWriter(out, ',');
            case TSV -> new DelimitedWriter(out, '\t');
            case JSON -> new JsonWriter(out);
            case MARKDOWN -> new MarkdownWriter(out);
        };
    }
}
