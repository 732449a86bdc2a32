package io.basaltdb.storage.table;

import io.basaltdb.storage.part.ColumnAppender;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One column of several parts, row by row in the order of their merge. Rows that stand together in one granule of one part are taken together.
final class MergedColumn {
    private static final long[] NONE = {};

    private final Type type;
    private final MergeInput[] inputs;
    private final MergeOrder order;
    private final long[] validity = new long[Validity.words(Batch.MAX_ROWS)];
    private final int[] lanes = new int[Batch.MAX_ROWS];
    private long[] longs = NONE;
    private double[] doubles = {};
    private ChunkColumn column;

    MergedColumn(Type type, List<MergeInput> inputs, MergeOrder order) {
        this.type = type;
        this.inputs = inputs.toArray(new MergeInput[0]);
        this.order = order;
        this.column = ChunkColumn.create(type);
    }

    /// Hands the output rows from `from` on over.
    void next(int from, int count, ColumnAppender target) {
        switch (type.physical()) {
            case LONG -> target.append(longs(from, count), null);
            case DOUBLE -> target.append(doubles(from, count), null);
            case WIDE, BITS -> target.append(copied(from, count), null);
            case BYTES -> handOver(from, count, target);
        }
    }

    private Vector longs(int from, int count) {
        longs = longs.length == 0 ? new long[Batch.MAX_ROWS] : longs;
        boolean mayHaveNulls = false;
        int done = 0;
        while (done < count) {
            MergeInput input = inputs[order.source(from + done)];
            int run = run(input, from + done, count - done);
            LongVector vector = (LongVector) input.column(0);
            if (isConsecutive(input, run)) {
                System.arraycopy(vector.values(), input.lane(), longs, done, run);
            } else {
                for (int i = 0; i < run; i++) {
                    longs[done + i] = vector.values()[input.lanes()[input.position() + i]];
                }
            }
            mayHaveNulls = takeValidity(vector, input, run, done, mayHaveNulls);
            input.advance(run);
            done += run;
        }
        return new LongVector(type, count, longs, validity(mayHaveNulls));
    }

    private Vector doubles(int from, int count) {
        doubles = doubles.length == 0 ? new double[Batch.MAX_ROWS] : doubles;
        boolean mayHaveNulls = false;
        int done = 0;
        while (done < count) {
            MergeInput input = inputs[order.source(from + done)];
            int run = run(input, from + done, count - done);
            DoubleVector vector = (DoubleVector) input.column(0);
            if (isConsecutive(input, run)) {
                System.arraycopy(vector.values(), input.lane(), doubles, done, run);
            } else {
                for (int i = 0; i < run; i++) {
                    doubles[done + i] = vector.values()[input.lanes()[input.position() + i]];
                }
            }
            mayHaveNulls = takeValidity(vector, input, run, done, mayHaveNulls);
            input.advance(run);
            done += run;
        }
        return new DoubleVector(type, count, doubles, validity(mayHaveNulls));
    }

    /// How many rows from there on, at most so many, come from the input's current granule.
    private int run(MergeInput input, int row, int most) {
        int source = order.source(row);
        int limit = Math.min(most, input.available());
        int run = 1;
        while (run < limit && order.source(row + run) == source) {
            run++;
        }
        return run;
    }

    /// Whether the input's next lanes follow each other.
    private static boolean isConsecutive(MergeInput input, int run) {
        int at = input.position();
        return input.lanes()[at + run - 1] - input.lanes()[at] == run - 1;
    }

    /// Notes which of the lanes are NULL; answers whether one may be by now.
    private boolean takeValidity(
            Vector vector, MergeInput input, int run, int done, boolean mayHaveNulls) {
        if (!vector.mayHaveNulls() && !mayHaveNulls) {
            return false;
        }
        if (!mayHaveNulls) {
            Validity.fill(validity, done);
        }
        for (int i = 0; i < run; i++) {
            if (vector.isNull(input.lanes()[input.position() + i])) {
                Validity.setNull(validity, done + i);
            } else {
                Validity.setValid(validity, done + i);
            }
        }
        return true;
    }

    private long @Nullable [] validity(boolean mayHaveNulls) {
        return mayHaveNulls ? validity : null;
    }

    private Vector copied(int from, int count) {
        column = column.emptied();
        int done = 0;
        while (done < count) {
            MergeInput input = inputs[order.source(from + done)];
            int run = run(input, from + done, count - done);
            column = column.append(done, input.column(0), input.lanes(), input.position(), run);
            input.advance(run);
            done += run;
        }
        return column.vector(count);
    }

    /// Strings go as they stand in their parts, as codes or not: who writes them looks at each of a dictionary's once.
    private void handOver(int from, int count, ColumnAppender target) {
        int done = 0;
        while (done < count) {
            MergeInput input = inputs[order.source(from + done)];
            int run = run(input, from + done, count - done);
            System.arraycopy(input.lanes(), input.position(), lanes, 0, run);
            target.append(input.column(0), new Selection(lanes, run));
            input.advance(run);
            done += run;
        }
    }
}
