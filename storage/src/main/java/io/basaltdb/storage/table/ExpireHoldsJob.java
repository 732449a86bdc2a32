package io.basaltdb.storage.table;

/// Drops leases and staged ingests that have expired, with the files that only they needed.
final class ExpireHoldsJob implements Job {
    private final SnapshotLeases leases;
    private final StagedIngests ingests;

    ExpireHoldsJob(SnapshotLeases leases, StagedIngests ingests) {
        this.leases = leases;
        this.ingests = ingests;
    }

    @Override
    public boolean step() {
        leases.expire();
        ingests.expire();
        return false;
    }

    @Override
    public void close() {}
}
