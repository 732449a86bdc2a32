package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.PartitionedState;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups rows. Each lane gathers alone; when all are done, few groups are merged by one task, many by one task per partition of their hashes. The result is read
/// through [#source], which owns it.
public final class AggregateSink implements Sink, PartitionedState {
    /// Up to that many groups of all lanes, one task merges them all.
    private static final int FEW_GROUPS = 8_192;

    private static final int PARTITIONS = 128;
    private static final int MANY_PARTITIONS = 256;
    private static final double MANY_GROUPS = 2e6;
    private static final int MERGE_GROUPS = 4_096;

    private final AggregateShape shape;
    private final MemoryBudget memory;
    private final int partitionCount;
    private final Reservation dictionaryBytes;
    private final KeptDictionaries dictionaries;
    private long countedRows;

    // Guards the two lists.
    private final Object lock = new Object();
    private final List<LaneGroups> lanes = new ArrayList<>();
    private final List<GroupTable> results = new ArrayList<>();

    /// @param memory the operator's budget
    public AggregateSink(PlanNode.Aggregate node, MemoryBudget memory) {
        this.shape = new AggregateShape(node);
        this.memory = memory;
        this.dictionaryBytes = memory.reserve("grouping");
        this.dictionaries = new KeptDictionaries(dictionaryBytes);
        this.partitionCount = node.estimatedRows() >= MANY_GROUPS ? MANY_PARTITIONS : PARTITIONS;
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new LocalAggregation(shape, this, context);
    }

    /// Notes rows that no lane will see, for an aggregation without keys that only counts rows; before it begins.
    public void count(long rows) {
        countedRows += rows;
    }

    KeptDictionaries dictionaries() {
        return dictionaries;
    }

    @Override
    public int partitionCount() {
        return partitionCount;
    }

    @Override
    public long bytes(int partition) {
        long bytes = 0;
        synchronized (lock) {
            for (LaneGroups lane : lanes) {
                Partition[] partitions = lane.partitions();
                bytes += partitions == null ? 0 : partitions[partition].bytes();
            }
        }
        return bytes;
    }

    void take(LaneGroups lane) {
        synchronized (lock) {
            lanes.add(lane);
        }
    }

    /// Reads the groups, once finished; to be closed in any case.
    ///
    /// @param filters which results can still matter
    public AggregateSource source(List<AggregateSource.ResultFilter> filters) {
        return new AggregateSource(this, filters);
    }

    List<GroupTable> results() {
        synchronized (lock) {
            return List.copyOf(results);
        }
    }

    @Override
    public List<Task> finish(int step) {
        return switch (step) {
            case 0 -> isSmall() ? List.of(this::mergeAll) : orderTasks();
            case 1 -> results().isEmpty() ? mergeTasks() : List.of();
            default -> {
                closeLanes();
                yield List.of();
            }
        };
    }

    private boolean isSmall() {
        int groups = 0;
        for (LaneGroups lane : lanes) {
            if (lane.partitions() != null) {
                return false;
            }
            groups += shape.hasKeys() ? lane.first().count() : 0;
        }
        return lanes.size() <= 1 || groups <= FEW_GROUPS;
    }

    private void mergeAll(OperatorContext context) {
        GroupTable all;
        if (lanes.isEmpty()) {
            all = new GroupTable(shape, dictionaries, memory.reserve("grouping"));
        } else {
            all = lanes.getFirst().first();
            for (LaneGroups lane : lanes.subList(1, lanes.size())) {
                lane.first().prepareMerge();
                all.merge(lane.first(), context);
                lane.close();
            }
        }
        if (countedRows > 0) {
            RowBlock block = new RowBlock(shape);
            for (long left = countedRows; left > 0; left -= block.count) {
                block.count = (int) Math.min(left, Integer.MAX_VALUE);
                all.addAll(block);
            }
        }
        synchronized (lock) {
            lanes.clear();
            results.add(all);
        }
    }

    private List<Task> orderTasks() {
        List<Task> tasks = new ArrayList<>();
        for (LaneGroups lane : lanes) {
            tasks.add(_ -> lane.orderByPartition(partitionCount));
        }
        return tasks;
    }

    private List<Task> mergeTasks() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < partitionCount; i++) {
            int partition = i;
            tasks.add(context -> merge(partition, context));
        }
        return tasks;
    }

    private void merge(int partition, OperatorContext context) {
        GroupTable all = largest(partition);
        if (all == null) {
            all = new GroupTable(shape, dictionaries, memory.reserve("grouping"));
        }
        try {
            RowBlock block = new RowBlock(shape);
            KeyBlock keys = new KeyBlock(shape.keys());
            for (LaneGroups lane : lanes) {
                mergePartition(lane, partition, all, block, keys, context);
                mergeFirst(lane, partition, all, context);
            }
        } catch (Throwable failure) {
            all.close();
            throw failure;
        }
        if (all.count() == 0) {
            all.close();
            return;
        }
        synchronized (lock) {
            results.add(all);
        }
    }

    /// The largest table that a lane has for the partition: the others are merged into it.
    private @Nullable GroupTable largest(int partition) {
        Partition best = null;
        for (LaneGroups lane : lanes) {
            Partition[] partitions = lane.partitions();
            if (partitions != null
                    && partitions[partition].hasGroups()
                    && (best == null
                            || partitions[partition].groups().count() > best.groups().count())) {
                best = partitions[partition];
            }
        }
        return best == null ? null : best.takeGroups();
    }

    private static void mergePartition(
            LaneGroups lane,
            int partition,
            GroupTable all,
            RowBlock block,
            KeyBlock keys,
            OperatorContext context) {
        Partition[] partitions = lane.partitions();
        if (partitions == null) {
            return;
        }
        Partition mine = partitions[partition];
        mine.rows().drainInto(all, block, keys, context);
        if (mine.hasGroups()) {
            mine.groups().prepareMerge();
            all.merge(mine.groups(), context);
        }
        mine.close();
    }

    private static void mergeFirst(
            LaneGroups lane, int partition, GroupTable all, OperatorContext context) {
        int count = lane.firstCount(partition);
        int[] groups = new int[Math.min(count, MERGE_GROUPS)];
        for (int done = 0; done < count; ) {
            int some = lane.firstGroups(partition, done, groups);
            all.merge(lane.first(), groups, some, context);
            done += some;
        }
    }

    private void closeLanes() {
        synchronized (lock) {
            lanes.forEach(LaneGroups::close);
            lanes.clear();
        }
    }

    /// Frees what nobody has read.
    @Override
    public void close() {
        closeLanes();
        synchronized (lock) {
            results.forEach(GroupTable::close);
            results.clear();
        }
        dictionaryBytes.close();
    }
}
