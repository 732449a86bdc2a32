package io.basaltdb.query.operator.filter;

import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Gives each row as often as one of its columns says. Nothing is copied: a batch goes on again and again, each time with the rows that
/// are still wanted, so that no batch holds a row twice.
public final class RepeatTransform implements Transform {
    private final int countColumn;

    public RepeatTransform(int countColumn) {
        this.countColumn = countColumn;
    }

    @Override
    public LocalTransform local(OperatorContext context) {
        return new Repeating(context, countColumn);
    }

    private static final class Repeating implements LocalTransform {
        private final OperatorContext context;
        private final int countColumn;
        private @Nullable Batch pending;
        private int[] rows = {};
        private long[] left = {};
        private int count;

        Repeating(OperatorContext context, int countColumn) {
            this.context = context;
            this.countColumn = countColumn;
        }

        @Override
        public void accept(Batch input) {
            pending = input;
            count = input.rowCount();
            if (rows.length < count) {
                rows = new int[count];
                left = new long[count];
            }
            Vector counts = input.column(countColumn);
            for (int i = 0; i < count; i++) {
                int lane = input.selection() == null ? i : input.selection().rows()[i];
                rows[i] = lane;
                left[i] = Lanes.value(counts, lane) instanceof Value.Whole(long times) ? times : 0;
            }
        }

        @Override
        public @Nullable Batch produce() {
            context.checkCancelled();
            count = keepWanted(rows, left, count);
            Batch input = pending;
            if (count == 0 || input == null) {
                pending = null;
                return null;
            }
            return input.withSelection(new Selection(rows, count));
        }

        /// Moves the rows that are wanted once more to the front and counts that one time.
        private static int keepWanted(int[] rows, long[] left, int count) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                long wanted = left[i];
                rows[kept] = rows[i];
                left[kept] = wanted - 1;
                kept += wanted > 0 ? 1 : 0;
            }
            return kept;
        }

        @Override
        public void close() {}
    }
}
