package io.basaltdb.storage.nested;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;

/// Elements of one type, read out of nested values into a flat vector, so that loops over vectors can work on them. Used again from batch to batch.
public final class ElementColumn {
    private static final int FIRST_ROOM = 64;

    private final Type type;
    private final ElementShape shape;
    private int size;
    private boolean hasNulls;
    private long[] validity = {};
    private long[] words = {};
    private long[] high = {};
    private double[] doubles = {};
    private byte[] heap = {};
    private int used;
    private int[] start = {};
    private int[] length = {};
    private int room;

    public ElementColumn(Type type) {
        this.type = type;
        this.shape = ElementShape.of(type);
    }

    /// Forgets what was read.
    public void clear() {
        size = 0;
        used = 0;
        hasNulls = false;
    }

    public int size() {
        return size;
    }

    /// Reads the element at that place; answers the place behind it.
    public int add(byte[] from, int at) {
        if (ElementShape.isNull(from, at)) {
            addNull();
            return at + 1;
        }
        grow();
        int lane = size++;
        validity[lane >> 6] |= 1L << lane;
        int end = shape.skip(from, at);
        switch (type.physical()) {
            case LONG -> words[lane] = ElementBytes.whole(from, at);
            case DOUBLE ->
                    doubles[lane] =
                            type instanceof Type.Real
                                    ? ElementBytes.fromOrderedReal(
                                            ElementBytes.getInt(from, at + 1))
                                    : ElementBytes.fromOrdered(ElementBytes.getLong(from, at + 1));
            case WIDE -> {
                high[lane] = ElementBytes.getLong(from, at + 1) ^ Long.MIN_VALUE;
                words[lane] = ElementBytes.getLong(from, at + 9);
            }
            case BITS -> setBit(lane, from[at] == ElementBytes.TRUE);
            case BYTES -> {
                if (type instanceof Type.Nested) {
                    addNested(lane, from, at + 1, end);
                } else {
                    addText(lane, from, at + 1, end - 1);
                }
            }
        }
        return end;
    }

    public void addNull() {
        grow();
        int lane = size++;
        hasNulls = true;
        Validity.setNull(validity, lane);
        if (start.length > lane) {
            start[lane] = 0;
            length[lane] = 0;
        }
    }

    private void setBit(int lane, boolean bit) {
        if (bit) {
            Validity.setValid(words, lane);
        } else {
            Validity.setNull(words, lane);
        }
    }

    private void addNested(int lane, byte[] from, int at, int end) {
        claim(end - at);
        System.arraycopy(from, at, heap, used, end - at);
        start[lane] = used;
        length[lane] = end - at;
        used += end - at;
    }

    /// Without the escapes.
    private void addText(int lane, byte[] from, int at, int end) {
        claim(end - at);
        start[lane] = used;
        for (int i = at; i < end; i++) {
            heap[used++] = from[i];
            i += from[i] == 0 ? 1 : 0;
        }
        length[lane] = used - start[lane];
    }

    private void claim(int more) {
        if (heap.length - used < more) {
            heap =
                    Arrays.copyOf(
                            heap,
                            (int)
                                    Math.min(
                                            Integer.MAX_VALUE - 8,
                                            Math.max(2L * heap.length, (long) used + more + 1024)));
        }
    }

    private void grow() {
        if (size < room) {
            return;
        }
        room = Math.max(FIRST_ROOM, 2 * room);
        validity = Arrays.copyOf(validity, Validity.words(room));
        switch (type.physical()) {
            case LONG -> words = Arrays.copyOf(words, room);
            case WIDE -> {
                words = Arrays.copyOf(words, room);
                high = Arrays.copyOf(high, room);
            }
            case DOUBLE -> doubles = Arrays.copyOf(doubles, room);
            case BITS -> words = Arrays.copyOf(words, Validity.words(room));
            case BYTES -> {
                start = Arrays.copyOf(start, room);
                length = Arrays.copyOf(length, room);
            }
        }
    }

    /// What was read since [#clear], lent until the next one.
    public Vector vector() {
        grow();
        long[] valid = hasNulls ? validity : null;
        return switch (type.physical()) {
            case LONG -> new LongVector(type, size, words, valid);
            case DOUBLE -> new DoubleVector(type, size, doubles, valid);
            case WIDE -> new WideVector(type, size, high, words, valid);
            case BITS -> new BitVector(type, size, words, valid);
            case BYTES -> new BytesVector(type, size, heap, start, length, valid);
        };
    }
}
