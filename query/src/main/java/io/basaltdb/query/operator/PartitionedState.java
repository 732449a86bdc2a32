package io.basaltdb.query.operator;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Disk;

/// What an aggregation, join, sort or window keeps, cut into partitions that can leave memory one by one.
public interface PartitionedState {
    int partitionCount();

    /// Bytes reserved for that partition.
    long bytes(int partition);

    /// Writes the partition to disk and frees its memory.
    ///
    /// @throws BasaltException OUT_OF_MEMORY: no state can be written yet
    default void spill(int partition, Disk disk) {
        throw refusal(bytes(partition));
    }

    /// Reads a partition back that was spilled.
    default void restore(int partition, Disk disk) {
        throw refusal(0);
    }

    private static BasaltException refusal(long bytes) {
        return new BasaltException(
                ErrorCode.OUT_OF_MEMORY,
                "the query's intermediate results ("
                        + bytes
                        + " bytes in one partition) do not fit in memory and cannot be moved to"
                        + " disk; raise query_memory_limit or let the query touch fewer rows");
    }
}
