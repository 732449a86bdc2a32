package io.basaltdb.query.operator.join;

import io.basaltdb.query.expression.Filter;
import io.basaltdb.query.operator.Compactor;
import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.JoinKind;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One lane's probing, for every kind but the null-aware one.
///
/// A batch goes one of two ways. **At once**, where each lane has at most one candidate (or its existence decides): the batch keeps its columns and only
/// its selection changes. **By pairs** else: chains are walked in rounds, pairs are collected up to a batch, compared, filtered and given;
/// rows without a match follow when the chains are used up.
final class ProbeLane implements LocalTransform {
    private final HashJoinProbe shared;
    private final JoinKind kind;
    private final JoinBuild build;
    private final RowStore rows;
    private final KeyForm form;
    private final List<Integer> leftKeys;
    private final KeyEquality equality;
    private final @Nullable Filter residual;
    private final OperatorContext context;
    private final Matches matches;
    private final BitSet matchedBuildRows = new BitSet();

    private final int[] lanes = new int[Batch.MAX_ROWS];
    private final long[] keys = new long[Batch.MAX_ROWS];
    private final int[] heads = new int[Batch.MAX_ROWS];
    private final int[] pairLanes = new int[Batch.MAX_ROWS];
    private final int[] pairRows = new int[Batch.MAX_ROWS];
    private final long[] matchedLanes = new long[Batch.MAX_ROWS / 64];
    private final int[] chosen = new int[Batch.MAX_ROWS];
    private final Compactor compactor = new Compactor();
    private List<GatherBuffer> pairBuffers = List.of();

    private @Nullable Batch input;
    private @Nullable Batch ready;
    private int walking;

    ProbeLane(
            HashJoinProbe shared,
            JoinKind kind,
            JoinBuild build,
            List<Integer> leftKeys,
            @Nullable Filter residual,
            OperatorContext context) {
        this.shared = shared;
        this.kind = kind;
        this.build = build;
        this.rows = build.rows();
        this.form = build.form().forOneThread();
        this.leftKeys = leftKeys;
        this.equality = new KeyEquality(rows, leftKeys, build.keys());
        this.residual = residual;
        this.context = context;
        this.matches = new Matches(rows);
    }

    @Override
    public void accept(Batch batch) {
        int candidates = form.compute(batch, leftKeys, lanes, keys);
        build.table().lookup(keys, candidates, heads);
        int found = keepFound(candidates);
        if (decidesAtOnce()) {
            if (!form.isExact()) {
                found = equality.retain(batch, lanes, heads, found);
            }
            noteMatchedRows(heads, found);
            ready = atOnce(batch, found);
        } else {
            Arrays.fill(matchedLanes, 0);
            input = batch;
            walking = found;
        }
    }

    /// Keeps the lanes that have a chain, and makes heads row numbers.
    private int keepFound(int candidates) {
        int found = 0;
        for (int i = 0; i < candidates; i++) {
            int head = heads[i];
            lanes[found] = lanes[i];
            heads[found] = head - 1;
            found += head == 0 ? 0 : 1;
        }
        return found;
    }

    private boolean decidesAtOnce() {
        if (residual != null) {
            return false;
        }
        boolean firstDecides = !kind.givesPairs() && !kind.givesRightRowsLast();
        return build.isUnique() || (form.isExact() && firstDecides);
    }

    private void noteMatchedRows(int[] rowNumbers, int count) {
        if (kind.givesRightRowsLast()) {
            for (int i = 0; i < count; i++) {
                matchedBuildRows.set(rowNumbers[i]);
            }
        }
    }

    private @Nullable Batch atOnce(Batch batch, int found) {
        return switch (kind) {
            case INNER, RIGHT -> found == 0 ? null : matchesAtOnce(batch, found);
            case LEFT, FULL ->
                    new Batch(
                            batch.size(),
                            matches.besideOrNull(batch, heads, lanes, found),
                            batch.selection());
            case RIGHT_SEMI, RIGHT_ANTI -> null;
            case SEMI -> kept(batch, new Selection(lanes, found));
            case ANTI -> {
                setMatched(found);
                yield kept(batch, unmatchedLanes(batch));
            }
            case MARK -> {
                setMatched(found);
                yield marked(batch);
            }
            case NULL_AWARE_ANTI -> throw new AssertionError();
        };
    }

    /// Matches in their lanes, or, where they are few, one behind the other.
    private Batch matchesAtOnce(Batch batch, int found) {
        return Compactor.isSparse(found, batch.size())
                ? pairs(batch, lanes, heads, found)
                : new Batch(
                        batch.size(),
                        matches.beside(batch, heads, lanes, found),
                        new Selection(lanes, found));
    }

    private @Nullable Batch kept(Batch batch, Selection rows) {
        return rows.count() == 0 ? null : compactor.compactIfSparse(batch.withSelection(rows));
    }

    private void setMatched(int found) {
        Arrays.fill(matchedLanes, 0);
        for (int i = 0; i < found; i++) {
            matchedLanes[lanes[i] >> 6] |= 1L << lanes[i];
        }
    }

    @Override
    public @Nullable Batch produce() {
        Batch atOnce = ready;
        if (atOnce != null) {
            ready = null;
            return atOnce;
        }
        Batch batch = input;
        while (batch != null && walking > 0) {
            context.checkCancelled();
            Batch pairs = nextPairs(batch);
            if (pairs != null) {
                return pairs;
            }
        }
        input = null;
        return batch == null ? null : rest(batch);
    }

