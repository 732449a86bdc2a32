package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call over the distinct tuples of its arguments: a table of (group, arguments) in which each tuple is found or added, and behind it the plain call,
/// which sees a tuple when it is added. Without groups the table is of the arguments alone.
///
/// The plain states of two such accumulators are never merged, only their tuples.
final class DistinctAccumulator implements Accumulator {
    private static final int MERGE_ROWS = 4096;

    private final AccumulatorMaker.Distinct call;
    private final Reservation reservation;
    private final KeyTable tuples;
    private final KeyBlock keys;
    private final CallStates states;
    private final RowBlock fresh;
    private final FlatColumn[] keyColumns;
    private final int argumentsFrom;
    private final SeenCodes seen;
    private int[] rows = {};
    private int[] rowGroups = {};
    private int[] numbers = {};
    private int[] freshRows = {};
    private int[] freshGroups = {};

    /// While others merge from this one: the tuples' arguments, and their numbers ordered by group.
    private FlatColumn[] merged = {};

    private int[] byGroup = {};
    private int[] groupStart = {};

    DistinctAccumulator(AccumulatorMaker.Distinct call, Reservation reservation) {
        this.call = call;
        this.reservation = reservation;
        this.seen = new SeenCodes(reservation);
        AggregateCall inner = call.call();
        AggregateShape shape = new AggregateShape(call.arguments(), List.of(), List.of(inner));
        this.states = new CallStates(shape, reservation);
        this.fresh = new RowBlock(shape);
        List<Field> fields = new ArrayList<>();
        if (call.hasKeys()) {
            fields.add(new Field("group", Type.INTEGER, false));
        }
        this.argumentsFrom = fields.size();
        fields.addAll(call.arguments().fields());
        KeyLayout layout = new KeyLayout(fields);
        this.keys = new KeyBlock(layout);
        // Within groups the bytes of a table tell when rows are to be drained into it: a whole
        // dictionary would weigh too much.
        KeptDictionaries dictionaries =
                call.hasKeys()
                        ? KeptDictionaries.none(reservation)
                        : new KeptDictionaries(reservation);
        this.tuples = KeyTable.of(layout, dictionaries, reservation);
        this.keyColumns =
                fields.stream()
                        .map(field -> new FlatColumn(field.type()))
                        .toArray(FlatColumn[]::new);
    }

    @Override
    public void ensure(int groupCount) {
        states.ensure(groupCount);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        int n = block.count;
        rows = FlatColumn.grown(rows, n);
        rowGroups = FlatColumn.grown(rowGroups, n);
        long[] mask = call.mask() < 0 ? null : block.mask(call.mask());
        int chosen = 0;
        for (int i = 0; i < n; i++) {
            if (mask == null || (mask[i >> 6] >>> i & 1) != 0) {
                rows[chosen] = i;
                rowGroups[chosen++] = groups == null ? 0 : groups[i];
            }
        }
        FlatColumn[] arguments = new FlatColumn[call.inputs().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = block.inputs[call.inputs().get(i)];
        }
        if (call.hasKeys() || arguments.length != 1) {
            addTuples(arguments, chosen);
        } else {
            addTuples(arguments, keepNew(arguments[0], chosen));
        }
    }

    /// Without groups, a row whose code was seen brings nothing new.
    private int keepNew(FlatColumn argument, int count) {
        Dictionary dictionary = argument.dictionary;
        return dictionary == null || argument.validity != null
                ? count
                : seen.keepNew(dictionary, argument.codes, rows, count);
    }

    /// Adds the tuples of `rows`, which belong to `rowGroups`.
    private void addTuples(FlatColumn[] arguments, int count) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < arguments.length; i++) {
            keyColumns[argumentsFrom + i].append(arguments[i], rows, 0, count, 0);
        }
        if (argumentsFrom > 0) {
            FlatColumn group = keyColumns[0];
            group.longs = FlatColumn.grown(group.longs, count);
            for (int i = 0; i < count; i++) {
                group.longs[i] = rowGroups[i];
            }
        }
        keys.encode(keyColumns, count);
        numbers = FlatColumn.grown(numbers, count);
        int next = tuples.count();
        tuples.findOrAdd(keys, count, numbers);
        freshRows = FlatColumn.grown(freshRows, count);
        freshGroups = FlatColumn.grown(freshGroups, count);
        int added = 0;
        for (int i = 0; i < count; i++) {
            // Numbers are given in the order of the rows: a tuple is new where its number is the
            // next one.
            if (numbers[i] == next) {
                next++;
                freshRows[added] = i;
                freshGroups[added++] = rowGroups[i];
            }
        }
        fresh.begin(added);
        for (int i = 0; i < arguments.length; i++) {
            fresh.inputs[i].append(keyColumns[argumentsFrom + i], freshRows, 0, added, 0);
        }
        states.add(fresh, freshGroups);
    }

    @Override
    public void prepareMerge() {
        int count = tuples.count();
        merged = new FlatColumn[call.inputs().size()];
        for (int i = 0; i < merged.length; i++) {
            Vector values = tuples.column(argumentsFrom + i, 0, count, null);
            merged[i] = new FlatColumn(values.type());
            merged[i].set(values, null, count);
        }
        reservation.grow(16L * count);
        long[] groups = new long[count];
        if (argumentsFrom > 0) {
            FlatColumn column = new FlatColumn(Type.INTEGER);
            column.set(tuples.column(0, 0, count, null), null, count);
            groups = column.longs;
        }
        int groupCount = 0;
        for (int i = 0; i < count; i++) {
            groupCount = Math.max(groupCount, (int) groups[i] + 1);
        }
        order(groups, count, groupCount);
    }

    private void order(long[] groups, int count, int groupCount) {
        groupStart = new int[groupCount + 1];
        for (int i = 0; i < count; i++) {
            groupStart[(int) groups[i] + 1]++;
        }
        for (int g = 0; g < groupCount; g++) {
            groupStart[g + 1] += groupStart[g];
        }
        int[] next = Arrays.copyOf(groupStart, groupCount);
        byGroup = new int[count];
        for (int i = 0; i < count; i++) {
            byGroup[next[(int) groups[i]]++] = i;
        }
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        DistinctAccumulator source = (DistinctAccumulator) other;
        rows = FlatColumn.grown(rows, MERGE_ROWS);
        rowGroups = FlatColumn.grown(rowGroups, MERGE_ROWS);
        int filled = 0;
        for (int i = 0; i < count; i++) {
            int group = from[i];
            int last = group + 1 < source.groupStart.length ? source.groupStart[group + 1] : 0;
            int first = last == 0 ? 0 : source.groupStart[group];
            for (int t = first; t < last; t++) {
                rows[filled] = source.byGroup[t];
                rowGroups[filled++] = to[i];
                if (filled == MERGE_ROWS) {
                    addTuples(source.merged, filled);
                    filled = 0;
                }
            }
        }
        addTuples(source.merged, filled);
    }

    @Override
    public Vector result(int first, int count) {
        return states.result(0, first, count);
    }
}
