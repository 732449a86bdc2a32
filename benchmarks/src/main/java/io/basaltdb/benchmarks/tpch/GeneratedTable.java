package io.basaltdb.benchmarks.tpch;

import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.data.TableSource;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;

/// One TPC-H table: the generator's rows copied column by column.
record GeneratedTable<E extends TpchEntity>(
        TpchTable<E> table,
        TableDefinition definition,
        double scale,
        int pieceCount,
        RowWriter<E> writer)
        implements TableSource {

    /// Puts the columns of one row.
    @FunctionalInterface
    interface RowWriter<E> {
        void write(E row, RowBatch batch);
    }

    @Override
    public void produce(int piece, RowBatch.Target target) {
        RowBatch batch = new RowBatch(definition.columns(), target);
        for (E row : table.createGenerator(scale, piece + 1, pieceCount)) {
            writer.write(row, batch);
            batch.endRow();
        }
        batch.finish();
    }
}
