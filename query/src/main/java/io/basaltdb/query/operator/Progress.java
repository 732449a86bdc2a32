package io.basaltdb.query.operator;

import io.basaltdb.storage.vector.Batch;

/// What a source or sink answers.
public sealed interface Progress {
    More MORE = new More();
    Finished FINISHED = new Finished();

    /// A source's batch.
    record Rows(Batch batch) implements Progress {}

    /// A sink takes more.
    record More() implements Progress {}

    /// A source has nothing more; a sink wants nothing more.
    record Finished() implements Progress {}

    /// Ask again when the signal has fired.
    record Blocked(Signal signal) implements Progress {}
}
