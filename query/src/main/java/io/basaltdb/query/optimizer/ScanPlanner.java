package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Plans the reading of a table: ranges of single columns for pruning, the rest of the predicate beside them.
final class ScanPlanner {
    private final Cardinality cardinality;

    ScanPlanner(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    PlannedRel plan(TableScan scan, List<RexNode> predicate, ImmutableBitSet required) {
        TableView table = table(scan);
        TreeMap<Integer, Ranges> ranges = new TreeMap<>();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : predicate) {
            if (!addRange(conjunct, ranges)) {
                rest.add(conjunct);
            }
        }
        int[] columns = required.toArray();
        int[] filterColumns = Columns.used(rest).except(required).toArray();
        int size = table.schema().size();
        int[] positions = Columns.inverse(columns, size);
        int[] withFilter = positions.clone();
        for (int i = 0; i < filterColumns.length; i++) {
            withFilter[filterColumns[i]] = columns.length + i;
        }
        List<Field> fields = new ArrayList<>();
        for (int column : columns) {
            fields.add(table.schema().field(column));
        }
        PlanNode node =
                new PlanNode.Scan(
                        table.relation(),
                        table.schema(),
                        boxed(columns),
                        ranges.entrySet().stream()
                                .map(entry -> new ColumnRanges(entry.getKey(), entry.getValue()))
                                .toList(),
                        filter(rest, withFilter),
                        boxed(filterColumns),
                        new Schema(fields),
                        cardinality.rows(scan, predicate));
        return new PlannedRel(node, positions);
    }

    static TableView table(TableScan scan) {
        @Nullable PlannerTable table = scan.getTable().unwrap(PlannerTable.class);
        if (table == null) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "Table "
                            + String.join(".", scan.getTable().getQualifiedName())
                            + " cannot be read here");
        }
        return table.view();
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /// Adds what the conjunct says of one column; false where it says something else.
    private static boolean addRange(RexNode conjunct, Map<Integer, Ranges> ranges) {
        @Nullable ColumnRanges found = ColumnPredicate.of(ExpressionBuilder.build(conjunct));
        if (found == null) {
            return false;
        }
        @Nullable Ranges known = ranges.get(found.column());
        ranges.put(
                found.column(),
                known == null ? found.ranges() : RangeAlgebra.intersect(known, found.ranges()));
        return true;
    }

    /// Infallible conjuncts first, in the order that costs least; the others behind them as written.
    private static @Nullable Expression filter(List<RexNode> conjuncts, int[] positions) {
        List<Expression> safe = new ArrayList<>();
        List<Expression> fallible = new ArrayList<>();
        for (RexNode conjunct : conjuncts) {
            Expression built = ExpressionBuilder.build(Columns.shifted(conjunct, positions));
            (Fallibility.isMovable(conjunct) ? safe : fallible).add(built);
        }
        safe.addAll(fallible);
        return safe.isEmpty()
                ? null
                : safe.size() == 1 ? safe.getFirst() : new Expression.And(safe);
    }
}
