package io.basaltdb.query.expression;

import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.ElementLanes;
import io.basaltdb.query.function.LaneValidity;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.ElementColumn;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs through the lists of a batch side by side: one step computes the body for the next element of every list that has one. Running values are kept
/// as elements between the steps, since the body may give any form of vector, even one of those that it was given.
final class ReducingLoop implements ScalarLoop {
    private final ListLambda lambda;
    private final Evaluator body;
    private final Type type;
    private final BytesLanes[] runs;
    private final ElementColumn[] columns;
    private final ElementColumn running;
    private final ElementColumn result;
    private final ElementLanes lanes;
    private final RepeatedColumn[] taken;
    private final LaneValidity validity = new LaneValidity();
    private final NestedWriter finished = new NestedWriter();
    private NestedWriter current = new NestedWriter();
    private NestedWriter next = new NestedWriter();
    private int[] rows = {};
    private int[][] at = {};
    private long[] places = {};

    ReducingLoop(ListLambda lambda, Evaluator body) {
        this.lambda = lambda;
        this.body = body;
        type = lambda.body().type();
        int lists = lambda.elements().size();
        runs = new BytesLanes[lists];
        columns = new ElementColumn[lists];
        at = new int[lists][0];
        for (int i = 0; i < lists; i++) {
            runs[i] = new BytesLanes();
            columns[i] = new ElementColumn(lambda.elements().get(i));
        }
        running = new ElementColumn(type);
        result = new ElementColumn(type);
        lanes = new ElementLanes(type);
        taken = lambda.taken().stream().map(RepeatedColumn::new).toArray(RepeatedColumn[]::new);
    }

    @Override
    public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
        long @Nullable [] valid = validity.ofAll(arguments.subList(0, runs.length), size);
        Selection live = validity.live(valid, size, selection);
        for (int i = 0; i < runs.length; i++) {
            runs[i].read(arguments.get(i), size);
            at[i] = Scratch.ints(at[i], size);
        }
        rows = Scratch.ints(rows, size);
        finished.begin(size);
        begin(arguments, size, live);
        int count = live.count();
        for (long place = lambda.hasInitial() ? 1 : 2; count > 0; place++) {
            count = advance(count);
            if (count > 0) {
                lanes.read(body.evaluate(batch(arguments, size, count, place)), count);
                keep(count);
            }
        }
        return result(size);
    }

    /// The values to begin with, and where the lists begin.
    private void begin(List<Vector> arguments, int size, Selection live) {
        if (lambda.hasInitial()) {
            lanes.read(arguments.get(runs.length), size);
        }
        current.begin(size);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            rows[i] = row;
            for (int list = 0; list < runs.length; list++) {
                at[list][i] = runs[list].start()[row];
            }
            if (lambda.hasInitial()) {
                lanes.put(current, row);
            } else {
                at[0][i] = first(runs[0].heap(), at[0][i]);
            }
            current.endAsIs(i);
        }
    }

    private int first(byte[] heap, int start) {
        if (!ElementShape.isElement(heap, start)) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "list_reduce of an empty list gives nothing; give it a value to begin with:"
                            + " list_reduce(l, (a, x) -> a + x, 0)");
        }
        int end = ElementShape.of(lambda.elements().getFirst()).skip(heap, start);
        current.putElements(heap, start, end - start);
        return end;
    }

    /// Takes the next element of each list; running values of lists that have none are results. Answers how many lists go on.
    private int advance(int count) {
        BytesVector values = current.vector(type, count, null);
        running.clear();
        for (ElementColumn column : columns) {
            column.clear();
        }
        int left = 0;
        for (int i = 0; i < count; i++) {
            int value = values.start()[i];
            if (!hasNext(i)) {
                finished.putElements(values.heap(), value, values.length()[i]);
                finished.endAsIs(rows[i]);
                continue;
            }
            running.add(values.heap(), value);
            for (int list = 0; list < runs.length; list++) {
                at[list][left] = columns[list].add(runs[list].heap(), at[list][i]);
            }
            rows[left++] = rows[i];
        }
        return left;
    }

    private boolean hasNext(int i) {
        boolean first = ElementShape.isElement(runs[0].heap(), at[0][i]);
        for (int list = 1; list < runs.length; list++) {
            if (ElementShape.isElement(runs[list].heap(), at[list][i]) != first) {
                throw ElementwiseLoop.differentLengths(lambda);
            }
        }
        return first;
    }

    private Batch batch(List<Vector> arguments, int size, int count, long place) {
        List<Vector> vectors = new ArrayList<>();
        vectors.add(running.vector());
        for (ElementColumn column : columns) {
            vectors.add(column.vector());
        }
        if (lambda.isNumbered()) {
            places = Scratch.longs(places, count);
            Arrays.fill(places, 0, count, place);
            vectors.add(new LongVector(Type.BIGINT, count, places, null));
        }
        for (int i = 0; i < taken.length; i++) {
            vectors.add(
                    taken[i].repeated(arguments.get(lambda.ownArguments() + i), size, rows, count));
        }
        return new Batch(count, vectors);
    }

    /// What the body gave is the running value of the next step.
    private void keep(int count) {
        next.begin(count);
        for (int i = 0; i < count; i++) {
            lanes.put(next, i);
            next.endAsIs(i);
        }
        NestedWriter written = next;
        next = current;
        current = written;
    }

    private Vector result(int size) {
        BytesVector values = finished.vector(type, size, null);
        result.clear();
        for (int row = 0; row < size; row++) {
            if (values.length()[row] == 0) {
                result.addNull();
            } else {
                result.add(values.heap(), values.start()[row]);
            }
        }
        return result.vector();
    }
}
