package io.basaltdb.query.operator.aggregate;

import org.jspecify.annotations.Nullable;

/// What one lane has gathered of keys of the same forms: its first table, and partitions where that was not enough.
final class LaneGroups implements AutoCloseable {
    private final KeyForms forms;
    private final GroupTable first;
    private final Partition @Nullable [] partitions;

    /// Groups of the first table, ordered by partition; and where each partition begins.
    private int[] byPartition = {};

    private int[] partitionStart = {};

    LaneGroups(KeyForms forms, GroupTable first, Partition @Nullable [] partitions) {
        this.forms = forms;
        this.first = first;
        this.partitions = partitions;
    }

    KeyForms forms() {
        return forms;
    }

    /// Groups, and rows that wait to make some.
    long weight() {
        long weight = first.presentCount();
        if (partitions != null) {
            for (Partition partition : partitions) {
                weight += partition.weight();
            }
        }
        return weight;
    }

    GroupTable first() {
        return first;
    }

    Partition @Nullable [] partitions() {
        return partitions;
    }

    /// Orders the first table's groups, so that partitions can be merged at once.
    void orderByPartition(int partitionCount) {
        int shift = Long.numberOfLeadingZeros(partitionCount - 1L);
        int count = first.count();
        KeyTable keys = first.keys();
        partitionStart = new int[partitionCount + 1];
        for (int group = 0; group < count; group++) {
            partitionStart[(int) (keys.hash(group) >>> shift) + 1]++;
        }
        for (int p = 0; p < partitionCount; p++) {
            partitionStart[p + 1] += partitionStart[p];
        }
        int[] next = partitionStart.clone();
        byPartition = new int[count];
        for (int group = 0; group < count; group++) {
            byPartition[next[(int) (keys.hash(group) >>> shift)]++] = group;
        }
        first.prepareMerge();
    }

    int firstCount(int partition) {
        return partitionStart[partition + 1] - partitionStart[partition];
    }

    /// Puts up to `groups.length` of the first table's groups in that partition, from the `skipped`-th on, into `groups`; returns their number.
    int firstGroups(int partition, int skipped, int[] groups) {
        int from = partitionStart[partition] + skipped;
        int count = Math.min(groups.length, partitionStart[partition + 1] - from);
        System.arraycopy(byPartition, from, groups, 0, count);
        return count;
    }

    @Override
    public void close() {
        first.close();
        if (partitions != null) {
            for (Partition partition : partitions) {
                if (partition != null) {
                    partition.close();
                }
            }
        }
    }
}
