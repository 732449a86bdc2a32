package io.basaltdb.benchmarks.data;

/// A table that is generated: the same rows at every call, whatever the number of threads.
public interface TableSource {
    TableDefinition definition();

    /// How many independent pieces the table has; a property of the data, never of the machine.
    int pieceCount();

    /// Produces one piece, in row order, in batches lent to `target`. Safe to call for several pieces at once.
    void produce(int piece, RowBatch.Target target);
}
