package io.basaltdb.query.operator;

import io.basaltdb.storage.vector.Batch;

/// One lane's end of a sink.
public interface LocalSink extends AutoCloseable {
    /// Takes the batch in any case (copying what it keeps) and says whether it can take another: [Progress#MORE], [Progress#FINISHED] or
    /// [Progress.Blocked].
    Progress consume(Batch batch);

    /// The lane's input has ended; hands local state to the shared sink.
    void complete();

    /// Frees local state, also after a failure.
    @Override
    void close();
}
