package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.operator.sort.KeyWords;
import io.basaltdb.query.operator.sort.RowSorter;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.query.plan.WindowCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sorts buckets and marks their borders. Safe for use by many threads.
final class WindowOrder {
    private final KeyWords sortKeys;
    private final KeyWords partitionKeys;

    /// By number of order keys; null where no call goes by that many.
    private final @Nullable KeyWords[] peerKeys;

    WindowOrder(PlanNode.Window node, RowStore rows) {
        List<SortKey> partition = new ArrayList<>();
        node.partitionColumns().forEach(column -> partition.add(new SortKey(column, false, false)));
        this.partitionKeys = KeyWords.of(rows, partition);
        this.peerKeys = new KeyWords[node.order().size() + 1];
        for (WindowCall call : node.calls()) {
            int count = call.orderKeys();
            if (count > 0 && peerKeys[count] == null) {
                peerKeys[count] = KeyWords.of(rows, node.order().subList(0, count));
            }
        }
        List<SortKey> all = new ArrayList<>(partition);
        all.addAll(node.order());
        if (node.calls().stream().anyMatch(WindowCall::dependsOnTies)) {
            Set<Integer> known = new HashSet<>();
            all.forEach(key -> known.add(key.column()));
            for (int column = 0; column < rows.columnCount(); column++) {
                if (known.add(column)) {
                    all.add(new SortKey(column, false, false));
                }
            }
        }
        this.sortKeys = KeyWords.of(rows, all);
    }

    /// The rows `order[from]` … `order[to − 1]`, sorted in place.
    Bucket sorted(int[] order, int from, int to, OperatorContext context) {
        new RowSorter(sortKeys, context).sort(order, from, to);
        int count = to - from;
        Marks partitions = new Marks(count);
        Marks[] peers = new Marks[peerKeys.length];
        for (int k = 0; k < peers.length; k++) {
            peers[k] = peerKeys[k] == null ? partitions : new Marks(count);
        }
        for (int i = 0; i < count; i++) {
            int row = order[from + i];
            int before = i == 0 ? -1 : order[from + i - 1];
            boolean begins = before < 0 || partitionKeys.compare(before, row) != 0;
            if (begins) {
                partitions.add(i);
            }
            for (int k = 1; k < peers.length; k++) {
                KeyWords keys = peerKeys[k];
                if (keys != null && (begins || keys.compare(before, row) != 0)) {
                    peers[k].add(i);
                }
            }
        }
        return new Bucket(order, from, count, partitions, peers);
    }
}
