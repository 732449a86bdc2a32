package io.basaltdb.storage.testkit;

import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Random nested values as bytes, with NULLs, empty lists and lists in lists.
public final class NestedValues {
    private static final String[] TEXTS = {
        "", "a", "b", "a\0", "a\0\0b", "\0", "NULL", "it's", "日本"
    };

    private NestedValues() {}

    /// The same value for the same number.
    public static byte[] of(Type.Nested type, long number) {
        NestedWriter out = new NestedWriter();
        out.begin(1);
        putParts(out, type, new Random(number));
        out.end(0);
        return bytes(out, type);
    }

    private static byte[] bytes(NestedWriter out, Type type) {
        BytesVector vector = out.vector(type, 1, null);
        return Arrays.copyOf(vector.heap(), vector.length()[0]);
    }

    private static void putParts(NestedWriter out, Type.Nested type, Random random) {
        switch (type) {
            case Type.Array(Type element) -> {
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    put(out, element, random);
                }
            }
            case Type.Map(Type key, Type value) -> {
                if (random.nextInt(3) > 0) {
                    Type.Int whole = (Type.Int) key;
                    out.putLong(random.nextInt(20) - whole.bits());
                    put(out, value, random);
                }
            }
            case Type.Struct struct ->
                    struct.members().forEach(member -> put(out, member.type(), random));
        }
    }

    private static void put(NestedWriter out, Type type, Random random) {
        if (random.nextInt(5) == 0) {
            out.putNull();
            return;
        }
        switch (type) {
            case Type.Nested nested -> {
                byte[] value = of(nested, random.nextLong());
                out.putNested(value, 0, value.length);
            }
            case Type.Text _ -> {
                byte[] text = TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
                out.putBytes(text, 0, text.length);
            }
            case Type.Int(int bits) ->
                    out.putLong(random.nextLong() >> (64 - bits + random.nextInt(bits)));
            case Type.DoublePrecision _ -> out.putDouble(random.nextInt(9) / 4.0 - 1);
            case Type.Bool _ -> out.putBoolean(random.nextBoolean());
            default -> throw new AssertionError(type.sql());
        }
    }
}
