package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.ProtocolException;
import org.jspecify.annotations.Nullable;

/// A table of a flatbuffer: fields by slot, absent ones have their default.
final class FlatTable {
    private static final int ABSENT = -1;

    private final FlatBuffer buffer;
    private final int position;
    private final int vtable;
    private final int vtableBytes;

    FlatTable(FlatBuffer buffer, int position) {
        this.buffer = buffer;
        this.position = position;
        long target = (long) position - buffer.intAt(position);
        if (target != (int) target) {
            throw new ProtocolException("Arrow metadata refers to a place outside of itself");
        }
        this.vtable = (int) target;
        this.vtableBytes = buffer.shortAt(vtable) & 0xFFFF;
        buffer.check(vtable, vtableBytes);
    }

    boolean has(int slot) {
        return fieldAt(slot) != ABSENT;
    }

    int byteAt(int slot, int absent) {
        int field = fieldAt(slot);
        return field == ABSENT ? absent : buffer.byteAt(field);
    }

    int shortAt(int slot, int absent) {
        int field = fieldAt(slot);
        return field == ABSENT ? absent : buffer.shortAt(field);
    }

    int intAt(int slot, int absent) {
        int field = fieldAt(slot);
        return field == ABSENT ? absent : buffer.intAt(field);
    }

    long longAt(int slot, long absent) {
        int field = fieldAt(slot);
        return field == ABSENT ? absent : buffer.longAt(field);
    }

    @Nullable String stringAt(int slot) {
        int field = fieldAt(slot);
        return field == ABSENT ? null : buffer.stringAt(buffer.reference(field));
    }

    @Nullable FlatTable tableAt(int slot) {
        int field = fieldAt(slot);
        return field == ABSENT ? null : new FlatTable(buffer, buffer.reference(field));
    }

    /// The table at `slot`, which must be there.
    FlatTable need(int slot, String what) {
        FlatTable table = tableAt(slot);
        if (table == null) {
            throw new ProtocolException("Arrow metadata lacks " + what);
        }
        return table;
    }

    /// How many elements of `elementBytes` the vector at `slot` has; 0 if it is absent.
    int vectorLength(int slot, int elementBytes, int max) {
        int field = fieldAt(slot);
        if (field == ABSENT) {
            return 0;
        }
        int vector = buffer.reference(field);
        int count = buffer.intAt(vector);
        if (count < 0 || count > max) {
            throw new ProtocolException(
                    "Arrow metadata holds a list of "
                            + Integer.toUnsignedString(count)
                            + " entries, at most "
                            + max
                            + " fit");
        }
        buffer.check(vector + 4, (long) count * elementBytes);
        return count;
    }

    /// The table at `index` of the vector at `slot`, whose length was asked before.
    FlatTable vectorTable(int slot, int index) {
        int element = elementAt(slot, index, 4);
        return new FlatTable(buffer, buffer.reference(element));
    }

    /// The long at byte `within` of the struct at `index` of the vector at `slot`.
    long vectorLong(int slot, int index, int structBytes, int within) {
        return buffer.longAt(elementAt(slot, index, structBytes) + within);
    }

    private int elementAt(int slot, int index, int elementBytes) {
        return buffer.reference(fieldAt(slot)) + 4 + index * elementBytes;
    }

    private int fieldAt(int slot) {
        int entry = 4 + 2 * slot;
        if (entry + 2 > vtableBytes) {
            return ABSENT;
        }
        int within = buffer.shortAt(vtable + entry) & 0xFFFF;
        return within == 0 ? ABSENT : position + within;
    }
}
