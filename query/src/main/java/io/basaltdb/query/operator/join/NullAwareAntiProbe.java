package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One lane of NOT IN: every row where the build side is empty; none where it has a NULL; else the rows whose key is neither NULL nor in the table.
final class NullAwareAntiProbe implements LocalTransform {
    private final JoinBuild build;
    private final KeyForm form;
    private final List<Integer> leftKeys;
    private final KeyEquality equality;
    private final int[] lanes = new int[Batch.MAX_ROWS];
    private final long[] keys = new long[Batch.MAX_ROWS];
    private final int[] heads = new int[Batch.MAX_ROWS];
    private final int[] chosen = new int[Batch.MAX_ROWS];
    private final long[] matched = new long[Batch.MAX_ROWS / 64];
    private @Nullable Batch ready;

    NullAwareAntiProbe(JoinBuild build, List<Integer> leftKeys) {
        this.build = build;
        this.form = build.form().forOneThread();
        this.leftKeys = leftKeys;
        this.equality = new KeyEquality(build.rows(), leftKeys, build.keys());
    }

    @Override
    public void accept(Batch batch) {
        if (build.isEmpty()) {
            ready = batch;
        } else if (!build.sawNullKey()) {
            ready = batch.withSelection(withoutMatch(batch));
        }
    }

    private Selection withoutMatch(Batch batch) {
        markMatched(batch);
        int valid = KeyForm.liveLanes(batch, leftKeys, chosen);
        int kept = 0;
        for (int i = 0; i < valid; i++) {
            int lane = chosen[i];
            chosen[kept] = lane;
            kept += (matched[lane >> 6] >>> lane & 1) == 0 ? 1 : 0;
        }
        return new Selection(chosen, kept);
    }

    private void markMatched(Batch batch) {
        Arrays.fill(matched, 0);
        int candidates = form.compute(batch, leftKeys, lanes, keys);
        build.table().lookup(keys, candidates, heads);
        int walking = advance(candidates);
        while (walking > 0) {
            int found = form.isExact() ? walking : retainCopy(batch, walking);
            if (form.isExact()) {
                mark(lanes, found);
                return;
            }
            mark(pairLanes, found);
            walking = follow(walking);
        }
    }

    private final int[] pairLanes = new int[Batch.MAX_ROWS];
    private final int[] pairRows = new int[Batch.MAX_ROWS];

    private int retainCopy(Batch batch, int count) {
        System.arraycopy(lanes, 0, pairLanes, 0, count);
        System.arraycopy(heads, 0, pairRows, 0, count);
        return equality.retain(batch, pairLanes, pairRows, count);
    }

    private void mark(int[] found, int count) {
        for (int i = 0; i < count; i++) {
            matched[found[i] >> 6] |= 1L << found[i];
        }
    }

    /// Keeps lanes with a chain and makes heads row numbers.
    private int advance(int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int head = heads[i];
            lanes[kept] = lanes[i];
            heads[kept] = head - 1;
            kept += head == 0 ? 0 : 1;
        }
        return kept;
    }

    private int follow(int count) {
        int[] next = build.next();
        for (int i = 0; i < count; i++) {
            heads[i] = next[heads[i]];
        }
        return advance(count);
    }

    @Override
    public @Nullable Batch produce() {
        Batch batch = ready;
        ready = null;
        return batch;
    }

    @Override
    public void close() {}
}
