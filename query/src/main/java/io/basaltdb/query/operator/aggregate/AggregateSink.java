package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.PartitionedState;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups rows. Each lane gathers alone; when all are done, few groups are merged by one task, many partition by partition of their hashes while they are read, so
/// that the groups of a partition are gone before those of the next ones are made. The result is read through [#source], which owns it.
public final class AggregateSink implements Sink, PartitionedState {
    /// Up to that many groups of all lanes, one task merges them all.
    private static final int FEW_GROUPS = 8_192;

    private static final int PARTITIONS = 128;
    private static final int MANY_PARTITIONS = 256;
    private static final double MANY_GROUPS = 2e6;
    private static final int MERGE_GROUPS = 4_096;
    private static final int MOST_FORMS = 16;

    /// Of texts that all have codes, which need not be put together by value.
    private static final int MOST_CODED_FORMS = 256;

    /// Groups of the most common forms, for one of others, that make the others take those.
    private static final int GROUPS_PER_OTHER = 8;

    /// Groups of texts that have codes, for one of texts without, that make it pay to look for these among the others.
    private static final int GROUPS_PER_UNCODED = 2;

    private final AggregateShape shape;
    private final MemoryBudget memory;
    private final int partitionCount;
    private final Reservation dictionaryBytes;
    private final KeptDictionaries dictionaries;
    private long countedRows;

    // Guards the three lists.
    private final Object lock = new Object();
    private final List<KeyForms> forms = new ArrayList<>();
    private final List<LaneGroups> lanes = new ArrayList<>();

    /// Tables whose groups are whole: none of them has a group elsewhere.
    private final List<@Nullable GroupTable> results = new ArrayList<>();

    /// Of all keys, once they have the same.
    private KeyForms common;

    private boolean hasMergedRests;
    private boolean isMerging;

