package io.basaltdb.query.expression;

import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.LaneValidity;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.ElementColumn;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the body of a lambda for the elements of all lists of a batch at once: elements become flat vectors, at most a batch of them at a time
/// however long a list is, what the body takes of the row is repeated, and a [ListResult] puts the values of the body together, list by list. The
/// lists of rows that do not count are not read, so nothing fails for them.
final class ElementwiseLoop implements ScalarLoop {
    private final ListLambda lambda;
    private final Evaluator body;
    private final ListResult result;
    private final BytesLanes[] runs;
    private final ElementColumn[] columns;
    private final int[] at;
    private final RepeatedColumn[] taken;
    private final LaneValidity validity = new LaneValidity();
    private final int[] rows = new int[Batch.MAX_ROWS];
    private final int[] from = new int[Batch.MAX_ROWS];
    private final int[] to = new int[Batch.MAX_ROWS];
    private final long[] places;
    private int lanes;
    private int[] endRow = {};
    private int[] endLane = {};
    private int ends;

    ElementwiseLoop(ListLambda lambda, Evaluator body) {
        this.lambda = lambda;
        this.body = body;
        int lists = lambda.elements().size();
        runs = new BytesLanes[lists];
        columns = new ElementColumn[lists];
        at = new int[lists];
        for (int i = 0; i < lists; i++) {
            runs[i] = new BytesLanes();
            columns[i] = new ElementColumn(lambda.elements().get(i));
        }
        taken = lambda.taken().stream().map(RepeatedColumn::new).toArray(RepeatedColumn[]::new);
        places = new long[lambda.isNumbered() ? Batch.MAX_ROWS : 0];
        result = ListResult.of(lambda);
    }

    @Override
    public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
        long @Nullable [] valid = validity.ofAll(arguments.subList(0, runs.length), size);
        Selection live = validity.live(valid, size, selection);
        for (int i = 0; i < runs.length; i++) {
            runs[i].read(arguments.get(i), size);
        }
        endRow = Scratch.ints(endRow, size);
        endLane = Scratch.ints(endLane, size);
        clear();
        result.begin(size, valid);
        for (int i = 0; i < live.count(); i++) {
            spread(live.rows()[i], arguments, size);
        }
        compute(arguments, size);
        return result.vector(size);
    }

    private void spread(int row, List<Vector> arguments, int size) {
        for (int i = 0; i < runs.length; i++) {
            at[i] = runs[i].start()[row];
        }
        for (long place = 1; hasNext(); place++) {
            if (lanes == Batch.MAX_ROWS) {
                compute(arguments, size);
            }
            rows[lanes] = row;
            from[lanes] = at[0];
            for (int i = 0; i < columns.length; i++) {
                at[i] = columns[i].add(runs[i].heap(), at[i]);
            }
            to[lanes] = at[0];
            if (places.length > 0) {
                places[lanes] = place;
            }
            lanes++;
        }
        endRow[ends] = row;
        endLane[ends++] = lanes;
    }

    /// Whether the lists go on; all of them must, or none.
    private boolean hasNext() {
        boolean first = ElementShape.isElement(runs[0].heap(), at[0]);
        for (int i = 1; i < at.length; i++) {
            if (ElementShape.isElement(runs[i].heap(), at[i]) != first) {
                throw differentLengths(lambda);
            }
        }
        return first;
    }

    static BasaltException differentLengths(ListLambda lambda) {
        return new BasaltException(
                ErrorCode.INVALID_PARAMETER,
                "the lists of "
                        + lambda.kind().function()
                        + " have different numbers of elements; cut them to one length: l[1:n]");
    }

    private void clear() {
        lanes = 0;
        ends = 0;
        for (ElementColumn column : columns) {
            column.clear();
        }
    }

    /// Computes the body for the elements that are at hand, and gives its values to the result.
    private void compute(List<Vector> arguments, int size) {
        if (lanes > 0) {
            result.read(body.evaluate(batch(arguments, size)), lanes);
        }
        int lane = 0;
        for (int i = 0; i < ends; i++) {
            lane = add(lane, endLane[i]);
            result.end(endRow[i]);
        }
        add(lane, lanes);
        clear();
    }

    private int add(int first, int behind) {
        for (int lane = first; lane < behind; lane++) {
            result.add(lane, runs[0].heap(), from[lane], to[lane]);
        }
        return behind;
    }

    private Batch batch(List<Vector> arguments, int size) {
        List<Vector> vectors = new ArrayList<>();
        for (ElementColumn column : columns) {
            vectors.add(column.vector());
        }
        if (places.length > 0) {
            vectors.add(new LongVector(Type.BIGINT, lanes, places, null));
        }
        for (int i = 0; i < taken.length; i++) {
            vectors.add(
                    taken[i].repeated(arguments.get(lambda.ownArguments() + i), size, rows, lanes));
        }
        return new Batch(lanes, vectors);
    }
}
