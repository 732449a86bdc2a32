package io.basaltdb.storage.table;

/// A piece of background work, carried out in steps by one thread.
interface Job extends AutoCloseable {
    /// Does a bounded piece; false once nothing is left to do.
    boolean step();

    /// What it wrote, once no step is left.
    default BackgroundJob.Result result() {
        return BackgroundJob.Result.NOTHING;
    }

    /// Gives up what is not finished; nothing of it stays.
    @Override
    void close();
}
