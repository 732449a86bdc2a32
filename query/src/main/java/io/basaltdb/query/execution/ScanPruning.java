package io.basaltdb.query.execution;

import io.basaltdb.query.operator.scan.ScanColumns;
import io.basaltdb.query.operator.scan.ScanSource;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.RelationRegistry;
import io.basaltdb.query.relation.StoredTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What bounds, sort order and skip indexes leave of a table to a scan, before it reads a row. The rows in memory count as a part.
public record ScanPruning(
        int keptParts, int parts, long keptGranules, long granules, long keptRows, long rows) {

    /// Prunes as the execution of a query would, with nothing read but what the parts' footers and indexes say; null where there is nothing to prune by, or
    /// the relation is no table.
    public static @Nullable ScanPruning of(PlanNode.Scan scan, RelationRegistry relations) {
        if (scan.ranges().isEmpty()
                || !(relations.resolve(scan.relation()) instanceof StoredTable table)) {
            return null;
        }
        ScanColumns columns =
                new ScanColumns(
                        scan.columns(),
                        scan.filterColumns(),
                        scan.ranges(),
                        scan.filter(),
                        List.of(),
                        false);
        return of(new ScanSource(table, columns));
    }

    static ScanPruning of(ScanSource source) {
        return new ScanPruning(
                source.keptSplitCount(),
                source.splitCount(),
                source.keptGranuleCount(),
                source.granuleCount(),
                source.rowsToRead(),
                source.rowCount());
    }

    /// As EXPLAIN shows it.
    public String text() {
        return "kept "
                + keptParts
                + " of "
                + parts
                + " parts, "
                + keptGranules
                + " of "
                + granules
                + " granules, "
                + keptRows
                + " of "
                + rows
                + " rows";
    }
}
