package io.basaltdb.storage.table;

import org.jspecify.annotations.Nullable;

/// Which commits are being read. A file may go once no open snapshot is older than the commit that retired it, and the floor is the oldest
/// of them. Snapshots are taken of ever newer commits, so a list in order of opening is a list in order of commits.
final class SnapshotRegistry {
    /// The snapshots of one commit.
    static final class Pin {
        private final long commit;
        private int count;
        private @Nullable Pin next;

        Pin(long commit) {
            this.commit = commit;
        }
    }

    // All guarded by this; root is also read without.
    private volatile Root root;
    private @Nullable Pin oldest;
    private @Nullable Pin newest;
    private int openCount;
    private final Timeline timeline;

    SnapshotRegistry(Root root, Timeline timeline) {
        this.root = root;
        this.timeline = timeline;
    }

    /// When commits were made, the newest root's and later ones among them.
    Timeline timeline() {
        return timeline;
    }

    /// The newest published root; not pinned.
    Root current() {
        return root;
    }

    /// Swaps the root: what it holds is visible from now on.
    synchronized void publish(Root next) {
        assert next.commit() >= root.commit();
        root = next;
    }

    /// Pins the newest root.
    synchronized PinnedSnapshot open() {
        Pin pin = newest;
        if (pin == null || pin.commit != root.commit()) {
            Pin added = new Pin(root.commit());
            if (pin == null) {
                oldest = added;
            } else {
                pin.next = added;
            }
            newest = added;
            pin = added;
        }
        pin.count++;
        openCount++;
        return new PinnedSnapshot(this, root, pin);
    }

    synchronized void close(Pin pin) {
        pin.count--;
        openCount--;
        Pin first = oldest;
        while (first != null && first.count == 0) {
            first = first.next;
        }
        oldest = first;
        if (first == null) {
            newest = null;
        }
    }

    /// The oldest commit that anyone reads or may begin to read.
    synchronized long floor() {
        Pin first = oldest;
        return first == null ? root.commit() : first.commit;
    }

    synchronized int openCount() {
        return openCount;
    }
}
