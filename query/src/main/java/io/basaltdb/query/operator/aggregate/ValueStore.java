package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One value of a type per group, copied from blocks and compared with them. Says nothing about NULL: its user knows which groups have a value.
abstract sealed class ValueStore {
    final Type type;
    final Reservation reservation;

    private ValueStore(Type type, Reservation reservation) {
        this.type = type;
        this.reservation = reservation;
    }

    static ValueStore of(Type type, Reservation reservation) {
        return switch (type.physical()) {
            case LONG, DOUBLE, BITS -> new OfLongs(type, reservation);
            case WIDE -> new OfWide(type, reservation);
            case BYTES -> new OfBytes(type, reservation);
        };
    }

    abstract void ensure(int groupCount);

    /// Orders the row's value against the group's.
    abstract int compare(RowBlock block, int input, int row, int group);

    abstract void set(RowBlock block, int input, int row, int group);

    /// Orders another store's value against this one's.
    abstract int compare(ValueStore other, int otherGroup, int group);

    abstract void set(ValueStore other, int otherGroup, int group);

    /// The values of `count` groups from `first` on.
    abstract Vector result(int first, int count, long @Nullable [] validity);

    /// Whole numbers, doubles in their ordered form, booleans.
    private static final class OfLongs extends ValueStore {
        private long[] values = {};

        OfLongs(Type type, Reservation reservation) {
            super(type, reservation);
        }

        @Override
        void ensure(int groupCount) {
            if (groupCount > values.length) {
                int size = Math.max(groupCount, 2 * values.length);
                reservation.grow(8L * (size - values.length));
                values = Arrays.copyOf(values, size);
            }
        }

        @Override
        int compare(RowBlock block, int input, int row, int group) {
            return Long.compare(block.ordered(input)[row], values[group]);
        }

        @Override
        void set(RowBlock block, int input, int row, int group) {
            values[group] = block.ordered(input)[row];
        }

        @Override
        int compare(ValueStore other, int otherGroup, int group) {
            return Long.compare(((OfLongs) other).values[otherGroup], values[group]);
        }

        @Override
        void set(ValueStore other, int otherGroup, int group) {
            values[group] = ((OfLongs) other).values[otherGroup];
        }

        @Override
        Vector result(int first, int count, long @Nullable [] validity) {
            return vector(type, Arrays.copyOfRange(values, first, first + count), validity);
        }
    }

    /// Ordered longs as the values that they stand for; takes the array over.
    static Vector vector(Type type, long[] ordered, long @Nullable [] validity) {
        int count = ordered.length;
        return switch (type.physical()) {
            case DOUBLE -> {
                double[] doubles = new double[count];
                for (int i = 0; i < count; i++) {
                    doubles[i] = OrderedDouble.toDouble(ordered[i]);
                }
                yield new DoubleVector(type, count, doubles, validity);
            }
            case BITS -> {
                long[] words = new long[Validity.words(count)];
                for (int i = 0; i < count; i++) {
                    words[i >> 6] |= (ordered[i] & 1) << i;
                }
                yield new BitVector(type, count, words, validity);
            }
            case LONG, WIDE, BYTES -> new LongVector(type, count, ordered, validity);
        };
    }

    private static final class OfWide extends ValueStore {
        private long[] high = {};
        private long[] low = {};

        OfWide(Type type, Reservation reservation) {
            super(type, reservation);
        }

        @Override
        void ensure(int groupCount) {
            if (groupCount > low.length) {
                int size = Math.max(groupCount, 2 * low.length);
                reservation.grow(16L * (size - low.length));
                high = Arrays.copyOf(high, size);
                low = Arrays.copyOf(low, size);
            }
        }

        private static int compare(long highA, long lowA, long highB, long lowB) {
            int order = Long.compare(highA, highB);
            return order != 0 ? order : Long.compareUnsigned(lowA, lowB);
        }

        @Override
        int compare(RowBlock block, int input, int row, int group) {
            FlatColumn column = block.inputs[input];
            return compare(column.high(row), column.longs[row], high[group], low[group]);
        }

        @Override
        void set(RowBlock block, int input, int row, int group) {
            FlatColumn column = block.inputs[input];
            high[group] = column.high(row);
            low[group] = column.longs[row];
        }

