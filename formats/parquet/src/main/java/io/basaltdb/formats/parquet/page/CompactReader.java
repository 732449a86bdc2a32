package io.basaltdb.formats.parquet.page;

import java.io.Serial;

/// Reads structures in [Thrift's compact protocol](https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). For one thread.
final class CompactReader {
    static final int I32 = 5;
    static final int STRUCT = 12;

    private static final int STOP = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int MAX_DEPTH = 32;
    private static final int LONG_LIST = 15;
    private static final int MAX_VARINT_BITS = 63;

    private byte[] bytes = {};
    private int at;
    private int end;
    private int field;
    private int type;

    /// The bytes end before the structure does.
    static final class EndedException extends RuntimeException {
        @Serial private static final long serialVersionUID = 1L;

        EndedException() {
            super(null, null, false, false);
        }
    }

    void begin(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        field = 0;
    }

    int at() {
        return at;
    }

    /// Goes to the next field of the structure; false at its end. Its value must be read or skipped then.
    boolean next() {
        int head = oneByte();
        if (head == STOP) {
            return false;
        }
        type = head & 15;
        int delta = head >>> 4;
        field = delta == 0 ? (int) zigZag() : field + delta;
        return true;
    }

    int field() {
        return field;
    }

    /// Whether the field's value is a 32-bit number.
    boolean isInt() {
        return type == I32;
    }

    boolean isStruct() {
        return type == STRUCT;
    }

    /// The value of a field that is a truth value; `otherwise` where it is none.
    boolean bool(boolean otherwise) {
        if (type == TRUE || type == FALSE) {
            return type == TRUE;
        }
        skip();
        return otherwise;
    }

    int int32() {
        long value = zigZag();
        if (value != (int) value) {
            throw new DamagedPageException("a page header holds a number beyond 32 bits");
        }
        return (int) value;
    }

    /// Begins a structure inside of this one; returns what [#leave] wants at its end.
    int enter() {
        int outer = field;
        field = 0;
        return outer;
    }

    void leave(int outer) {
        field = outer;
    }

    /// Passes the value of the field.
    void skip() {
        skip(type, 0);
    }

    private void skip(int of, int depth) {
        if (depth > MAX_DEPTH) {
            throw new DamagedPageException("a page header is nested deeper than " + MAX_DEPTH);
        }
        switch (of) {
            case TRUE, FALSE -> {}
            case BYTE -> pass(1);
            case I16, I32, I64 -> varint();
            case DOUBLE -> pass(Double.BYTES);
            case BINARY -> pass(varint());
            case LIST, SET -> {
                int head = oneByte();
                long count = head >>> 4 == LONG_LIST ? varint() : head >>> 4;
                for (long i = 0; i < count; i++) {
                    skipElement(head & 15, depth + 1);
                }
            }
            case MAP -> {
                long count = varint();
                int types = count == 0 ? 0 : oneByte();
                for (long i = 0; i < count; i++) {
                    skipElement(types >>> 4, depth + 1);
                    skipElement(types & 15, depth + 1);
                }
            }
            case STRUCT -> {
                int outer = enter();
                while (next()) {
                    skip(type, depth + 1);
                }
                leave(outer);
            }
            default -> throw new DamagedPageException("a page header holds a value of type " + of);
        }
    }

    /// Truth values have a byte of their own in lists and maps.
    private void skipElement(int of, int depth) {
        skip(of == TRUE || of == FALSE ? BYTE : of, depth);
    }

    private void pass(long count) {
        if (count < 0 || count > end - at) {
            throw new EndedException();
        }
        at += (int) count;
    }

    private int oneByte() {
        if (at >= end) {
            throw new EndedException();
        }
        return bytes[at++] & 0xFF;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
            int next = oneByte();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedPageException("a page header holds a number beyond 64 bits");
    }

    private long zigZag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }
}
