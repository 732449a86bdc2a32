package io.basaltdb.storage.table;

import java.util.concurrent.atomic.AtomicLong;

/// What all appenders hold in memory: rows, and arrays that wait for rows. Safe for use by many threads.
final class AppenderBytes {
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong spare = new AtomicLong();

    /// An appender holds so many bytes more, or less.
    void add(long moreRowBytes, long moreSpareBytes) {
        rows.addAndGet(moreRowBytes);
        spare.addAndGet(moreSpareBytes);
    }

    long rowBytes() {
        return rows.get();
    }

    long heldBytes() {
        return rows.get() + spare.get();
    }
}
