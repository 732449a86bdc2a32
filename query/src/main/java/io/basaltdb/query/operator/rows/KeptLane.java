package io.basaltdb.query.operator.rows;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.storage.vector.Batch;
import java.util.function.Consumer;

/// Keeps a lane's rows and hands them over when they are complete.
public final class KeptLane implements LocalSink {
    private final RowStore store;
    private final Consumer<RowStore> complete;
    private boolean handedOver;

    /// @param store empty; closed here unless it is handed over
    public KeptLane(RowStore store, Consumer<RowStore> complete) {
        this.store = store;
        this.complete = complete;
    }

    @Override
    public Progress consume(Batch batch) {
        store.append(batch);
        return Progress.MORE;
    }

    @Override
    public void complete() {
        handedOver = true;
        complete.accept(store);
    }

    @Override
    public void close() {
        if (!handedOver) {
            store.close();
        }
    }
}
