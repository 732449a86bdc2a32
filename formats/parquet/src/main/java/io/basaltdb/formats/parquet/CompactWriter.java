package io.basaltdb.formats.parquet;

import java.nio.charset.StandardCharsets;

/// Writes structures in Thrift's compact protocol, which is that of a file's footer and page headers. Fields come in ascending order.
final class CompactWriter {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int MAX_DEPTH = 16;

    private final ByteBuilder out;
    private final int[] lastFields = new int[MAX_DEPTH];
    private int depth;

    CompactWriter(ByteBuilder out) {
        this.out = out;
    }

    private void field(int id, int type) {
        int delta = id - lastFields[depth];
        assert delta > 0 && delta < 16;
        out.put(delta << 4 | type);
        lastFields[depth] = id;
    }

    void bool(int id, boolean value) {
        field(id, value ? TRUE : FALSE);
    }

    void i8(int id, int value) {
        field(id, BYTE);
        out.put(value);
    }

    void i32(int id, int value) {
        field(id, I32);
        element(value);
    }

    void i64(int id, long value) {
        field(id, I64);
        element(value);
    }

    void text(int id, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        binary(id, utf8, 0, utf8.length);
    }

    void binary(int id, byte[] value, int start, int count) {
        field(id, BINARY);
        out.putVarint(count);
        out.put(value, start, count);
    }

    /// Begins a structure, as a field of the one around it.
    void begin(int id) {
        field(id, STRUCT);
        begin();
    }

    /// Begins a structure that is an element of a list, or the outermost one.
    void begin() {
        depth++;
        lastFields[depth] = 0;
    }

    void end() {
        out.put(0);
        depth--;
    }

    /// A structure without fields.
    void empty(int id) {
        begin(id);
        end();
    }

    void listOfStructs(int id, int count) {
        list(id, STRUCT, count);
    }

    void listOfI32(int id, int count) {
        list(id, I32, count);
    }

    void listOfTexts(int id, int count) {
        list(id, BINARY, count);
    }

    private void list(int id, int type, int count) {
        field(id, LIST);
        if (count < 15) {
            out.put(count << 4 | type);
        } else {
            out.put(0xF0 | type);
            out.putVarint(count);
        }
    }

    /// A number in a list.
    void element(long value) {
        out.putVarint(value << 1 ^ value >> 63);
    }

    /// A text in a list.
    void element(String value) {
        out.putText(value);
    }
}
