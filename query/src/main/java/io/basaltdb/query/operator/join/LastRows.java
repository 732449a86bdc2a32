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

/// Build rows that were matched, or that never were, behind NULLs for the left columns.
final class LastRows implements Source {
    private final Supplier<RowStore> build;
    private final BitSet matched;
    private final boolean givesMatched;
    private final List<Type> leftTypes;

    /// @param givesMatched whether it gives the matched rows, else the others
    LastRows(Supplier<RowStore> build, BitSet matched, boolean givesMatched, List<Type> leftTypes) {
        this.build = build;
        this.matched = matched;
        this.givesMatched = givesMatched;
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
            int count = pick();
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

        /// Picks the next rows; answers how many.
        private int pick() {
            int count = 0;
            int row = following(next);
            while (row < rows.rowCount() && count < Batch.MAX_ROWS) {
                picked[count++] = row;
                row = following(row + 1);
            }
            next = row;
            return count;
        }

        /// The next row to give from that one on; the number of rows or more where there is none.
        private int following(int from) {
            if (!givesMatched) {
                return matched.nextClearBit(from);
            }
            int row = matched.nextSetBit(from);
            return row < 0 ? rows.rowCount() : row;
        }

        @Override
        public void close() {}
    }
}
