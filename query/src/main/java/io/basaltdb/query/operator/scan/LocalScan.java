package io.basaltdb.query.operator.scan;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// One lane's scan: takes morsels and gives one batch per granule that has rows left.
final class LocalScan implements LocalSource {
    /// Granules without a row that are passed in one call; then the lane looks at the clock.
    private static final int EMPTY_GRANULES_PER_CALL = 16;

    private final OperatorContext context;
    private final Morsels morsels;
    private final GranuleReader reader;
    private Morsels.@Nullable Morsel morsel;
    private int position;

    LocalScan(OperatorContext context, Morsels morsels, GranuleReader reader) {
        this.context = context;
        this.morsels = morsels;
        this.reader = reader;
    }

    @Override
    public Progress next() {
        for (int empty = 0; empty < EMPTY_GRANULES_PER_CALL; empty++) {
            if (morsel == null || position == morsel.granules().length) {
                morsel = morsels.take();
                position = 0;
                if (morsel == null) {
                    return Progress.FINISHED;
                }
                reader.open(morsel.split());
            }
            context.checkCancelled();
            Batch batch = reader.read(morsel.granules()[position++]);
            if (batch != null) {
                return new Progress.Rows(batch);
            }
        }
        return Progress.MORE;
    }

    @Override
    public void close() {
        reader.close();
    }
}
