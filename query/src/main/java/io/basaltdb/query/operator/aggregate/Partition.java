package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.MemoryBudget;
import org.jspecify.annotations.Nullable;

/// The groups of one range of hashes, and rows that wait to join them. Rows wait until they outweigh the table several times: then bringing its cache lines
/// in pays, and the rows hold at most a fixed multiple of the memory that the groups need.
final class Partition implements AutoCloseable {
    private static final long LEAST_DRAIN_BYTES = 128 << 10;
    private static final int ROWS_PER_TABLE_BYTE = 4;

    private final AggregateShape shape;
    private final KeptDictionaries dictionaries;
    private final MemoryBudget memory;
    private final RowBuffer rows;
    private @Nullable GroupTable table;

    Partition(AggregateShape shape, KeptDictionaries dictionaries, MemoryBudget memory) {
        this.shape = shape;
        this.dictionaries = dictionaries;
        this.memory = memory;
        this.rows = new RowBuffer(shape, memory.reserve("grouping"));
    }

    long bytes() {
        GroupTable groups = table;
        return rows.bytes() + (groups == null ? 0 : groups.bytes());
    }

    RowBuffer rows() {
        return rows;
    }

    boolean isHeavy() {
        GroupTable groups = table;
        long tableBytes = groups == null ? 0 : groups.bytes();
        return rows.bytes() > Math.max(LEAST_DRAIN_BYTES, ROWS_PER_TABLE_BYTE * tableBytes);
    }

    /// Groups the rows that wait.
    void drain(RowBlock block, KeyBlock keys, OperatorContext context) {
        rows.drainInto(groups(), block, keys, context);
    }

    /// The groups so far.
    GroupTable groups() {
        GroupTable groups = table;
        if (groups == null) {
            groups = new GroupTable(shape, dictionaries, memory.reserve("grouping"));
            table = groups;
        }
        return groups;
    }

    boolean hasGroups() {
        return table != null;
    }

    /// The table, which belongs to the caller from now on.
    GroupTable takeGroups() {
        GroupTable groups = groups();
        table = null;
        return groups;
    }

    @Override
    public void close() {
        rows.close();
        GroupTable groups = table;
        table = null;
        if (groups != null) {
            groups.close();
        }
    }
}
