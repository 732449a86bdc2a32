package io.basaltdb.storage.table;

/// A piece of background work, carried out in steps by one thread.
interface Job extends AutoCloseable {
    /// Does a bounded piece; false once nothing is left to do.
    boolean step();

    /// Gives up what is not finished; nothing of it stays.
    @Override
    void close();
}
