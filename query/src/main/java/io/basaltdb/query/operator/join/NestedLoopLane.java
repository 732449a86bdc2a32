package io.basaltdb.query.operator.join;

import io.basaltdb.query.expression.Filter;
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

/// One lane of a nested-loop join. The longer side of a batch and the right rows is kept as vectors, the other is walked row by row and laid beside it
/// as constants: a right side of one row (a scalar sub-query) costs nothing per left row.
final class NestedLoopLane implements LocalTransform {
    private final NestedLoopProbe shared;
    private final JoinKind kind;
    private final List<Type> rightTypes;
    private final RowStore rows;
    private final @Nullable Filter condition;
    private final OperatorContext context;
    private final List<GatherBuffer> buffers;
    private final long[] matchedLanes = new long[Batch.MAX_ROWS / 64];
    private final BitSet matchedRows = new BitSet();
    private final int[] chunk = new int[Batch.MAX_ROWS];
    private final int[] chosen = new int[Batch.MAX_ROWS];

    private @Nullable Batch input;
    private boolean walksRight;
    private int outer;
    private int chunkFrom;

    NestedLoopLane(
            NestedLoopProbe shared,
            JoinKind kind,
            NestedLoopBuild build,
            @Nullable Filter condition,
            OperatorContext context) {
        this.shared = shared;
        this.kind = kind;
        this.rightTypes = build.types();
        this.rows = build.rows();
        this.condition = condition;
        this.context = context;
        this.buffers = RowStore.buffers(rows.columnCount());
    }

    @Override
    public void accept(Batch batch) {
        Arrays.fill(matchedLanes, 0);
        input = batch;
        walksRight = batch.rowCount() >= Math.min(rows.rowCount(), Batch.MAX_ROWS);
        outer = 0;
        chunkFrom = 0;
    }

    @Override
    public @Nullable Batch produce() {
        Batch batch = input;
        if (batch == null) {
            return null;
        }
        while (walksRight ? outer < rows.rowCount() : outer < batch.rowCount()) {
            context.checkCancelled();
            Batch pairs = walksRight ? besideRightRow(batch) : besideLeftRow(batch);
            if (pairs != null) {
                return pairs;
            }
        }
        input = null;
        return rest(batch);
    }

    private @Nullable Batch besideRightRow(Batch batch) {
        int row = outer++;
        List<Vector> columns = new ArrayList<>(batch.columns());
        for (int c = 0; c < rows.columnCount(); c++) {
            columns.add(
                    new ConstantVector(
                            rightTypes.get(c),
                            batch.size(),
                            Lanes.value(rows.column(c).all(), row)));
        }
        Batch pairs = passing(new Batch(batch.size(), columns, batch.selection()));
        if (pairs.rowCount() == 0) {
            return null;
        }
        noteLanes(pairs);
        matchedRows.set(row);
        return kind.givesPairs() ? pairs : null;
    }

    private @Nullable Batch besideLeftRow(Batch batch) {
        int lane = batch.selection() == null ? outer : batch.selection().rows()[outer];
        int size = Math.min(Batch.MAX_ROWS, rows.rowCount() - chunkFrom);
        int from = chunkFrom;
        for (int i = 0; i < size; i++) {
            chunk[i] = from + i;
        }
        advanceChunk(size);
        List<Vector> columns = new ArrayList<>(batch.columnCount() + rows.columnCount());
        for (Vector left : batch.columns()) {
            columns.add(new ConstantVector(left.type(), size, Lanes.value(left, lane)));
        }
        for (int c = 0; c < rows.columnCount(); c++) {
            columns.add(rows.column(c).gather(chunk, size, buffers.get(c)));
        }
        Batch pairs = passing(new Batch(size, columns));
        if (pairs.rowCount() == 0) {
            return null;
        }
        matchedLanes[lane >> 6] |= 1L << lane;
        noteRows(pairs, from);
        return kind.givesPairs() ? pairs : null;
    }

    private void advanceChunk(int size) {
        chunkFrom += size;
        if (chunkFrom >= rows.rowCount()) {
            chunkFrom = 0;
            outer++;
        }
    }

    private Batch passing(Batch pairs) {
        return condition == null ? pairs : pairs.withSelection(condition.select(pairs));
    }

    private void noteLanes(Batch pairs) {
        Selection selection = pairs.selection();
        for (int i = 0; i < pairs.rowCount(); i++) {
            int lane = selection == null ? i : selection.rows()[i];
            matchedLanes[lane >> 6] |= 1L << lane;
        }
    }

    private void noteRows(Batch pairs, int from) {
        if (kind.givesRightRowsLast()) {
            Selection selection = pairs.selection();
            for (int i = 0; i < pairs.rowCount(); i++) {
                matchedRows.set(from + (selection == null ? i : selection.rows()[i]));
            }
        }
    }

    private @Nullable Batch rest(Batch batch) {
        return switch (kind) {
            case INNER, RIGHT -> null;
            case LEFT, FULL -> {
                Selection unmatched = lanesWhere(batch, 0);
                yield unmatched.count() == 0 ? null : withNulls(batch, unmatched);
            }
            case SEMI -> batch.withSelection(lanesWhere(batch, 1));
            case ANTI -> batch.withSelection(lanesWhere(batch, 0));
            case MARK -> marked(batch);
            case NULL_AWARE_ANTI, RIGHT_SEMI, RIGHT_ANTI ->
                    throw new AssertionError(kind + " has a key");
        };
    }

    private Selection lanesWhere(Batch batch, long matched) {
        Selection selection = batch.selection();
        int kept = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
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
        for (Type type : rightTypes) {
            columns.add(new ConstantVector(type, batch.size(), Value.NULL));
        }
        return new Batch(batch.size(), columns, unmatched);
    }

    @Override
    public void finish() {
        if (kind.givesRightRowsLast()) {
            shared.laneEnded(matchedRows);
        }
    }

    @Override
    public void close() {}
}
