package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups: their keys and the states of their calls, under one reservation. For one thread at a time; closing gives the memory back.
final class GroupTable implements AutoCloseable {
    private static final int MERGE_GROUPS = 4096;
    private static final int CODES_PER_ROW = 2;
    private static final long MOST_DENSE_BYTES = 128 << 20;
    private static final int PART_OF_LIMIT = 16;

    private final AggregateShape shape;
    private final Reservation reservation;

    /// Null where there are no keys and so one group.
    private final @Nullable KeyTable keys;

    private final CallStates states;

    /// The first key column whose texts lie in several dictionaries, −1 where there is none; and its vocabulary.
    private final int divided;

    private final @Nullable Vocabulary dividedBy;

    /// @param layout of the keys
    GroupTable(
            AggregateShape shape,
            KeyLayout layout,
            KeptDictionaries dictionaries,
            Reservation reservation) {
        this(
                shape,
                layout,
                shape.hasKeys() ? KeyTable.of(layout, dictionaries, reservation) : null,
                reservation);
    }

    private GroupTable(
            AggregateShape shape,
            KeyLayout layout,
            @Nullable KeyTable keys,
            Reservation reservation) {
        this.shape = shape;
        this.divided = layout.firstOfSeveral();
        this.dividedBy = divided < 0 ? null : layout.vocabulary(divided);
        this.reservation = reservation;
        this.keys = keys;
        this.states = new CallStates(shape, reservation);
        if (keys == null) {
            states.ensure(1);
        }
    }

    /// A table for many rows: that takes the codes of the only column for the numbers of groups where so many rows come, for so many codes, that states
    /// of all codes cost little beside them.
    ///
    /// @param memory the operator's
    static GroupTable forRows(
            AggregateShape shape,
            KeyLayout layout,
            KeptDictionaries dictionaries,
            MemoryBudget memory) {
        Reservation reservation = memory.reserve("grouping");
        Vocabulary vocabulary = layout.columnCount == 1 ? layout.vocabulary(0) : null;
        if (vocabulary == null || !isDense(shape, vocabulary, memory)) {
            return new GroupTable(shape, layout, dictionaries, reservation);
        }
        GroupTable table =
                new GroupTable(
                        shape,
                        layout,
                        new DenseKeyTable(layout, vocabulary, reservation),
                        reservation);
        table.states.expect(table.count());
        return table;
    }

    private static boolean isDense(
            AggregateShape shape, Vocabulary vocabulary, MemoryBudget memory) {
        long bytes = 8L * vocabulary.size() * Math.max(1, shape.stride());
        return shape.others().isEmpty()
                && vocabulary.size() <= CODES_PER_ROW * shape.expectedRows()
                && bytes <= Math.min(MOST_DENSE_BYTES, memory.limitBytes() / PART_OF_LIMIT);
    }

    boolean isDense() {
        return keys instanceof DenseKeyTable;
    }

    /// All groups' numbers are below it.
    int count() {
        return keys == null ? 1 : keys.count();
    }

    /// How many groups there are.
    int presentCount() {
        return keys == null ? 1 : keys.presentCount();
    }

    /// As [KeyTable#present].
    @Nullable Selection present(int first, int rowCount) {
        return keys == null ? null : keys.present(first, rowCount);
    }

    long bytes() {
        return reservation.bytes();
    }

    KeyTable keys() {
        assert keys != null;
        return keys;
    }

    /// Adds rows of which `groups` are known.
    void add(RowBlock block, int[] groups) {
        states.ensure(count());
        states.add(block, groups);
    }

    /// Adds rows to the only group.
    void addAll(RowBlock block) {
        states.add(block, null);
    }

    /// Finds the groups of the block's keys and adds its rows.
    void add(RowBlock block, KeyBlock keyBlock) {
        keys().findOrAdd(keyBlock, block.count, block.groups);
        add(block, block.groups);
    }

