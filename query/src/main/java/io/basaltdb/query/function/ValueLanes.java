package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Reads vectors of any type and any form, and writes their values as CAST to TEXT writes them. For one thread.
final class ValueLanes {
    private final Type type;
    private final Type shownAs;
    private final ZoneClock clock;
    private final BytesLanes texts = new BytesLanes();
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private long[] words = {};
    private double[] floats = {};
    private long @Nullable [] validity;
    private boolean isNull;

    ValueLanes(Type type, ZoneClock clock) {
        this(type, type, clock);
    }

    /// @param shownAs the type whose text the values have, of the same physical type
    ValueLanes(Type type, Type shownAs, ZoneClock clock) {
        this.type = type;
        this.shownAs = shownAs;
        this.clock = clock;
    }

    void read(Vector vector, int size) {
        isNull = vector instanceof ConstantVector constant && constant.value().isNull();
        validity = vector.validity();
        if (isNull) {
            return;
        }
        switch (type.physical()) {
            case LONG -> words = longs.read(vector, size);
            case DOUBLE -> floats = doubles.read(vector, size);
            case WIDE -> wide.read(vector, size);
            case BITS -> words = bits.read(vector, size);
            case BYTES -> texts.read(vector, size);
        }
    }

    Type type() {
        return type;
    }

    boolean isNull(int row) {
        return isNull || !Validity.isValid(validity, row);
    }

    /// The value of a type that lies in one word.
    long whole(int row) {
        return words[row];
    }

    double floating(int row) {
        return floats[row];
    }

    boolean truth(int row) {
        return (words[row >> 6] >>> row & 1) != 0;
    }

    WideLanes wide() {
        return wide;
    }

    byte[] heap() {
        return texts.heap();
    }

    int start(int row) {
        return texts.start()[row];
    }

    int length(int row) {
        return texts.length()[row];
    }

    /// Writes the value of a row that is not NULL.
    void write(TextOutput out, int row) {
        if (type instanceof Type.Uuid) {
            TextFormat.uuid(out, wide.high()[row], wide.low()[row]);
            return;
        }
        switch (type.physical()) {
            case LONG -> TextFormat.whole(out, words[row], type, clock);
            case DOUBLE -> TextFormat.floating(out, floats[row], type instanceof Type.Real);
            case WIDE -> TextFormat.decimal(out, wide.get(row), Numbers.scale(type));
            case BITS -> TextFormat.bool(out, truth(row));
            case BYTES -> TextFormat.bytes(out, heap(), start(row), length(row), shownAs, clock);
        }
    }
}
