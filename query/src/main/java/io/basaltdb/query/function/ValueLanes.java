package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Vector;

/// Reads vectors of any type and any form, and writes their values as CAST to TEXT writes them. For one thread.
final class ValueLanes {
    private final Type type;
    private final Type shownAs;
    private final ZoneClock clock;
    private final LaneColumn column;

    ValueLanes(Type type, ZoneClock clock) {
        this(type, type, clock);
    }

    /// @param shownAs the type whose text the values have, of the same physical type
    ValueLanes(Type type, Type shownAs, ZoneClock clock) {
        this.type = type;
        this.shownAs = shownAs;
        this.clock = clock;
        this.column = new LaneColumn(type);
    }

    void read(Vector vector, int size) {
        column.read(vector, size);
    }

    Type type() {
        return type;
    }

    boolean isNull(int row) {
        return column.isNull(row);
    }

    /// The value of a type that lies in one word.
    long whole(int row) {
        return column.whole(row);
    }

    double floating(int row) {
        return column.floating(row);
    }

    boolean truth(int row) {
        return column.whole(row) != 0;
    }

    WideLanes wide() {
        return column.wide();
    }

    byte[] heap() {
        return column.heap();
    }

    int start(int row) {
        return column.start(row);
    }

    int length(int row) {
        return column.length(row);
    }

    /// Writes the value of a row that is not NULL.
    void write(TextOutput out, int row) {
        switch (type.physical()) {
            case LONG -> TextFormat.whole(out, whole(row), type, clock);
            case DOUBLE -> TextFormat.floating(out, floating(row), type instanceof Type.Real);
            case WIDE -> TextFormat.wide(out, wide().high()[row], wide().low()[row], type);
            case BITS -> TextFormat.bool(out, truth(row));
            case BYTES -> TextFormat.bytes(out, heap(), start(row), length(row), shownAs, clock);
        }
    }
}
