package io.basaltdb.query.relation;

import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values at equal distances, made when they are read: whole numbers, or points in time.
public final class SeriesRelation implements Relation {
    private static final long MAX_COUNT = (long) Integer.MAX_VALUE * Batch.MAX_ROWS;

    private final String name;
    private final Schema schema;
    private final long start;
    private final long step;
    private final long count;

    /// The values where no step leads from one to the next.
    private final long @Nullable [] values;

    private SeriesRelation(String name, Type type, long start, long step, long count) {
        this.name = name;
        this.schema = Schema.of(new Field(name, type, false));
        this.start = start;
        this.step = step;
        this.count = count;
        this.values = null;
    }

    private SeriesRelation(String name, Type type, long[] values, int count) {
        this.name = name;
        this.schema = Schema.of(new Field(name, type, false));
        this.start = 0;
        this.step = 0;
        this.count = count;
        this.values = values;
    }

    /// From `start` in steps to `stop`, itself included or not.
    ///
    /// @param name of the relation and of its column
    public static SeriesRelation ofNumbers(
            String name, long start, long stop, long step, boolean inclusive) {
        return of(name, Type.BIGINT, start, stop, step, inclusive);
    }

    /// Values of the type at equal distances; points in time and their distances are microseconds.
    public static SeriesRelation of(
            String name, Type type, long start, long stop, long step, boolean inclusive) {
        return new SeriesRelation(name, type, start, step, count(start, stop, step, inclusive));
    }

    /// Leads from one value to the one behind it.
    public interface Successor {
        long of(long value);
    }

    /// Values of the type, each found from the one before.
    ///
    /// @param step says which way the values go
    public static SeriesRelation ofSteps(
            String name,
            Type type,
            long start,
            long stop,
            long step,
            boolean inclusive,
            Successor next) {
        checkStep(step);
        long[] values = new long[16];
        int count = 0;
        long value = start;
        while (step > 0 ? value < stop : value > stop) {
            values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
            values[count++] = value;
            value = next.of(value);
        }
        if (value == stop && inclusive) {
            values = count == values.length ? Arrays.copyOf(values, count + 1) : values;
            values[count++] = value;
        }
        return new SeriesRelation(name, type, values, count);
    }

    private static void checkStep(long step) {
        if (step == 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER, "the step of a series must not be 0");
        }
    }

    private static long count(long start, long stop, long step, boolean inclusive) {
        checkStep(step);
        BigInteger way = BigInteger.valueOf(stop).subtract(BigInteger.valueOf(start));
        if (way.signum() != 0 && way.signum() != Long.signum(step)) {
            return 0;
        }
        BigInteger[] steps = way.divideAndRemainder(BigInteger.valueOf(step));
        boolean atStop = steps[1].signum() == 0;
        BigInteger count = steps[0].add(atStop && !inclusive ? BigInteger.ZERO : BigInteger.ONE);
        if (count.compareTo(BigInteger.valueOf(MAX_COUNT)) > 0) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "a series of " + count + " values is too long; at most " + MAX_COUNT);
        }
        return count.longValueExact();
    }

    private long value(long index) {
        long[] all = values;
        return all == null ? start + index * step : all[(int) index];
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        if (count == 0) {
            return new TableStatistics(
                    0, List.of(new ColumnStatistics(0, null, null, 0, Long.BYTES)));
        }
        long first = value(0);
        long last = value(count - 1);
        return new TableStatistics(
                count,
                List.of(
                        new ColumnStatistics(
                                0,
                                Value.of(Math.min(first, last)),
                                Value.of(Math.max(first, last)),
                                count,
                                Long.BYTES)));
    }

    @Override
    public List<Split> splits() {
        return List.of(new SeriesSplit());
    }

    private final class SeriesSplit implements Split {
        @Override
        public String name() {
            return name;
        }

        @Override
        public int granuleCount() {
            return (int) ((count + Batch.MAX_ROWS - 1) / Batch.MAX_ROWS);
        }

        @Override
        public int rowCount(int granule) {
            return (int) Math.min(Batch.MAX_ROWS, count - (long) granule * Batch.MAX_ROWS);
        }

        @Override
        public @Nullable ZoneMap zoneMap(int granule, int column) {
            return null;
        }

        @Override
        public @Nullable ZoneMap zoneMap(int column) {
            return null;
        }

        @Override
        public boolean mayHaveDeadRows() {
            return false;
        }

        @Override
        public SplitReader open() {
            return new SeriesReader(this);
        }
    }

    private final class SeriesReader implements SplitReader {
        private final SeriesSplit split;
        private final long[] made = new long[Batch.MAX_ROWS];
        private int rowCount;

        SeriesReader(SeriesSplit split) {
            this.split = split;
        }

        @Override
        public void seek(int granule) {
            rowCount = split.rowCount(granule);
            long first = (long) granule * Batch.MAX_ROWS;
            for (int i = 0; i < rowCount; i++) {
                made[i] = value(first + i);
            }
        }

        @Override
        public @Nullable Selection live() {
            return null;
        }

        @Override
        public Selection select(int column, Ranges ranges, @Nullable Selection among) {
            int candidates = among == null ? rowCount : among.count();
            int[] chosen = new int[candidates];
            int kept = 0;
            for (int i = 0; i < candidates; i++) {
                int row = among == null ? i : among.rows()[i];
                if (ranges.contains(Value.of(made[row]))) {
                    chosen[kept++] = row;
                }
            }
            return new Selection(chosen, kept);
        }

        @Override
        public Vector read(int column, @Nullable Selection wanted) {
            return new LongVector(schema.type(0), rowCount, made, null);
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
