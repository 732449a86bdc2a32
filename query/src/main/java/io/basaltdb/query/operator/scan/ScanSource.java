package io.basaltdb.query.operator.scan;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Schema;
import java.util.List;

/// Reads the rows of a relation that pass its predicates. Made when a query is bound: granules that cannot match are gone by then.
public final class ScanSource implements Source {
    private final Schema schema;
    private final ScanColumns columns;
    private final List<ColumnRanges> ordered;
    private final Morsels morsels;

    public ScanSource(Relation relation, ScanColumns columns) {
        this.schema = relation.schema();
        this.columns = columns;
        this.ordered = ordered(columns.ranges(), relation);
        this.morsels = new Morsels(relation.splits(), columns.ranges());
    }

    /// Statistics are only asked for where there is something to order: in a virtual table they are work.
    private static List<ColumnRanges> ordered(List<ColumnRanges> ranges, Relation relation) {
        return ranges.size() < 2
                ? ranges
                : PredicateOrder.of(ranges, relation.statistics(), relation.schema());
    }

    /// Splits of the relation.
    public int splitCount() {
        return morsels.splitCount();
    }

    /// Splits in which a row may match; the others are not opened.
    public int keptSplitCount() {
        return morsels.keptSplitCount();
    }

    /// Granules of all splits.
    public long granuleCount() {
        return morsels.granuleCount();
    }

    /// Granules in which a row may match.
    public long keptGranuleCount() {
        return morsels.keptCount();
    }

    /// Rows of all splits.
    public long rowCount() {
        return morsels.totalRowCount();
    }

    /// Rows in the granules that are left.
    public long rowsToRead() {
        return morsels.rowCount();
    }

    @Override
    public int laneLimit() {
        return morsels.count();
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new LocalScan(
                context, morsels, new GranuleReader(schema, columns, ordered, context));
    }
}
