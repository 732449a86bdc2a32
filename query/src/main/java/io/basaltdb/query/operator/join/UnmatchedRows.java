package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/// Build rows that were never matched, behind NULLs for the left columns.
final class UnmatchedRows implements Source {
    private final Supplier<RowStore> build;
    private final BitSet matched;
    private final List<Type> leftTypes;

    UnmatchedRows(Supplier<RowStore> build, BitSet matched, List<Type> leftTypes) {
        this.build = build;
        this.matched = matched;
        this.leftTypes = leftTypes;
    }

    @Override
    public int laneLimit() {
        return 1;
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new Local(build.get());
    }

    private final class Local implements LocalSource {
        private final RowStore rows;
        private final int[] picked = new int[Batch.MAX_ROWS];
        private final List<GatherBuffer> buffers;
        private int next;

        Local(RowStore rows) {
            this.rows = rows;
            this.buffers = RowStore.buffers(rows.columnCount());
        }

        @Override
        public Progress next() {
            int count = 0;
            int row = matched.nextClearBit(next);
            while (row < rows.rowCount() && count < Batch.MAX_ROWS) {
                picked[count++] = row;
                row = matched.nextClearBit(row + 1);
            }
            next = row;
            if (count == 0) {
                return Progress.FINISHED;
            }
            List<Vector> columns = new ArrayList<>();
            for (Type type : leftTypes) {
                columns.add(new ConstantVector(type, count, Value.NULL));
            }
            columns.addAll(rows.gather(picked, count, buffers).columns());
            return new Progress.Rows(new Batch(count, columns));
        }

        @Override
        public void close() {}
    }
}
