package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.ElementLanes;
import io.basaltdb.query.function.LaneValidity;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// What a function of lists makes of its body's values: they come in the order of the elements, and each list says where it ends.
abstract sealed class ListResult {
    static ListResult of(ListLambda lambda) {
        return switch (lambda.kind()) {
            case TRANSFORM -> new Transformed(lambda.body().type());
            case FILTER -> new Filtered(new Type.Array(lambda.elements().getFirst()));
            case ANY_MATCH -> new Matched(true);
            case ALL_MATCH -> new Matched(false);
            case REDUCE -> throw new AssertionError("a reduction has a loop of its own");
        };
    }

    /// @param valid of the rows: NULL gives NULL
    abstract void begin(int size, long @Nullable [] valid);

    /// The body's values for the next elements.
    abstract void read(Vector values, int lanes);

    /// Takes the value in that lane; the element itself stands in the list's bytes.
    abstract void add(int lane, byte[] heap, int from, int to);

    /// The list of that row has ended.
    abstract void end(int row);

    abstract Vector vector(int size);

    private static final class Transformed extends ListResult {
        private final Type type;
        private final ElementLanes lanes;
        private final NestedWriter out = new NestedWriter();
        private long @Nullable [] validity;

        Transformed(Type element) {
            type = new Type.Array(element);
            lanes = new ElementLanes(element);
        }

        @Override
        void begin(int size, long @Nullable [] valid) {
            validity = valid;
            out.begin(size);
        }

        @Override
        void read(Vector values, int count) {
            lanes.read(values, count);
        }

        @Override
        void add(int lane, byte[] heap, int from, int to) {
            lanes.put(out, lane);
        }

        @Override
        void end(int row) {
            out.end(row);
        }

        @Override
        Vector vector(int size) {
            return out.vector(type, size, validity);
        }
    }

    private static final class Filtered extends ListResult {
        private final Type type;
        private final BitLanes bits = new BitLanes();
        private final NestedWriter out = new NestedWriter();
        private long[] truth = {};
        private long @Nullable [] known;
        private long @Nullable [] validity;

        Filtered(Type type) {
            this.type = type;
        }

        @Override
        void begin(int size, long @Nullable [] valid) {
            validity = valid;
            out.begin(size);
        }

        @Override
        void read(Vector values, int count) {
            truth = bits.read(values, count);
            known = values.validity();
        }

        @Override
        void add(int lane, byte[] heap, int from, int to) {
            if (Validity.isValid(truth, lane) && Validity.isValid(known, lane)) {
                out.putElements(heap, from, to - from);
            }
        }

        @Override
        void end(int row) {
            out.end(row);
        }

        @Override
        Vector vector(int size) {
            return out.vector(type, size, validity);
        }
    }

    /// True where one value is what is looked for, or all are: NULL where that hangs on a value that is NULL.
    private static final class Matched extends ListResult {
        /// What one value decides: TRUE that one is, FALSE that not all are.
        private final boolean deciding;

        private final BitLanes bits = new BitLanes();
        private final LaneValidity own = new LaneValidity();
        private long[] truth = {};
        private long @Nullable [] known;
        private long[] words = {};
        private long[] validity = {};
        private boolean isDecided;
        private boolean hasNull;

        Matched(boolean deciding) {
            this.deciding = deciding;
        }

        @Override
        void begin(int size, long @Nullable [] valid) {
            validity = own.writable(valid, size);
            words = Scratch.longs(words, Validity.words(size));
            isDecided = false;
            hasNull = false;
        }

        @Override
        void read(Vector values, int count) {
            truth = bits.read(values, count);
            known = values.validity();
        }

        @Override
        void add(int lane, byte[] heap, int from, int to) {
            if (!Validity.isValid(known, lane)) {
                hasNull = true;
            } else {
                isDecided |= Validity.isValid(truth, lane) == deciding;
            }
        }

        @Override
        void end(int row) {
            if (isDecided == deciding) {
                Validity.setValid(words, row);
            } else {
                Validity.setNull(words, row);
            }
            if (hasNull && !isDecided) {
                Validity.setNull(validity, row);
            }
            isDecided = false;
            hasNull = false;
        }

        @Override
        Vector vector(int size) {
            return new BitVector(Type.BOOLEAN, size, words, validity);
        }
    }
}
