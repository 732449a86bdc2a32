package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.memory.MemoryBudget;
import org.jspecify.annotations.Nullable;

/// The groups of one range of hashes, and rows that wait to join them. Rows wait until they outweigh the table several times: then bringing its cache lines
/// in pays, and the rows hold at most a fixed multiple of the memory that the groups need.
final class Partition implements AutoCloseable {
    /// Rows that are few are not worth a table; where there is memory, more of them wait, since of keys that hardly repeat the table is larger than the rows.
    private static final long LEAST_DRAIN_BYTES = 128 << 10;

    private static final long MOST_DRAIN_BYTES = 1 << 20;
    private static final int PART_OF_LIMIT = 16;
    private static final int ROWS_PER_TABLE_BYTE = 4;

    private final AggregateShape shape;
    private final KeyLayout layout;
    private final KeptDictionaries dictionaries;
    private final MemoryBudget memory;
    private final RowBuffer rows;
    private final long drainBytes;
    private @Nullable GroupTable table;

    /// @param partitionCount partitions of all lanes
    Partition(
            AggregateShape shape,
            KeyLayout layout,
            KeptDictionaries dictionaries,
            MemoryBudget memory,
            int partitionCount) {
        this.drainBytes =
                Math.clamp(
                        memory.limitBytes() / PART_OF_LIMIT / partitionCount,
                        LEAST_DRAIN_BYTES,
                        MOST_DRAIN_BYTES);
        this.shape = shape;
        this.layout = layout;
        this.dictionaries = dictionaries;
        this.memory = memory;
        this.rows = new RowBuffer(shape, layout, memory.arrays(), memory.reserve("grouping"));
    }

    long bytes() {
        GroupTable groups = table;
        return rows.bytes() + (groups == null ? 0 : groups.bytes());
    }

    RowBuffer rows() {
        return rows;
    }

    /// Groups, and rows that wait to make some.
    long weight() {
        GroupTable groups = table;
        return rows.rowCount() + (groups == null ? 0 : groups.count());
    }

    boolean isHeavy() {
        GroupTable groups = table;
        long tableBytes = groups == null ? 0 : groups.bytes();
        return rows.bytes() > Math.max(drainBytes, ROWS_PER_TABLE_BYTE * tableBytes);
    }

    /// Groups the rows that wait.
    void drain(RowBlock block, KeyBlock keys, OperatorContext context) {
        rows.drainInto(groups(), block, keys, context);
    }

    /// The groups so far.
    GroupTable groups() {
        GroupTable groups = table;
        if (groups == null) {
            groups = new GroupTable(shape, layout, dictionaries, memory.reserve("grouping"));
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
