package io.basaltdb.query.function;

import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Reads vectors of one type, whatever their form, as elements of nested values.
public final class ElementLanes {
    private final Type type;
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();
    private long[] words = {};
    private double[] floats = {};
    private long @Nullable [] validity;

    public ElementLanes(Type type) {
        this.type = type;
    }

    /// Makes [#put] find the first `size` lanes.
    public void read(Vector vector, int size) {
        validity = vector.validity();
        switch (type.physical()) {
            case LONG -> words = longs.read(vector, size);
            case DOUBLE -> floats = doubles.read(vector, size);
            case WIDE -> wide.read(vector, size);
            case BITS -> words = bits.read(vector, size);
            case BYTES -> bytes.read(vector, size);
        }
    }

    public boolean isNull(int lane) {
        return !Validity.isValid(validity, lane);
    }

    /// Writes the lane as an element.
    public void put(NestedWriter out, int lane) {
        if (isNull(lane)) {
            out.putNull();
            return;
        }
        switch (type.physical()) {
            case LONG -> out.putLong(words[lane]);
            case DOUBLE -> {
                if (type instanceof Type.Real) {
                    out.putReal(floats[lane]);
                } else {
                    out.putDouble(floats[lane]);
                }
            }
            case WIDE -> out.putWide(wide.high()[lane], wide.low()[lane]);
            case BITS -> out.putBoolean((words[lane >> 6] >>> lane & 1) != 0);
            case BYTES -> {
                int start = bytes.start()[lane];
                int length = bytes.length()[lane];
                if (type instanceof Type.Nested) {
                    out.putNested(bytes.heap(), start, length);
                } else {
                    out.putBytes(bytes.heap(), start, length);
                }
            }
        }
    }
}
