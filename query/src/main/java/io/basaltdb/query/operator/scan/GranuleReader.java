package io.basaltdb.query.operator.scan;

import io.basaltdb.query.expression.Filter;
import io.basaltdb.query.operator.Compactor;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads granules for one lane, each column only for the rows that are left when it is its turn. See the package for the steps.
final class GranuleReader implements AutoCloseable {
    private final List<ColumnRanges> predicates;
    private final ScanColumns scan;
    private final OperatorContext context;

    /// Positions in the relation of the given columns, then of the filter's.
    private final int[] positions;

    private final Type[] types;
    private final int outputCount;
    private final @Nullable Filter filter;

    /// Columns, as indexes of `positions`, that the filter looks at.
    private final BitSet filterUse;

    private final DynamicSelection[] dynamicFilters;
    private final Compactor compactor = new Compactor();
    private final int[] scratch = new int[Batch.MAX_ROWS];
    private @Nullable Split split;
    private @Nullable SplitReader reader;
    private long bytesReported;

    /// Columns of the granule that have been read, by index of `positions`.
    private final @Nullable Vector[] read;

    /// What the filter gets in place of columns that it does not look at.
    private final @Nullable Vector[] unread;

    GranuleReader(
            Schema schema,
            ScanColumns scan,
            List<ColumnRanges> predicates,
            OperatorContext context) {
        this.scan = scan;
        this.predicates = predicates;
        this.context = context;
        this.outputCount = scan.columns().size();
        List<Integer> all = new ArrayList<>(scan.columns());
        all.addAll(scan.filterColumns());
        this.positions = all.stream().mapToInt(Integer::intValue).toArray();
        this.types = new Type[positions.length];
        for (int i = 0; i < positions.length; i++) {
            types[i] = schema.type(positions[i]);
        }
        this.read = new Vector[positions.length];
        this.unread = new Vector[positions.length];
        this.dynamicFilters =
                scan.dynamic().stream()
                        .map(_ -> new DynamicSelection())
                        .toArray(DynamicSelection[]::new);
        this.filter = scan.filter() == null ? null : Filter.of(scan.filter(), context.evaluation());
        this.filterUse = scan.filter() == null ? new BitSet() : ColumnUse.of(scan.filter());
    }

    /// Goes to that split, unless it is there already.
    @SuppressWarnings("ReferenceEquality") // a split is known by its identity
    void open(Split next) {
        if (next != split) {
            close();
            split = next;
        }
    }

    /// The rows of the granule that pass everything; null where there are none. Granules ascend.
    @Nullable Batch read(int granule) {
        Split current = current();
        if (mustSkip(granule, current)) {
            context.counters().granulesSkipped++;
            return null;
        }
        int rowCount = current.rowCount(granule);
        context.counters().granulesRead++;
        context.counters().rowsIn += rowCount;
        BitSet open = openPredicates(granule, current);
        if (open.isEmpty()
                && !current.mayHaveDeadRows()
                && positions.length == 0
                && filter == null) {
            return new Batch(rowCount, List.of());
        }
        if (scan.boundsSuffice()
                && open.isEmpty()
                && !current.mayHaveDeadRows()
                && filter == null
                && dynamicFilters.length == 0) {
            Batch bounds = bounds(granule, current);
            if (bounds != null) {
                return bounds;
            }
        }
        Arrays.fill(read, null);
        reader().seek(granule);
        Selection rows = current.mayHaveDeadRows() ? reader().live() : null;
        rows = select(open, rows, rowCount);
        rows = selectDynamic(rows);
        rows = selectFilter(rows, rowCount);
        Batch batch = isEmpty(rows) || rowCount == 0 ? null : finish(rows, rowCount);
        reportBytes();
        return batch;
    }

    /// A row with the least value of each column and one with the greatest; null where they are not known. Only of numbers of one word: they are as
    /// their zone map says.
    private @Nullable Batch bounds(int granule, Split current) {
        List<Vector> columns = new ArrayList<>(outputCount);
        for (int i = 0; i < outputCount; i++) {
            ZoneMap zone = current.zoneMap(granule, positions[i]);
            if (zone == null || !zone.exact() || types[i].physical() != Physical.LONG) {
                return null;
            }
            if (zone.min() instanceof Value.Whole(long min)
                    && zone.max() instanceof Value.Whole(long max)) {
                columns.add(new LongVector(types[i], 2, new long[] {min, max}, null));
            } else {
                columns.add(new ConstantVector(types[i], 2, Value.NULL));
            }
        }
        return columns.isEmpty() ? null : new Batch(2, columns);
    }

