package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes one flatbuffer from its end to its beginning, as the format wants it: children first, so
/// that a table knows where they are. A position is a distance from the end.
///
/// Only what Arrow's metadata needs: scalars, strings, tables, vectors of tables or structs.
final class FlatWriter {
    private static final int LARGEST_ALIGNMENT = 8;

    private byte[] bytes = new byte[512];
    private int head = bytes.length;
    private int[] slots = new int[0];
    private int tableStart;

    /// The position of what was written last.
    int position() {
        return bytes.length - head;
    }

    int string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        align(4, utf8.length + 1);
        head--;
        bytes[head] = 0;
        head -= utf8.length;
        System.arraycopy(utf8, 0, bytes, head, utf8.length);
        pushInt(utf8.length);
        return position();
    }

    /// A vector of tables or strings.
    int vector(int[] positions) {
        align(4, 4 * positions.length);
        for (int i = positions.length - 1; i >= 0; i--) {
            pushReference(positions[i]);
        }
        pushInt(positions.length);
        return position();
    }

    /// A vector of structs of two longs each: `first[i], second[i]`.
    int pairs(long[] first, long[] second) {
        align(4, 16 * first.length);
        align(8, 16 * first.length);
        for (int i = first.length - 1; i >= 0; i--) {
            pushLong(second[i]);
            pushLong(first[i]);
        }
        pushInt(first.length);
        return position();
    }

    void beginTable(int slotCount) {
        slots = new int[slotCount];
        tableStart = position();
    }

    void addByte(int slot, int value) {
        align(1, 0);
        head--;
        bytes[head] = (byte) value;
        slots[slot] = position();
    }

    void addShort(int slot, int value) {
        pushShort(value);
        slots[slot] = position();
    }

    void addInt(int slot, int value) {
        pushInt(value);
        slots[slot] = position();
    }

    void addLong(int slot, long value) {
        pushLong(value);
        slots[slot] = position();
    }

    void addReference(int slot, int position) {
        pushReference(position);
        slots[slot] = position();
    }

    int endTable() {
        pushInt(0);
        int table = position();
        for (int i = slots.length - 1; i >= 0; i--) {
            pushShort(slots[i] == 0 ? 0 : table - slots[i]);
        }
        pushShort(table - tableStart);
        pushShort((slots.length + 2) * 2);
        LittleEndian.putInt(bytes, bytes.length - table, position() - table);
        return table;
    }

    /// Completes the buffer around its root table; its length is a multiple of 8.
    void finish(int root) {
        align(LARGEST_ALIGNMENT, 4);
        pushReference(root);
    }

    /// Appends what was written.
    void writeTo(FrameBuffer out) {
        out.putRaw(bytes, head, position());
    }

    private void pushShort(int value) {
        align(2, 0);
        head -= 2;
        LittleEndian.putShort(bytes, head, (short) value);
    }

    private void pushInt(int value) {
        align(4, 0);
        head -= 4;
        LittleEndian.putInt(bytes, head, value);
    }

    private void pushLong(long value) {
        align(8, 0);
        head -= 8;
        LittleEndian.putLong(bytes, head, value);
    }

    private void pushReference(int target) {
        align(4, 0);
        pushInt(position() - target + 4);
    }

    /// Pads so that after `further` more bytes the position is a multiple of `size`, and makes room.
    private void align(int size, int further) {
        int padding = -(position() + further) & (size - 1);
        while (head < padding + further + LARGEST_ALIGNMENT) {
            grow();
        }
        Arrays.fill(bytes, head - padding, head, (byte) 0);
        head -= padding;
    }

    private void grow() {
        byte[] larger = new byte[bytes.length * 2];
        int used = position();
        System.arraycopy(bytes, head, larger, larger.length - used, used);
        head = larger.length - used;
        bytes = larger;
    }
}
