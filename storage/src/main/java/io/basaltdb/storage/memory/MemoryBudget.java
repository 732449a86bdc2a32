package io.basaltdb.storage.memory;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A limit in bytes on what is reserved under it; a budget may stand under a larger one, and then both must have room.
/// Safe for use by many threads.
public final class MemoryBudget {
    /// The part of a root's limit that arrays may hold which nobody uses.
    private static final int SPARE_SHARE = 8;

    private final String name;
    private final String setting;
    private final long limitBytes;
    private final @Nullable MemoryBudget parent;
    private final LongArrays arrays;
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();

    private MemoryBudget(
            String name,
            String setting,
            long limitBytes,
            @Nullable MemoryBudget parent,
            LongArrays arrays) {
        this.name = name;
        this.setting = setting;
        this.limitBytes = limitBytes;
        this.parent = parent;
        this.arrays = arrays;
    }

    /// @param name what the limit is of, for messages: "the process", "this query"
    /// @param setting the setting that changes it, for messages
    public static MemoryBudget root(String name, String setting, long limitBytes) {
        return new MemoryBudget(
                name, setting, limitBytes, null, new LongArrays(limitBytes / SPARE_SHARE));
    }

    public MemoryBudget child(String childName, String childSetting, long childLimitBytes) {
        return new MemoryBudget(childName, childSetting, childLimitBytes, this, arrays);
    }

    /// Arrays that all who stand under the same root use again.
    public LongArrays arrays() {
        return arrays;
    }

    public Reservation reserve(String what) {
        return new Reservation(this, what);
    }

    public long limitBytes() {
        return limitBytes;
    }

    public long usedBytes() {
        return usedBytes.get();
    }

    public long peakBytes() {
        return peakBytes.get();
    }

    /// Takes bytes here and in every budget above, or nothing at all.
    ///
    /// @throws BasaltException [ErrorCode#OUT_OF_MEMORY] naming the budget that is full
    void acquire(String what, long bytes) {
        long used = usedBytes.addAndGet(bytes);
        if (used > limitBytes) {
            usedBytes.addAndGet(-bytes);
            throw new BasaltException(
                    ErrorCode.OUT_OF_MEMORY,
                    what
                            + " needs "
                            + bytes
                            + " more bytes, but the memory limit of "
                            + name
                            + " is "
                            + limitBytes
                            + " bytes and "
                            + (used - bytes)
                            + " are in use; raise "
                            + setting
                            + " or let the query touch fewer rows");
        }
        if (parent != null) {
            try {
                parent.acquire(what, bytes);
            } catch (BasaltException full) {
                usedBytes.addAndGet(-bytes);
                throw full;
            }
        }
        peakBytes.accumulateAndGet(used, Math::max);
    }

    void release(long bytes) {
        long used = usedBytes.addAndGet(-bytes);
        assert used >= 0 : name + " released more than it held";
        if (parent != null) {
            parent.release(bytes);
        }
    }
}