    /// Walks chains until a batch of pairs is full or the chains end, and gives those pairs that match, where the join gives pairs.
    private @Nullable Batch nextPairs(Batch batch) {
        int count = 0;
        while (walking > 0 && count + walking <= Batch.MAX_ROWS) {
            System.arraycopy(lanes, 0, pairLanes, count, walking);
            System.arraycopy(heads, 0, pairRows, count, walking);
            count += walking;
            step();
        }
        if (!form.isExact()) {
            count = equality.retain(batch, pairLanes, pairRows, count);
        }
        return count == 0 ? null : matched(batch, count);
    }

    private void step() {
        int[] next = build.next();
        int kept = 0;
        for (int i = 0; i < walking; i++) {
            int following = next[heads[i]];
            lanes[kept] = lanes[i];
            heads[kept] = following - 1;
            kept += following == 0 ? 0 : 1;
        }
        walking = kept;
    }

    private @Nullable Batch matched(Batch batch, int count) {
        boolean needsPairs = residual != null || kind.givesPairs();
        Batch pairs = needsPairs ? pairs(batch, pairLanes, pairRows, count) : null;
        Selection passed = null;
        if (residual != null && pairs != null) {
            passed = residual.select(pairs);
            if (passed != null && passed.count() == 0) {
                return null;
            }
        }
        noteMatches(passed, count);
        if (!kind.givesPairs() || pairs == null) {
            if (!kind.givesRightRowsLast()) {
                dropMatchedLanes();
            }
            return null;
        }
        return passed == null ? pairs : pairs.withSelection(passed);
    }

    private Batch pairs(Batch batch, int[] leftLanes, int[] rightRows, int count) {
        int leftCount = batch.columnCount();
        if (pairBuffers.isEmpty()) {
            pairBuffers = RowStore.buffers(leftCount + rows.columnCount());
        }
        List<Vector> columns = new ArrayList<>(leftCount + rows.columnCount());
        for (int c = 0; c < leftCount; c++) {
            columns.add(Lanes.gather(batch.column(c), leftLanes, count, pairBuffers.get(c)));
        }
        for (int c = 0; c < rows.columnCount(); c++) {
            columns.add(rows.column(c).gather(rightRows, count, pairBuffers.get(leftCount + c)));
        }
        return new Batch(count, columns);
    }

    private void noteMatches(@Nullable Selection passed, int count) {
        int matchCount = passed == null ? count : passed.count();
        boolean notesRows = kind.givesRightRowsLast();
        for (int i = 0; i < matchCount; i++) {
            int pair = passed == null ? i : passed.rows()[i];
            int lane = pairLanes[pair];
            matchedLanes[lane >> 6] |= 1L << lane;
            if (notesRows) {
                matchedBuildRows.set(pairRows[pair]);
            }
        }
    }

    /// Where only existence counts, lanes that have their match need not be walked further.
    private void dropMatchedLanes() {
        int kept = 0;
        for (int i = 0; i < walking; i++) {
            int lane = lanes[i];
            lanes[kept] = lane;
            heads[kept] = heads[i];
            kept += (matchedLanes[lane >> 6] >>> lane & 1) == 0 ? 1 : 0;
        }
        walking = kept;
    }

    /// What follows the pairs of a batch.
    private @Nullable Batch rest(Batch batch) {
        return switch (kind) {
            case INNER, RIGHT, RIGHT_SEMI, RIGHT_ANTI -> null;
            case LEFT, FULL -> {
                Selection unmatched = unmatchedLanes(batch);
                yield unmatched.count() == 0 ? null : withNulls(batch, unmatched);
            }
            case SEMI -> kept(batch, lanesWhere(batch, 1));
            case ANTI -> kept(batch, unmatchedLanes(batch));
            case MARK -> marked(batch);
            case NULL_AWARE_ANTI -> throw new AssertionError();
        };
    }

    private Selection unmatchedLanes(Batch batch) {
        return lanesWhere(batch, 0);
    }

    private Selection lanesWhere(Batch batch, long matched) {
        int count = batch.rowCount();
        Selection selection = batch.selection();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = selection == null ? i : selection.rows()[i];
            chosen[kept] = lane;
            kept += (matchedLanes[lane >> 6] >>> lane & 1) == matched ? 1 : 0;
        }
        return new Selection(chosen, kept);
    }

    private Batch marked(Batch batch) {
        List<Vector> columns = new ArrayList<>(batch.columns());
        columns.add(new BitVector(Type.BOOLEAN, batch.size(), matchedLanes, null));
        return new Batch(batch.size(), columns, batch.selection());
    }

    private Batch withNulls(Batch batch, Selection unmatched) {
        List<Vector> columns = new ArrayList<>(batch.columns());
        for (Type type : build.types()) {
            columns.add(new ConstantVector(type, batch.size(), Value.NULL));
        }
        return new Batch(batch.size(), columns, unmatched);
    }

    @Override
    public void finish() {
        if (kind.givesRightRowsLast()) {
            shared.laneEnded(matchedBuildRows);
        }
    }

    @Override
    public void close() {}
}
