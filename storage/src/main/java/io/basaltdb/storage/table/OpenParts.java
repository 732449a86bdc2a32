package io.basaltdb.storage.table;

import java.util.ArrayDeque;
import java.util.Deque;

/// The parts whose files are open, with what is kept in memory of them: footers, filters and indexes of keys, sparse indexes. There are no more than a
/// limit in bytes and in files allows; one that was not used for long is closed for another, and opened again when somebody needs it. Safe for use by
/// many threads.
final class OpenParts {
    /// Mappings that the operating system allows a process are few: 65,530 where nobody has changed it.
    private static final int MAX_FILES = 8192;

    private final long maxBytes;
    // All guarded by this. The next to be looked at stands first; one that was used meanwhile gets
    // a second turn.
    private final Deque<PartHandle> open = new ArrayDeque<>();
    private long bytes;

    /// @param maxBytes of parts that nobody reads at this moment
    OpenParts(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// For a part that counts nowhere.
    static OpenParts unlimited() {
        return new OpenParts(Long.MAX_VALUE);
    }

    /// Not under the handle's lock.
    synchronized void opened(PartHandle handle) {
        open.addLast(handle);
    }

    synchronized void closed(PartHandle handle, long heldBytes) {
        open.remove(handle);
        bytes -= heldBytes;
    }

    /// Counts what a part holds now, and closes others where that is too much. Not under the handle's lock.
    synchronized void grew(long moreBytes) {
        bytes += moreBytes;
        for (int looked = 2 * open.size(); looked > 0 && isFull(); looked--) {
            PartHandle handle = open.removeFirst();
            long freed = handle.closeUnlessUsed();
            if (freed < 0) {
                open.addLast(handle);
            } else {
                bytes -= freed;
            }
        }
    }

    private boolean isFull() {
        return bytes > maxBytes || open.size() > MAX_FILES;
    }

    synchronized MemoryUse memory() {
        return new MemoryUse("open parts", bytes, maxBytes);
    }
}
