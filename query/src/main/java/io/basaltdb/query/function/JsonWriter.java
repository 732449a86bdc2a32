package io.basaltdb.query.function;

import io.basaltdb.storage.nested.ElementReader;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// Values as JSON: truth values, numbers and JSON as they are, lists as arrays, structs and maps as objects, anything else as a string of its text. Numbers
/// that JSON does not have, NaN and infinity, are strings. For one thread.
final class JsonWriter {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Type type;
    private final List<Type> types;
    private final ElementShape[] shapes;
    private final JsonWriter[] inner;
    private final NestedText text;
    private final TextOutput scratch = new TextOutput();

    JsonWriter(Type type, ZoneClock clock) {
        this.type = type;
        types =
                switch (type) {
                    case Type.Array(Type element) -> List.of(element);
                    case Type.Map(Type key, Type value) -> List.of(key, value);
                    case Type.Struct struct ->
                            struct.members().stream().map(Type.Struct.Member::type).toList();
                    default -> List.of();
                };
        shapes = types.stream().map(ElementShape::of).toArray(ElementShape[]::new);
        inner = types.stream().map(part -> new JsonWriter(part, clock)).toArray(JsonWriter[]::new);
        text = new NestedText(type, clock);
        scratch.begin(1);
    }

    static void writeNull(TextOutput out) {
        out.append(NULL);
    }

    /// Writes the value of a row.
    void value(TextOutput out, ValueLanes lanes, int row) {
        if (lanes.isNull(row)) {
            writeNull(out);
        } else if (type instanceof Type.Nested) {
            nested(out, lanes.heap(), lanes.start(row));
        } else {
            lanes.write(scratch, row);
            leaf(out, takeScratch());
        }
    }

    /// Writes the text of a row as a string.
    void string(TextOutput out, ValueLanes lanes, int row) {
        lanes.write(scratch, row);
        quoted(out, takeScratch());
    }

    private byte[] takeScratch() {
        byte[] written = scratch.pendingBytes();
        scratch.undo();
        return written;
    }

    /// Writes the nested value whose first element is at that place.
    private void nested(TextOutput out, byte[] heap, int start) {
        boolean isList = type instanceof Type.Array;
        boolean isMap = type instanceof Type.Map;
        out.append(isList ? '[' : '{');
        int at = start;
        for (int i = 0; ElementShape.isElement(heap, at); i++) {
            int part = i % inner.length;
            if (i > 0) {
                out.append(isMap && part == 1 ? ": " : ", ");
            }
            if (type instanceof Type.Struct(List<Type.Struct.Member> members)) {
                quoted(out, members.get(part).name().getBytes(StandardCharsets.UTF_8));
                out.append(": ");
            }
            int end = shapes[part].skip(heap, at);
            if (isMap && part == 0) {
                inner[0].text.plain(inner[0].scratch, heap, at, end);
                quoted(out, inner[0].takeScratch());
            } else {
                inner[part].element(out, heap, at, end);
            }
            at = end;
        }
        out.append(isList ? ']' : '}');
    }

    private void element(TextOutput out, byte[] heap, int at, int end) {
        if (ElementShape.isNull(heap, at)) {
            writeNull(out);
        } else if (type instanceof Type.Nested) {
            nested(out, heap, ElementReader.nested(at));
        } else {
            text.plain(scratch, heap, at, end);
            leaf(out, takeScratch());
        }
    }

    private void leaf(TextOutput out, byte[] written) {
        boolean plain =
                switch (type) {
                    case Type.Bool _, Type.Int _, Type.Decimal _, Type.Json _, Type.Null _ -> true;
                    case Type.Real _, Type.DoublePrecision _ ->
                            Character.isDigit(written[written.length - 1]);
                    case Type.Date _,
                            Type.Timestamp _,
                            Type.TimestampTz _,
                            Type.Time _,
                            Type.Interval _,
                            Type.Text _,
                            Type.Uuid _,
                            Type.Enumeration _,
                            Type.Inet _,
                            Type.CalendarInterval _,
                            Type.Binary _ ->
                            false;
                    case Type.Nested _ -> throw new AssertionError("is written by its elements");
                };
        if (plain) {
            out.append(written);
        } else {
            quoted(out, written);
        }
    }

    private static void quoted(TextOutput out, byte[] written) {
        out.append('"');
        for (byte b : written) {
            switch (b) {
                case '"', '\\' -> {
                    out.append('\\');
                    out.append(b);
                }
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (b >= 0 && b < ' ') {
                        out.append("\\u00");
                        out.append(HexFormat.of().toHexDigits(b));
                    } else {
                        out.append(b);
                    }
                }
            }
        }
        out.append('"');
    }
}
