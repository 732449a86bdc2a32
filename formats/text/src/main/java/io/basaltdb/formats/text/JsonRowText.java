package io.basaltdb.formats.text;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.time.ZoneOffset;
import java.util.List;

/// Rows as JSON objects, one a line; lists as arrays, maps and structs as objects; NaN and infinities, which JSON cannot write, as strings.
record JsonRowText(Schema schema) implements RowText {
    @Override
    public String head() {
        return "";
    }

    @Override
    public void append(List<Value> row, StringBuilder out) {
        out.append('{');
        for (int c = 0; c < row.size(); c++) {
            out.append(c == 0 ? "" : ",");
            string(schema.field(c).name(), out);
            out.append(':');
            value(row.get(c), schema.type(c), out);
        }
        out.append("}\n");
    }

    private static void value(Value value, Type type, StringBuilder out) {
        if (value.isNull()) {
            out.append("null");
            return;
        }
        if (type instanceof Type.Nested) {
            out.append(ValueText.json(value, type, ZoneOffset.UTC));
            return;
        }
        String text = ValueText.format(value, type, ZoneOffset.UTC);
        boolean bare =
                switch (type) {
                    case Type.Int _, Type.Decimal _, Type.Bool _ -> true;
                    case Type.Real _, Type.DoublePrecision _ ->
                            value instanceof Value.Floating(double number)
                                    && Double.isFinite(number);
                    // On one line, and not a string: that would be read as what it says.
                    case Type.Json _ ->
                            (text.startsWith("{") || text.startsWith("["))
                                    && text.indexOf('\n') < 0
                                    && text.indexOf('\r') < 0;
                    case Type.Date _,
                            Type.Timestamp _,
                            Type.TimestampTz _,
                            Type.Text _,
                            Type.Opaque _ ->
                            false;
                    case Type.Interval _, Type.Null _ -> false;
                };
        if (bare) {
            out.append(text);
        } else {
            string(text, out);
        }
    }

    private static void string(String text, StringBuilder out) {
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
}
