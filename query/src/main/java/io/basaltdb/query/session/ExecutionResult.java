package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// The rows of a running query; holds its snapshot until it is closed.
final class ExecutionResult implements Result {
    private final QueryExecution execution;
    private final Schema schema;
    private final DatabaseSnapshot snapshot;
    private final QueryLog.Running query;
    private final Runnable onFailure;
    private String error = "";
    private boolean closed;

    ExecutionResult(
            QueryExecution execution,
            Schema schema,
            DatabaseSnapshot snapshot,
            QueryLog.Running query,
            Runnable onFailure) {
        this.execution = execution;
        this.schema = schema;
        this.snapshot = snapshot;
        this.query = query;
        this.onFailure = onFailure;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        try {
            return execution.next();
        } catch (BasaltException failure) {
            error = failure.text();
            onFailure.run();
            throw failure;
        }
    }

    @Override
    public long updateCount() {
        return -1;
    }

    @Override
    public long queryId() {
        return execution.queryId();
    }

    @Override
    public long commit() {
        return execution.commit();
    }

    @Override
    public QueryProgress progress() {
        return execution.progress();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            execution.close();
        } finally {
            query.ended(execution.profile().peakMemoryBytes(), error);
            snapshot.close();
        }
    }
}
