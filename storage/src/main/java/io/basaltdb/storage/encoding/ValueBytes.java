package io.basaltdb.storage.encoding;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Value;

/// Single values as bytes, for footers, logs and manifests: a tag (one byte) and the value. 0: NULL. 1, 2: FALSE, TRUE. 3: a signed
/// varint. 4: high and low half, eight bytes each. 5: a double's bits, eight bytes. 6: the length as a varint and the bytes.
public final class ValueBytes {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int WHOLE = 3;
    private static final int WIDE = 4;
    private static final int FLOATING = 5;
    private static final int BYTES = 6;

    private ValueBytes() {}

    public static void write(Value value, ByteSink sink) {
        switch (value) {
            case Value.Null _ -> sink.putByte(NULL);
            case Value.Bool(boolean bit) -> sink.putByte(bit ? TRUE : FALSE);
            case Value.Whole(long whole) -> {
                sink.putByte(WHOLE);
                sink.putSignedVarint(whole);
            }
            case Value.Wide(long high, long low) -> {
                sink.putByte(WIDE);
                sink.putLong(high);
                sink.putLong(low);
            }
            case Value.Floating(double number) -> {
                sink.putByte(FLOATING);
                sink.putLong(Double.doubleToRawLongBits(number));
            }
            case Value.Bytes(byte[] bytes) -> {
                sink.putByte(BYTES);
                sink.putVarint(bytes.length);
                sink.putBytes(bytes, 0, bytes.length);
            }
        }
    }

    public static Value read(ByteSource source) {
        int tag = source.getByte();
        return switch (tag) {
            case NULL -> Value.NULL;
            case FALSE -> Value.of(false);
            case TRUE -> Value.of(true);
            case WHOLE -> new Value.Whole(source.getSignedVarint());
            case WIDE -> new Value.Wide(source.getLong(), source.getLong());
            case FLOATING -> new Value.Floating(Double.longBitsToDouble(source.getLong()));
            case BYTES -> new Value.Bytes(source.getBytes(source.getCount(source.remaining())));
            default -> throw unknown(tag);
        };
    }

    /// Steps over a value.
    public static void skip(ByteSource source) {
        int tag = source.getByte();
        switch (tag) {
            case NULL, FALSE, TRUE -> {}
            case WHOLE -> source.getVarint();
            case WIDE -> source.skip(16);
            case FLOATING -> source.skip(8);
            case BYTES -> source.skip(source.getCount(source.remaining()));
            default -> throw unknown(tag);
        }
    }

    private static BasaltException unknown(int tag) {
        return ByteSource.malformed("unknown tag " + tag + " of a value");
    }
}
