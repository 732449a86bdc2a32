package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One lane's aggregation of rows whose keys have the same forms. Begins with one table. When that leaves the cache, it takes no more keys: rows with known keys still go there, all others wait in
/// partitions by hash. When hardly any row finds its key, the table is no longer asked. Keys that are numbered (see [CodeMemo]) always go to
/// the one table, since finding their group costs one look whatever its size.
final class FormedAggregation implements AutoCloseable {
    /// Groups that the first table takes: with key and states about a megabyte, half of a core's cache.
    private static final int FIRST_TABLE_GROUPS = 16_384;

    /// Rows after which it is judged whether the first table is worth asking, and the share that must find their key there.
    private static final long JUDGED_ROWS = 65_536;

    private static final double WORTHY_SHARE = 0.3;

    private static final int ROWS_PER_GROUP = 4;

    private final AggregateShape shape;
    private final KeyForms forms;
    private final KeyLayout layout;
    private final AggregateSink sink;
    private final OperatorContext context;
    private final Reservation scratch;
    private final GroupTable first;
    private final RowBlock block;
    private final RowBlock replay;
    private final KeyBlock keys;
    private final KeyBlock replayKeys;
    private final CodeMemo memo;
    private Partition @Nullable [] partitions;
    private boolean asksFirst = true;
    private long askedRows;
    private long foundRows;
    private int[] rows = {};
    private int[] lanes = {};
    private int[] order = {};
    private int[] partitionStart = {};
    private long rowCount;
    private long waitingRows;
    private boolean handedOver;

    FormedAggregation(
            AggregateShape shape, KeyForms forms, AggregateSink sink, OperatorContext context) {
        this.shape = shape;
        this.forms = forms;
        this.layout = shape.layout(forms);
        this.sink = sink;
        this.context = context;
        this.scratch = context.memory().reserve("grouping");
        this.first = GroupTable.forRows(shape, layout, sink.dictionaries(), context.memory());
        this.block = new RowBlock(shape);
        this.replay = new RowBlock(shape);
        this.keys = new KeyBlock(layout);
        this.replayKeys = new KeyBlock(layout);
        this.memo = new CodeMemo(shape, forms, scratch);
    }

    KeyForms forms() {
        return forms;
    }

    /// Whether rows have found the groups of others so often that such groups can be put together with others by value at little cost.
    boolean isCollapsing() {
        return rowCount >= ROWS_PER_GROUP * (first.presentCount() + waitingRows);
    }

    void add(Batch batch) {
        int count = batch.rowCount();
        rowCount += count;
        if (!shape.hasKeys()) {
            block.begin(count);
            setInputs(block, batch, batch.selection(), count);
            first.addAll(block);
        } else if (first.isDense()) {
            addToFirst(batch, count);
        } else if (memo.number(batch)) {
            addNumbered(batch, count);
        } else if (partitions == null) {
            addToFirst(batch, count);
        } else {
            addPartitioned(batch, count, partitions);
        }
    }

    private void setInputs(RowBlock target, Batch batch, @Nullable Selection selection, int count) {
        for (int i = 0; i < target.inputs.length; i++) {
            target.inputs[i].set(batch.column(shape.inputColumns().get(i)), selection, count);
        }
    }

    private void encodeKeys(Batch batch, @Nullable Selection selection, int count) {
        for (int i = 0; i < block.keys.length; i++) {
            Vector column = batch.column(shape.keyColumns()[i]);
            Vocabulary vocabulary = layout.vocabulary(i);
            if (vocabulary == null) {
                block.keys[i].set(column, selection, count);
                continue;
            }
            boolean known = block.keys[i].setCodes(column, selection, count, vocabulary);
            assert known;
            if (!layout.wordsSuffice) {
                block.keys[i].lookUpTexts(count);
            }
        }
        keys.encode(block.keys, count);
    }

    private void addNumbered(Batch batch, int count) {
        rows = FlatColumn.grown(rows, count);
        block.begin(count);
        int unknown = memo.find(count, block.groups, rows);
        if (unknown > 0) {
            Selection selection = lanes(batch, rows, unknown);
            encodeKeys(batch, selection, unknown);
            order = FlatColumn.grown(order, unknown);
            first.keys().findOrAdd(keys, unknown, order);
            for (int i = 0; i < unknown; i++) {
                block.groups[rows[i]] = order[i];
                memo.remember(rows[i], order[i]);
            }
        }
        setInputs(block, batch, batch.selection(), count);
        first.add(block, block.groups);
    }

