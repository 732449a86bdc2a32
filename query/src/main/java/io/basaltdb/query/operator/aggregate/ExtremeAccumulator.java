package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// MIN and MAX of texts and wide numbers.
///
/// Values of an ordered dictionary are compared by their codes first: only one that is better than all of the same dictionary that its group has seen is looked at.
final class ExtremeAccumulator implements Accumulator {
    private final AccumulatorMaker.Extreme call;
    private final ValueStore values;
    private final GroupBits present;
    private final Reservation reservation;

    /// The dictionary that the best codes belong to.
    private @Nullable Dictionary dictionary;

    /// Per group the least code, for MAX the least of the codes' negatives.
    private int[] bestCodes = {};

    private int groupCount;

    ExtremeAccumulator(AccumulatorMaker.Extreme call, Reservation reservation) {
        this.call = call;
        this.values = ValueStore.of(call.type(), reservation);
        this.present = new GroupBits(reservation);
        this.reservation = reservation;
    }

    @Override
    public void ensure(int groupCount) {
        this.groupCount = groupCount;
        values.ensure(groupCount);
        present.ensure(groupCount);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        FlatColumn column = block.inputs[call.input()];
        boolean hasCodes = knows(column.dictionary);
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                int group = groups == null ? 0 : groups[i];
                if (hasCodes) {
                    int code = call.greatest() ? -column.codes[i] : column.codes[i];
                    if (code >= bestCodes[group]) {
                        continue;
                    }
                    bestCodes[group] = code;
                }
                if (!present.get(group)
                        || isBetter(values.compare(block, call.input(), i, group))) {
                    values.set(block, call.input(), i, group);
                    present.set(group);
                }
            }
        }
    }

    /// Whether codes of that dictionary can be compared; begins anew with another one, unless there are far more groups than it has values.
    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    private boolean knows(@Nullable Dictionary now) {
        if (now == null || !now.isOrdered() || groupCount >> 4 > now.size()) {
            return false;
        }
        if (now == dictionary && bestCodes.length >= groupCount) {
            return true;
        }
        int known = now == dictionary ? bestCodes.length : 0;
        if (groupCount > bestCodes.length) {
            int size = Math.max(groupCount, 2 * bestCodes.length);
            reservation.grow(4L * (size - bestCodes.length));
            bestCodes = Arrays.copyOf(bestCodes, size);
        }
        Arrays.fill(bestCodes, known, bestCodes.length, Integer.MAX_VALUE);
        dictionary = now;
        return true;
    }

    private boolean isBetter(int order) {
        return call.greatest() ? order > 0 : order < 0;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ExtremeAccumulator source = (ExtremeAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (source.present.get(from[i])
                    && (!present.get(to[i])
                            || isBetter(values.compare(source.values, from[i], to[i])))) {
                values.set(source.values, from[i], to[i]);
                present.set(to[i]);
            }
        }
    }

    @Override
    public Vector result(int first, int count) {
        return values.result(first, count, present.validity(first, count));
    }
}
