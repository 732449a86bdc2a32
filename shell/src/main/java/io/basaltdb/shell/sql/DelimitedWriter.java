package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values between commas or tabs. With commas a value that holds a comma, quote or line end is quoted, and an empty text too, so that NULL (nothing
/// at all) differs from it; with tabs such characters are escaped by a backslash and NULL is `\N`.
final class DelimitedWriter implements RowWriter {
    private final Appendable out;
    private final char delimiter;

    DelimitedWriter(Appendable out, char delimiter) {
        this.out = out;
        this.delimiter = delimiter;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            delimit(i);
            value(columns.get(i).name());
        }
        out.append('\n');
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        for (int i = 0; i < values.size(); i++) {
            delimit(i);
            value(values.get(i));
        }
        out.append('\n');
    }

    private void delimit(int column) throws IOException {
        if (column > 0) {
            out.append(delimiter);
        }
    }

    private void value(@Nullable String value) throws IOException {
        if (delimiter == '\t') {
            out.append(value == null ? "\\N" : escaped(value));
        } else if (value != null) {
            out.append(quoted(value));
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String quoted(String value) {
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length() && plain; i++) {
            char c = value.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    @Override
    public void end(boolean more) {}
}
