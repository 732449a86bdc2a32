package io.basaltdb.query.operator.scan;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.storage.table.ColumnRanges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan reads and which rows it keeps; columns are positions in the relation.
///
/// @param columns the columns that it gives
/// @param filterColumns further columns that only `filter` needs, behind `columns` in the batch that it sees
/// @param ranges predicates on single columns
/// @param filter a further predicate over `columns` followed by `filterColumns`
/// @param dynamic what later operators know of single columns
/// @param boundsSuffice whether least and greatest values are all that is asked for: then two rows with them may stand for rows that all pass
public record ScanColumns(
        List<Integer> columns,
        List<Integer> filterColumns,
        List<ColumnRanges> ranges,
        @Nullable Expression filter,
        List<Dynamic> dynamic,
        boolean boundsSuffice) {
    public ScanColumns {
        columns = List.copyOf(columns);
        filterColumns = List.copyOf(filterColumns);
        ranges = List.copyOf(ranges);
        dynamic = List.copyOf(dynamic);
    }

    /// A dynamic filter on one of the columns that the scan gives, by its position in `columns`.
    public record Dynamic(int output, DynamicFilter filter) {}
}