    private boolean mustSkip(int granule, Split current) {
        for (ScanColumns.Dynamic dynamic : scan.dynamic()) {
            Ranges ranges = dynamic.filter().ranges();
            if (ranges != null) {
                ZoneMap zone = current.zoneMap(granule, positions[dynamic.output()]);
                if (zone != null && !zone.mayMatch(ranges)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Predicates that the zone map does not prove for the whole granule.
    private BitSet openPredicates(int granule, Split current) {
        BitSet open = new BitSet(predicates.size());
        for (int i = 0; i < predicates.size(); i++) {
            ColumnRanges predicate = predicates.get(i);
            ZoneMap zone = current.zoneMap(granule, predicate.column());
            if (zone == null || !zone.allMatch(predicate.ranges())) {
                open.set(i);
            }
        }
        return open;
    }

    private @Nullable Selection select(BitSet open, @Nullable Selection live, int rowCount) {
        Selection rows = live;
        for (int i = open.nextSetBit(0); i >= 0 && !isEmpty(rows); i = open.nextSetBit(i + 1)) {
            ColumnRanges predicate = predicates.get(i);
            Selection passed = reader().select(predicate.column(), predicate.ranges(), rows);
            rows = rows == null && passed.count() == rowCount ? null : passed;
        }
        return rows;
    }

    private @Nullable Selection selectDynamic(@Nullable Selection among) {
        Selection rows = among;
        for (int i = 0; i < dynamicFilters.length; i++) {
            if (isEmpty(rows)) {
                return rows;
            }
            ScanColumns.Dynamic dynamic = scan.dynamic().get(i);
            Selection passed =
                    dynamicFilters[i].select(
                            dynamic.filter(), column(dynamic.output(), rows), rows, scratch);
            rows = passed == null ? rows : keep(passed);
        }
        return rows;
    }

    /// The filter that gave it will use the scratch array again for the next column.
    private static Selection keep(Selection selection) {
        return new Selection(Arrays.copyOf(selection.rows(), selection.count()), selection.count());
    }

    private @Nullable Selection selectFilter(@Nullable Selection rows, int rowCount) {
        if (filter == null || isEmpty(rows)) {
            return rows;
        }
        List<Vector> columns = new ArrayList<>(positions.length);
        for (int i = 0; i < positions.length; i++) {
            columns.add(filterUse.get(i) ? column(i, rows) : unread(i, rowCount));
        }
        return filter.select(new Batch(rowCount, columns, rows));
    }

    /// Stands where the filter does not look.
    private Vector unread(int index, int rowCount) {
        Vector known = unread[index];
        if (known == null || known.size() != rowCount) {
            known = new ConstantVector(types[index], rowCount, Value.NULL);
            unread[index] = known;
        }
        return known;
    }

    private Batch finish(@Nullable Selection rows, int rowCount) {
        List<Vector> columns = new ArrayList<>(outputCount);
        for (int i = 0; i < outputCount; i++) {
            columns.add(column(i, rows));
        }
        return compactor.compactIfSparse(new Batch(rowCount, columns, rows));
    }

    /// The column, read for these rows or for more.
    private Vector column(int index, @Nullable Selection rows) {
        Vector column = read[index];
        if (column == null) {
            column = reader().read(positions[index], rows);
            read[index] = column;
        }
        return column;
    }

    private static boolean isEmpty(@Nullable Selection rows) {
        return rows != null && rows.count() == 0;
    }

    private Split current() {
        Split current = split;
        assert current != null;
        return current;
    }

    private SplitReader reader() {
        SplitReader opened = reader;
        if (opened == null) {
            opened = current().open();
            reader = opened;
            bytesReported = 0;
        }
        return opened;
    }

    private void reportBytes() {
        long bytes = reader().bytesRead();
        context.counters().bytesRead += bytes - bytesReported;
        bytesReported = bytes;
    }

    @Override
    public void close() {
        SplitReader opened = reader;
        reader = null;
        split = null;
        if (opened != null) {
            opened.close();
        }
    }
}
