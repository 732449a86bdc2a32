package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states of all calls of an aggregation for a set of groups.
final class CallStates {
    private final AggregateShape shape;
    private final LongStates longs;
    private final List<Accumulator> others = new ArrayList<>();

    CallStates(AggregateShape shape, Reservation reservation) {
        this.shape = shape;
        this.longs = new LongStates(shape, reservation);
        for (AccumulatorMaker maker : shape.others()) {
            others.add(maker.make(reservation));
        }
    }

    void ensure(int groupCount) {
        longs.ensure(groupCount);
        for (Accumulator other : others) {
            other.ensure(groupCount);
        }
    }

    /// Makes room for the plain states of so many groups at once.
    void expect(int groupCount) {
        longs.expect(groupCount);
    }

    /// @param groups null where all rows belong to group 0
    void add(RowBlock block, int @Nullable [] groups) {
        longs.add(block, groups);
        for (Accumulator other : others) {
            other.add(block, groups);
        }
    }

    void prepareMerge() {
        for (Accumulator other : others) {
            other.prepareMerge();
        }
    }

    void merge(CallStates source, int[] from, int[] to, int count) {
        longs.merge(source.longs, from, to, count);
        for (int i = 0; i < others.size(); i++) {
            others.get(i).merge(source.others.get(i), from, to, count);
        }
    }

    /// The results of that call for `count` groups from `first` on.
    Vector result(int call, int first, int count) {
        return CallResults.of(shape.calls().get(call), longs, others, first, count);
    }
}
