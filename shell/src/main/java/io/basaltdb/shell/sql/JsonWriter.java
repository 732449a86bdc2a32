package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One object a line. Numbers that JSON can write stay numbers; everything else is a string.
final class JsonWriter implements RowWriter {
    private final Appendable out;
    private List<Column> columns = List.of();

    JsonWriter(Appendable out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> names) {
        columns = names;
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        out.append('{');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            string(columns.get(i).name());
            out.append(':');
            value(columns.get(i), values.get(i));
        }
        out.append("}\n");
    }

    private void value(Column column, @Nullable String value) throws IOException {
        if (value == null) {
            out.append("null");
        } else if (column.type().equals("BOOLEAN")
                || (column.number() && Character.isDigit(value.charAt(value.length() - 1)))) {
            out.append(value);
        } else {
            string(value);
        }
    }

    private void string(String text) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    @Override
    public void end(boolean more) {}
}
