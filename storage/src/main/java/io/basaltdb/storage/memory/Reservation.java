package io.basaltdb.storage.memory;

/// Bytes held under a budget by one owner; used by one thread at a time. Closing gives all of them back.
public final class Reservation implements AutoCloseable {
    private final MemoryBudget budget;
    private final String what;
    private long bytes;

    Reservation(MemoryBudget budget, String what) {
        this.budget = budget;
        this.what = what;
    }

    /// Takes more bytes, before they are allocated.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException OUT_OF_MEMORY where a limit would be passed; nothing is taken then
    public void grow(long moreBytes) {
        assert moreBytes >= 0;
        budget.acquire(what, moreBytes);
        bytes += moreBytes;
    }

    public void shrink(long fewerBytes) {
        assert fewerBytes >= 0 && fewerBytes <= bytes;
        budget.release(fewerBytes);
        bytes -= fewerBytes;
    }

    /// Holds exactly `total` bytes from now on.
    public void resize(long total) {
        if (total > bytes) {
            grow(total - bytes);
        } else if (total < bytes) {
            shrink(bytes - total);
        }
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        shrink(bytes);
    }
}
