package io.basaltdb.query.function;

import io.basaltdb.storage.nested.ElementReader;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Nested values as text, in DuckDB's form: `[1, NULL]`, `{'a': 1, 'b': x}`, `{k=1}`. What is inside is written as it is alone; where that would be
/// misread, it stands in single quotes, in which a quote and a backslash have a backslash before them. For one thread.
public final class NestedText {
    private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final String SPECIAL = "\"'(),:=[]{}\\";

    private final Type type;
    private final ZoneClock clock;
    private final ElementShape[] shapes;
    private final NestedText[] inner;
    private final TextOutput scratch = new TextOutput();
    private byte[] run = new byte[64];

    /// @param type of the values, nested or not
    public NestedText(Type type, ZoneClock clock) {
        this.type = type;
        this.clock = clock;
        List<Type> types =
                switch (type) {
                    case Type.Array(Type element) -> List.of(element);
                    case Type.Map(Type key, Type value) -> List.of(key, value);
                    case Type.Struct struct ->
                            struct.members().stream().map(Type.Struct.Member::type).toList();
                    default -> List.of();
                };
        shapes = types.stream().map(ElementShape::of).toArray(ElementShape[]::new);
        inner = types.stream().map(part -> new NestedText(part, clock)).toArray(NestedText[]::new);
        scratch.begin(1);
    }

    /// Writes the nested value whose first element is at that place.
    public void value(TextOutput out, byte[] heap, int start) {
        boolean isList = type instanceof Type.Array;
        out.append(isList ? '[' : '{');
        int at = start;
        for (int i = 0; ElementShape.isElement(heap, at); i++) {
            int part = i % inner.length;
            if (i > 0) {
                out.append(type instanceof Type.Map && part == 1 ? "=" : ", ");
            }
            if (type instanceof Type.Struct(List<Type.Struct.Member> members)) {
                quoted(out, members.get(part).name().getBytes(StandardCharsets.UTF_8));
                out.append(": ");
            }
            int end = shapes[part].skip(heap, at);
            inner[part].element(out, heap, at, end);
            at = end;
        }
        out.append(isList ? ']' : '}');
    }

    /// Writes the element between these places as it stands in a nested value.
    private void element(TextOutput out, byte[] heap, int at, int end) {
        if (ElementShape.isNull(heap, at)) {
            out.append(NULL);
        } else if (type instanceof Type.Nested) {
            value(out, heap, ElementReader.nested(at));
        } else {
            plain(scratch, heap, at, end);
            byte[] text = scratch.pendingBytes();
            scratch.undo();
            if (needsQuotes(text)) {
                quoted(out, text);
            } else {
                out.append(text);
            }
        }
    }

    /// Writes the element between these places, which is not NULL, as it is written alone.
    void plain(TextOutput out, byte[] heap, int at, int end) {
        if (type instanceof Type.Nested) {
            value(out, heap, ElementReader.nested(at));
            return;
        }
        switch (type.physical()) {
            case LONG -> TextFormat.whole(out, ElementReader.whole(heap, at), type, clock);
            case DOUBLE -> {
                boolean isReal = type instanceof Type.Real;
                TextFormat.floating(
                        out,
                        isReal ? ElementReader.real(heap, at) : ElementReader.floating(heap, at),
                        isReal);
            }
            case WIDE ->
                    TextFormat.wide(
                            out, ElementReader.high(heap, at), ElementReader.low(heap, at), type);
            case BITS -> TextFormat.bool(out, ElementReader.truth(heap, at));
            case BYTES -> {
                run = Scratch.grown(run, end - at);
                TextFormat.bytes(out, run, 0, ElementReader.text(heap, at, end, run), type);
            }
        }
    }

    private boolean needsQuotes(byte[] text) {
        if (type.physical() == Physical.BYTES && text.length == 0) {
            return true;
        }
        if (text.length == 4
                && new String(text, StandardCharsets.US_ASCII).equalsIgnoreCase("NULL")) {
            return true;
        }
        if (text.length > 0 && (text[0] == ' ' || text[text.length - 1] == ' ')) {
            return true;
        }
        for (byte b : text) {
            if (SPECIAL.indexOf(b) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static void quoted(TextOutput out, byte[] text) {
        out.append('\'');
        for (byte b : text) {
            if (b == '\'' || b == '\\') {
                out.append('\\');
            }
            out.append(b);
        }
        out.append('\'');
    }
}