    /// Makes room for that many more groups at once.
    void expect(int moreGroups) {
        keys().expect(moreGroups);
        states.expect(count() + moreGroups);
    }

    /// Called once before others merge from this one.
    void prepareMerge() {
        states.prepareMerge();
    }

    /// Adds all groups of the other table.
    void merge(GroupTable other, OperatorContext context) {
        if (keys == null) {
            states.merge(other.states, new int[1], new int[1], 1);
            return;
        }
        int[] all = new int[Math.min(MERGE_GROUPS, other.count())];
        for (int first = 0; first < other.count(); first += MERGE_GROUPS) {
            int some = Math.min(MERGE_GROUPS, other.count() - first);
            merge(other, all, other.presentFrom(first, some, all), context);
        }
    }

    /// Adds some groups of the other table, at most as many as a batch has rows.
    void merge(GroupTable other, int[] groups, int count, OperatorContext context) {
        context.checkCancelled();
        int[] to = new int[count];
        keys().addFrom(other.keys(), groups, count, to);
        states.ensure(count());
        states.merge(other.states, groups, to, count);
    }

    /// Puts the groups among `rowCount` numbers from `first` on into `groups`; returns how many there are.
    int presentFrom(int first, int rowCount, int[] groups) {
        Selection present = present(first, rowCount);
        int found = present == null ? rowCount : present.count();
        for (int i = 0; i < found; i++) {
            groups[i] = first + (present == null ? i : present.rows()[i]);
        }
        return found;
    }

    /// Adds groups of the other table whose keys lie in another way; the block has them as they lie here.
    void merge(GroupTable other, int[] from, int count, KeyBlock block, OperatorContext context) {
        context.checkCancelled();
        int[] to = new int[count];
        keys().findOrAdd(block, count, to);
        states.ensure(count());
        states.merge(other.states, from, to, count);
    }

    /// Results of the calls of `count` groups from `first` on.
    List<Vector> results(int first, int count) {
        List<Vector> results = new ArrayList<>(shape.calls().size());
        for (int i = 0; i < shape.calls().size(); i++) {
            results.add(states.result(i, first, count));
        }
        return results;
    }

    /// Key columns of `count` groups from `first` on, and their results. Groups whose texts lie in different dictionaries come one dictionary after the
    /// other, so that later operators know them by code too.
    ///
    /// @param selection which of them; null for all
    List<Batch> batches(int first, int count, @Nullable Selection selection, List<Vector> results) {
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < shape.keyColumns().length; i++) {
            columns.add(
                    i == divided
                            ? new ConstantVector(shape.keyType(i), count, Value.NULL)
                            : keys().column(i, first, count, selection));
        }
        columns.addAll(results);
        Vocabulary vocabulary = dividedBy;
        if (vocabulary == null) {
            Batch batch = new Batch(count, columns);
            return List.of(selection == null ? batch : batch.withSelection(selection));
        }
        List<Batch> batches = new ArrayList<>();
        for (Selection some :
                byMember(keys().codes(divided, first, count), vocabulary, selection)) {
            List<Vector> own = new ArrayList<>(columns);
            own.set(divided, keys().column(divided, first, count, some));
            batches.add(new Batch(count, own).withSelection(some));
        }
        return batches;
    }

    private static List<Selection> byMember(
            LongVector codes, Vocabulary vocabulary, @Nullable Selection selection) {
        int count = selection == null ? codes.size() : selection.count();
        int[][] rows = new int[vocabulary.memberCount()][];
        int[] counts = new int[rows.length];
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection.rows()[i];
            int member = vocabulary.memberOf((int) codes.values()[row]);
            if (rows[member] == null) {
                rows[member] = new int[count];
            }
            rows[member][counts[member]++] = row;
        }
        List<Selection> selections = new ArrayList<>();
        for (int m = 0; m < rows.length; m++) {
            if (counts[m] > 0) {
                selections.add(new Selection(rows[m], counts[m]));
            }
        }
        return selections;
    }

    @Override
    public void close() {
        reservation.close();
    }
}
