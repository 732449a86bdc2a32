package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.LittleEndian;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One column of a received record batch: a view over the bytes of its message. Its shape was
/// checked when it was made, so rows in `[0, rowCount)` can be read without further care.
public final class WireColumn {
    static final int ALL_VALID = -1;

    private final WireField field;
    private final int rowCount;
    private final byte[] bytes;
    private final int validity;
    private final int values;
    private final int heap;
    private final @Nullable WireDictionary dictionary;

    WireColumn(
            WireField field,
            int rowCount,
            byte[] bytes,
            int validity,
            int values,
            int heap,
            @Nullable WireDictionary dictionary) {
        this.field = field;
        this.rowCount = rowCount;
        this.bytes = bytes;
        this.validity = validity;
        this.values = values;
        this.heap = heap;
        this.dictionary = dictionary;
    }

    public WireField field() {
        return field;
    }

    public int rowCount() {
        return rowCount;
    }

    /// Whether no row is null.
    public boolean isAllValid() {
        return validity == ALL_VALID && field.type().kind() != WireType.Kind.NULL;
    }

    public boolean isNull(int row) {
        if (validity == ALL_VALID) {
            return field.type().kind() == WireType.Kind.NULL;
        }
        return (bytes[validity + (row >> 3)] >> (row & 7) & 1) == 0;
    }

    public boolean booleanAt(int row) {
        return (bytes[values + (row >> 3)] >> (row & 7) & 1) != 0;
    }

    public byte int8At(int row) {
        return bytes[values + row];
    }

    public short int16At(int row) {
        return LittleEndian.shortAt(bytes, values + row * 2);
    }

    public int int32At(int row) {
        return LittleEndian.intAt(bytes, values + row * 4);
    }

    public long int64At(int row) {
        return LittleEndian.longAt(bytes, values + row * 8);
    }

    public float float32At(int row) {
        return Float.intBitsToFloat(int32At(row));
    }

    public double float64At(int row) {
        return Double.longBitsToDouble(int64At(row));
    }

    /// The lower 64 bits of the unscaled decimal.
    public long decimalLowAt(int row) {
        return LittleEndian.longAt(bytes, values + row * 16);
    }

    /// The upper 64 bits of the unscaled decimal, with its sign.
    public long decimalHighAt(int row) {
        return LittleEndian.longAt(bytes, values + row * 16 + 8);
    }

    /// The number of a whole-number, date or timestamp column, whatever its width.
    public long longAt(int row) {
        switch (field.type().kind().valueBytes()) {
            case 1:
                return int8At(row);
            case 2:
                return int16At(row);
            case 4:
                return int32At(row);
            default:
                return int64At(row);
        }
    }

    /// The text of a row. Of a dictionary-encoded column the same entry gives the same object.
    public String textAt(int row) {
        if (dictionary != null) {
            return dictionary.textAt(int32At(row));
        }
        int start = textStart(row);
        return new String(bytes, heap + start, textStart(row + 1) - start, StandardCharsets.UTF_8);
    }

    /// The array in which the bytes of the text of `row` lie.
    public byte[] textBytes(int row) {
        return dictionary == null ? bytes : dictionary.bytesOf(int32At(row));
    }

    /// Where in [#textBytes] the text of `row` starts.
    public int textOffset(int row) {
        return dictionary == null ? heap + textStart(row) : dictionary.offsetOf(int32At(row));
    }

    /// How many bytes the text of `row` has.
    public int textLength(int row) {
        return dictionary == null
                ? textStart(row + 1) - textStart(row)
                : dictionary.lengthOf(int32At(row));
    }

    private int textStart(int row) {
        return LittleEndian.intAt(bytes, values + row * 4);
    }
}
