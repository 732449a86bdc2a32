package io.basaltdb.storage.table;

/// Deletes the file of a part that no snapshot can reach any more.
final class PurgeJob implements Job {
    private final DatabaseState state;
    private final DatabaseState.Retired part;
    private boolean purged;

    PurgeJob(DatabaseState state, DatabaseState.Retired part) {
        this.state = state;
        this.part = part;
    }

    @Override
    public boolean step() {
        if (state.holds().isHeld(part.handle().id())) {
            part.handle().close(); // who holds the file deletes it
        } else {
            part.handle().purge();
        }
        purged = true;
        return false;
    }

    /// What was not deleted is tried again; and when the database closes, it lets go of the file.
    @Override
    public void close() {
        if (!purged) {
            state.purgeLater(part);
        }
    }
}
