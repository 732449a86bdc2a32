package io.basaltdb.query.operator.window;

/// The row that a call is at: goes through a bucket's positions in order and knows the borders of the partition and of the peers around it.
final class Cursor {
    private final Bucket bucket;
    private final Marks peers;

    int position = -1;
    int partitionStart;
    int partitionEnd;
    int peerStart;
    int peerEnd;

    /// The number of the peers in the partition, from 0.
    int peerNumber;

    /// @param orderKeys that make peers
    Cursor(Bucket bucket, int orderKeys) {
        this.bucket = bucket;
        this.peers = bucket.peers()[orderKeys];
    }

    /// Goes to the next position and says whether a partition begins there.
    boolean advance() {
        position++;
        boolean begins = position == partitionEnd;
        if (begins) {
            partitionStart = position;
            partitionEnd = bucket.partitions().next(position + 1);
            peerNumber = -1;
        }
        if (position == peerEnd) {
            peerStart = position;
            peerEnd = peers.next(position + 1);
            peerNumber++;
        }
        return begins;
    }
}
