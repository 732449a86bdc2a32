package io.basaltdb.formats.parquet;

import io.basaltdb.storage.type.Type;
import java.util.List;

/// A leaf of the schema of a file that is written.
///
/// @param path names from the top
record WrittenLeaf(List<String> path, Type type, int definition, int repetition) {
    private static final int BOOLEAN = 0;
    private static final int INT32 = 1;
    private static final int INT64 = 2;
    private static final int FLOAT = 4;
    private static final int DOUBLE = 5;
    private static final int BYTE_ARRAY = 6;
    private static final int FIXED_LEN_BYTE_ARRAY = 7;
    private static final int MAX_INT_DIGITS = 9;

    WrittenLeaf {
        path = List.copyOf(path);
    }

    /// The number of the physical type in the format.
    static int physical(Type type) {
        return switch (type.physical()) {
            case BITS -> BOOLEAN;
            case LONG -> isInt(type) ? INT32 : INT64;
            case DOUBLE -> type instanceof Type.Real ? FLOAT : DOUBLE;
            case WIDE -> FIXED_LEN_BYTE_ARRAY;
            case BYTES -> BYTE_ARRAY;
        };
    }

    private static boolean isInt(Type type) {
        return switch (type) {
            case Type.Int(int bits) -> bits <= Integer.SIZE;
            case Type.Date _, Type.Null _ -> true;
            case Type.Decimal decimal -> decimal.precision() <= MAX_INT_DIGITS;
            default -> false;
        };
    }

    boolean isText() {
        return type.physical() == io.basaltdb.storage.type.Physical.BYTES;
    }

    /// Whether least and greatest values are kept: of numbers of one `long`, and of runs of bytes.
    boolean hasBounds() {
        return switch (type.physical()) {
            case LONG, BYTES -> repetition == 0;
            case DOUBLE, WIDE, BITS -> false;
        };
    }

    int valueBytes() {
        return isInt(type) ? Integer.BYTES : Long.BYTES;
    }

    /// The number that stands in the file: timestamps to the millisecond are counted in these.
    long inFile(long value) {
        return isMilliseconds(type) ? Math.floorDiv(value, 1000) : value;
    }

    static boolean isMilliseconds(Type type) {
        return switch (type) {
            case Type.Timestamp(int precision) -> precision <= 3;
            case Type.TimestampTz(int precision) -> precision <= 3;
            default -> false;
        };
    }
}