        @Override
        int compare(ValueStore other, int otherGroup, int group) {
            OfWide wide = (OfWide) other;
            return compare(wide.high[otherGroup], wide.low[otherGroup], high[group], low[group]);
        }

        @Override
        void set(ValueStore other, int otherGroup, int group) {
            OfWide wide = (OfWide) other;
            high[group] = wide.high[otherGroup];
            low[group] = wide.low[otherGroup];
        }

        @Override
        Vector result(int first, int count, long @Nullable [] validity) {
            return new WideVector(
                    type,
                    count,
                    Arrays.copyOfRange(high, first, first + count),
                    Arrays.copyOfRange(low, first, first + count),
                    validity);
        }
    }

    /// Texts in an arena; a value that is replaced by a shorter one leaves its place to it.
    private static final class OfBytes extends ValueStore {
        private final Arena arena;
        private long[] places = {};
        private int[] lengths = {};
        private int[] rooms = {};

        OfBytes(Type type, Reservation reservation) {
            super(type, reservation);
            arena = new Arena(reservation);
        }

        @Override
        void ensure(int groupCount) {
            if (groupCount > places.length) {
                int size = Math.max(groupCount, 2 * places.length);
                reservation.grow(16L * (size - places.length));
                places = Arrays.copyOf(places, size);
                lengths = Arrays.copyOf(lengths, size);
                rooms = Arrays.copyOf(rooms, size);
            }
        }

        private int compare(byte[] bytes, int start, int length, int group) {
            if (lengths[group] == 0) {
                return length == 0 ? 0 : 1;
            }
            int at = Arena.position(places[group]);
            return Arrays.compareUnsigned(
                    bytes,
                    start,
                    start + length,
                    arena.chunk(places[group]),
                    at,
                    at + lengths[group]);
        }

        private void set(byte[] bytes, int start, int length, int group) {
            if (length > rooms[group]) {
                // Twice what is needed where it was too small before, so that growing values do not
                // fill the arena.
                int room = rooms[group] == 0 ? length : 2 * length;
                places[group] = arena.allocate(room);
                rooms[group] = room;
            }
            if (length > 0) {
                System.arraycopy(
                        bytes,
                        start,
                        arena.chunk(places[group]),
                        Arena.position(places[group]),
                        length);
            }
            lengths[group] = length;
        }

        @Override
        int compare(RowBlock block, int input, int row, int group) {
            FlatColumn column = block.inputs[input];
            return compare(column.heap, column.start[row], column.length[row], group);
        }

        @Override
        void set(RowBlock block, int input, int row, int group) {
            FlatColumn column = block.inputs[input];
            set(column.heap, column.start[row], column.length[row], group);
        }

        @Override
        int compare(ValueStore other, int otherGroup, int group) {
            OfBytes bytes = (OfBytes) other;
            return compare(
                    bytes.bytes(otherGroup),
                    bytes.start(otherGroup),
                    bytes.lengths[otherGroup],
                    group);
        }

        @Override
        void set(ValueStore other, int otherGroup, int group) {
            OfBytes bytes = (OfBytes) other;
            set(bytes.bytes(otherGroup), bytes.start(otherGroup), bytes.lengths[otherGroup], group);
        }

        private byte[] bytes(int group) {
            return lengths[group] == 0 ? new byte[0] : arena.chunk(places[group]);
        }

        private int start(int group) {
            return lengths[group] == 0 ? 0 : Arena.position(places[group]);
        }

        @Override
        Vector result(int first, int count, long @Nullable [] validity) {
            long total = 0;
            for (int i = 0; i < count; i++) {
                total += lengths[first + i];
            }
            byte[] heap = new byte[Math.toIntExact(total)];
            int[] start = new int[count];
            int[] length = Arrays.copyOfRange(lengths, first, first + count);
            int used = 0;
            for (int i = 0; i < count; i++) {
                start[i] = used;
                System.arraycopy(bytes(first + i), start(first + i), heap, used, length[i]);
                used += length[i];
            }
            return new BytesVector(type, count, heap, start, length, validity);
        }
    }
}
