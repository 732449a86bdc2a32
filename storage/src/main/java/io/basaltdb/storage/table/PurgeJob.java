package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;

/// Deletes the file of a part that no snapshot can reach any more.
final class PurgeJob implements Job {
    private final DatabaseState state;
    private final DatabaseState.Retired part;

    PurgeJob(DatabaseState state, DatabaseState.Retired part) {
        this.state = state;
        this.part = part;
    }

    @Override
    public boolean step() {
        try {
            part.handle().purge();
        } catch (BasaltException failure) {
            state.purgeLater(part);
            throw failure;
        }
        return false;
    }

    @Override
    public void close() {}
}
