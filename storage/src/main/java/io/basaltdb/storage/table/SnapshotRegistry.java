package io.basaltdb.storage.table;

import org.jspecify.annotations.Nullable;

/// Which commits are being read. A file may go once no open snapshot is older than the commit that retired it, and the floor is the oldest
/// of them. Snapshots are taken of ever newer commits, so a list in order of opening is a list in order of commits.
final class SnapshotRegistry {
    private static final int STRIPES = 16;

    /// The snapshots of one commit, of one stripe.
    static final class Pin {
        private final Stripe stripe;
        private final long commit;
        private int count;
        private @Nullable Pin next;

        Pin(Stripe stripe, long commit) {
            this.stripe = stripe;
            this.commit = commit;
        }
    }

    /// The snapshots that some of the threads opened; guarded by itself. A thread that loses its processor while it holds the lock holds few others up.
    static final class Stripe {
        private @Nullable Pin oldest;
        private @Nullable Pin newest;
        private int openCount;

        synchronized PinnedSnapshot open(SnapshotRegistry registry) {
            Root root = registry.root;
            Pin pin = newest;
            if (pin == null || pin.commit != root.commit()) {
                Pin added = new Pin(this, root.commit());
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
            return new PinnedSnapshot(registry, root, pin);
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

        synchronized long floor(long latest) {
            Pin first = oldest;
            return first == null ? latest : Math.min(first.commit, latest);
        }

        synchronized int openCount() {
            return openCount;
        }
    }

    private final Stripe[] stripes = new Stripe[STRIPES];
    private volatile Root root;
    private final Timeline timeline;

    SnapshotRegistry(Root root, Timeline timeline) {
        this.root = root;
        this.timeline = timeline;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
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
    PinnedSnapshot open() {
        return stripes[(int) Thread.currentThread().threadId() & STRIPES - 1].open(this);
    }

    void close(Pin pin) {
        pin.stripe.close(pin);
    }

    /// The oldest commit that anyone reads or may begin to read. Whoever opens a snapshot in a stripe that was looked at already gets a root that
    /// is at least as new as the one this began with.
    long floor() {
        long floor = root.commit();
        for (Stripe stripe : stripes) {
            floor = stripe.floor(floor);
        }
        return floor;
    }

    int openCount() {
        int count = 0;
        for (Stripe stripe : stripes) {
            count += stripe.openCount();
        }
        return count;
    }
}