    /// @param memory the operator's budget
    public AggregateSink(PlanNode.Aggregate node, MemoryBudget memory) {
        this.shape = new AggregateShape(node);
        this.common = KeyForms.values(shape.keyColumns());
        this.memory = memory;
        this.dictionaryBytes = memory.reserve("grouping");
        this.dictionaries = KeptDictionaries.within(memory.limitBytes(), dictionaryBytes);
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

    /// Forms that keys of the batch can be laid in, the same for all lanes.
    ///
    /// @param mayBeNew whether it pays to find groups under forms that no other batch has had and put them together by value; else values stand
    ///                 for themselves, except where all texts have codes that can be united
    KeyForms forms(Batch batch, boolean mayBeNew) {
        synchronized (lock) {
            for (KeyForms known : forms) {
                if (known.takes(batch)) {
                    return known;
                }
            }
            if (!shape.hasKeys() || forms.size() == MOST_CODED_FORMS) {
                return common;
            }
            KeyForms made = KeyForms.of(batch, shape.keyColumns(), dictionaries);
            if (!made.areCoded() && (!mayBeNew || forms.size() >= MOST_FORMS)) {
                return common;
            }
            forms.add(made);
            return made;
        }
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

    @Override
    public List<Task> finish(int step) {
        List<Task> tasks = regroupTasks();
        if (!tasks.isEmpty() || isMerging) {
            return tasks;
        }
        if (results.size() > 1 && !hasMergedRests) {
            hasMergedRests = true;
            return List.of(this::mergeRests);
        }
        isMerging = true;
        return isSmall() ? List.of(this::mergeAll) : orderTasks();
    }

    /// Gives all keys the same forms: where most texts have codes, those of one vocabulary; else those of nearly all groups; else none. Keys that cannot have
    /// them are none of the others.
    private List<Task> regroupTasks() {
        if (lanes.stream().map(LaneGroups::forms).distinct().count() <= 1) {
            common = lanes.isEmpty() ? common : lanes.getFirst().forms();
            return List.of();
        }
        KeyForms target = unionOrMostCommon();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            int index = i;
            LaneGroups lane = lanes.get(i);
            if (!lane.forms().equals(target)) {
                tasks.add(context -> regroup(index, lane, target, context));
            }
        }
        return tasks;
    }

    private KeyForms unionOrMostCommon() {
        long groups = 0;
        long coded = 0;
        Set<KeyForms> codedForms = new LinkedHashSet<>();
        for (LaneGroups lane : lanes) {
            groups += lane.weight();
            if (lane.forms().areCoded()) {
                coded += lane.weight();
                codedForms.add(lane.forms());
            }
        }
        KeyForms union =
                coded > 0 && coded >= (groups - coded) * GROUPS_PER_UNCODED
                        ? KeyForms.union(List.copyOf(codedForms), groups, dictionaries)
                        : null;
        return union == null ? mostCommon() : union;
    }

    private KeyForms mostCommon() {
        Map<KeyForms, Long> weights = new LinkedHashMap<>();
        long all = 0;
        for (LaneGroups lane : lanes) {
            weights.merge(lane.forms(), lane.weight(), Long::sum);
            all += lane.weight();
        }
        for (Map.Entry<KeyForms, Long> entry : weights.entrySet()) {
            if (entry.getKey().canBeFound()
                    && entry.getValue() >= (all - entry.getValue()) * GROUPS_PER_OTHER) {
                return entry.getKey();
            }
        }
        return common;
    }

    private void regroup(int index, LaneGroups lane, KeyForms target, OperatorContext context) {
        Regrouping.Regrouped moved =
                new Regrouping(shape, target, dictionaries, memory).of(lane, context);
        GroupTable rest = moved.rest();
        synchronized (lock) {
            lanes.set(index, moved.groups());
            if (rest != null) {
                results.add(rest);
            }
        }
        lane.close();
    }

    /// Puts together what was left over, by value.
    private void mergeRests(OperatorContext context) {
        GroupTable all = results.getFirst();
        for (int i = 1; i < results.size(); i++) {
            GroupTable rest = results.get(i);
            if (all != null && rest != null) {
                rest.prepareMerge();
                all.merge(rest, context);
                rest.close();
            }
        }
        synchronized (lock) {
            results.clear();
            results.add(all);
        }
    }

    private GroupTable newTable() {
        return new GroupTable(
                shape, shape.layout(common), dictionaries, memory.reserve("grouping"));
    }

    private boolean isSmall() {
        int groups = 0;
        for (LaneGroups lane : lanes) {
            if (lane.partitions() != null) {
                return false;
            }
            groups += shape.hasKeys() && !lane.first().isDense() ? lane.first().count() : 0;
        }
        return lanes.size() <= 1 || groups <= FEW_GROUPS;
    }

    @SuppressWarnings("ReferenceEquality") // a table is the one that the others go to
    private void mergeAll(OperatorContext context) {
        GroupTable all;
        if (lanes.isEmpty()) {
            all = newTable();
        } else {
            all = lanes.getFirst().first();
            for (LaneGroups lane : lanes) {
                all = lane.first().isDense() ? lane.first() : all;
            }
            for (LaneGroups lane : lanes) {
                if (lane.first() != all) {
                    lane.first().prepareMerge();
                    all.merge(lane.first(), context);
                    lane.close();
                }
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

    /// How many tables there are to take, once finished.
    int tableCount() {
        synchronized (lock) {
            return results.size() + (lanes.isEmpty() ? 0 : partitionCount);
        }
    }

    /// The table with that number, which belongs to the caller; null where it is empty. Each is taken once.
    @Nullable GroupTable take(int number, OperatorContext context) {
        synchronized (lock) {
            if (number < results.size()) {
                return results.set(number, null);
            }
        }
        return merge(number - results.size(), context);
    }

    private @Nullable GroupTable merge(int partition, OperatorContext context) {
        GroupTable all = largest(partition);
        if (all == null) {
            all = newTable();
        }
        try {
            RowBlock block = new RowBlock(shape);
            KeyBlock keys = new KeyBlock(shape.layout(common));
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
            return null;
        }
        return all;
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
            for (GroupTable result : results) {
                if (result != null) {
                    result.close();
                }
            }
            results.clear();
        }
        dictionaryBytes.close();
    }
}