    /// The lanes of the batch's rows at these positions.
    private Selection lanes(Batch batch, int[] positions, int count) {
        Selection selection = batch.selection();
        lanes = FlatColumn.grown(lanes, count);
        for (int i = 0; i < count; i++) {
            lanes[i] = selection == null ? positions[i] : selection.rows()[positions[i]];
        }
        return new Selection(lanes, count);
    }

    private void addToFirst(Batch batch, int count) {
        block.begin(count);
        encodeKeys(batch, batch.selection(), count);
        setInputs(block, batch, batch.selection(), count);
        first.add(block, keys);
        if (first.count() > FIRST_TABLE_GROUPS && !first.isDense()) {
            partitions = new Partition[sink.partitionCount()];
            for (int i = 0; i < partitions.length; i++) {
                partitions[i] =
                        new Partition(
                                shape,
                                layout,
                                sink.dictionaries(),
                                context.memory(),
                                partitions.length * context.laneCount());
            }
        }
    }

    private void addPartitioned(Batch batch, int count, Partition[] into) {
        block.begin(count);
        encodeKeys(batch, batch.selection(), count);
        rows = FlatColumn.grown(rows, count);
        int missing = asksFirst ? addFound(batch, count) : all(count);
        waitingRows += missing;
        if (missing > 0) {
            block.begin(count);
            setInputs(block, batch, batch.selection(), count);
            sortByPartition(missing, into.length);
            for (int p = 0; p < into.length; p++) {
                int begin = partitionStart[p];
                int end = partitionStart[p + 1];
                if (begin < end) {
                    into[p].rows().append(block, keys, order, begin, end);
                    if (into[p].isHeavy()) {
                        into[p].drain(replay, replayKeys, context);
                    }
                }
            }
        }
    }

    private int all(int count) {
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        return count;
    }

    /// Adds the rows whose keys the first table knows; puts the positions of the others into `rows` and returns their number.
    private int addFound(Batch batch, int count) {
        first.keys().find(keys, count, block.groups);
        order = FlatColumn.grown(order, count);
        int missing = 0;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int unknown = block.groups[i] >>> 31;
            rows[missing] = i;
            missing += unknown;
            order[found] = i;
            found += 1 - unknown;
        }
        if (found > 0) {
            for (int i = 0; i < found; i++) {
                block.groups[i] = block.groups[order[i]];
            }
            block.count = found;
            setInputs(block, batch, lanes(batch, order, found), found);
            first.add(block, block.groups);
        }
        judge(count, found);
        return missing;
    }

    private void judge(int asked, int found) {
        askedRows += asked;
        foundRows += found;
        if (askedRows >= JUDGED_ROWS) {
            asksFirst = foundRows >= WORTHY_SHARE * askedRows;
            askedRows = 0;
            foundRows = 0;
        }
    }

    /// Orders the first `count` positions of `rows` by the partitions of their hashes, into `order`.
    private void sortByPartition(int count, int partitionCount) {
        int shift = Long.numberOfLeadingZeros(partitionCount - 1L);
        partitionStart = FlatColumn.grown(partitionStart, partitionCount + 1);
        order = FlatColumn.grown(order, count);
        Arrays.fill(partitionStart, 0, partitionCount + 1, 0);
        sortByPartition(keys.hashes, rows, count, shift, partitionCount, partitionStart, order);
    }

    private static void sortByPartition(
            long[] hashes,
            int[] rows,
            int count,
            int shift,
            int partitionCount,
            int[] start,
            int[] out) {
        for (int i = 0; i < count; i++) {
            start[(int) (hashes[rows[i]] >>> shift) + 1]++;
        }
        for (int p = 0; p < partitionCount; p++) {
            start[p + 1] += start[p];
        }
        int[] next = Arrays.copyOf(start, partitionCount);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            out[next[(int) (hashes[row] >>> shift)]++] = row;
        }
    }

    void complete() {
        handedOver = true;
        sink.take(new LaneGroups(forms, first, partitions));
    }

    @Override
    public void close() {
        scratch.close();
        if (!handedOver) {
            new LaneGroups(forms, first, partitions).close();
        }
    }
}
