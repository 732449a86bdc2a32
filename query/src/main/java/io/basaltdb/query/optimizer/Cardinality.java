package io.basaltdb.query.optimizer;

import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// How many rows a tree gives, guessed from table statistics.
///
/// The model: values of a column are evenly spread, columns are independent, and of two columns that are compared for equality the one with
/// fewer distinct values is contained in the other. So a join gives |L|·|R| / max(distinct), and the product of several keys of one
/// side counts no more combinations than the side has rows. A wrong guess costs time, never an answer.
final class Cardinality {
    /// Of a group that HAVING or another condition on an aggregate lets through, and of any comparison of which nothing is known.
    static final double UNKNOWN_COMPARISON = 0.3;

    /// Distinct values of a column of which nothing is known, as a share of the rows.
    private static final double UNKNOWN_DISTINCT = 0.1;

    private final IdentityHashMap<RelNode, Estimate> known = new IdentityHashMap<>();

    /// A count of rows looks at no column.
    double rows(RelNode rel) {
        return switch (rel) {
            case TableScan scan -> rows(ScanPlanner.table(scan).statistics());
            case Project project -> rows(project.getInput());
            default -> of(rel).rows();
        };
    }

    private static double rows(TableStatistics statistics) {
        return Math.max(1, statistics.rowCount());
    }

    double rows(TableScan scan, List<RexNode> predicate) {
        if (predicate.isEmpty()) {
            return rows(scan);
        }
        Estimate estimate = of(scan);
        return Math.max(1, estimate.rows() * new Selectivity(estimate).of(predicate));
    }

    /// Whether the tree gives one row whatever the data are: an aggregate without groups.
    static boolean isSingleRow(RelNode rel) {
        return switch (rel) {
            case Aggregate aggregate ->
                    aggregate.getGroupCount() == 0
                            && aggregate.getGroupType() == Aggregate.Group.SIMPLE;
            case Project project -> isSingleRow(project.getInput());
            case OnceRel once -> isSingleRow(once.getInput());
            case Values values -> values.getTuples().size() == 1;
            default -> false;
        };
    }

    Estimate of(RelNode rel) {
        @Nullable Estimate estimate = known.get(rel);
        if (estimate == null) {
            estimate = guess(rel);
            known.put(rel, estimate);
        }
        return estimate;
    }

    private Estimate guess(RelNode rel) {
        return switch (rel) {
            case TableScan scan -> scan(ScanPlanner.table(scan).statistics());
            case Filter filter -> filter(of(filter.getInput()), filter.getCondition());
            case Project project -> project(of(project.getInput()), project.getProjects());
            case Join join -> join(join);
            case Aggregate aggregate -> aggregate(aggregate);
            case Sort sort -> sort(sort);
            case OnceRel once -> of(once.getInput());
            case SetOp union -> union(union);
            case Values values -> unknown(rel, Math.max(1, values.getTuples().size()));
            default -> unknown(rel, rel.getInputs().isEmpty() ? 1000 : rows(rel.getInput(0)));
        };
    }

    private static Estimate unknown(RelNode rel, double rows) {
        Estimate.Column[] columns = new Estimate.Column[rel.getRowType().getFieldCount()];
        java.util.Arrays.fill(columns, Estimate.Column.unknown(rows));
        return new Estimate(rows, columns);
    }

    private static Estimate scan(TableStatistics statistics) {
        double rows = rows(statistics);
        Estimate.Column[] columns = new Estimate.Column[statistics.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnStatistics column = statistics.columns().get(i);
            columns[i] =
                    new Estimate.Column(
                            Math.clamp(distinct(column, rows), 1, rows),
                            column.nullCount() / rows,
                            column.min(),
                            column.max());
        }
        return new Estimate(rows, columns);
    }

    /// What was counted, but no more than there are whole numbers between the bounds; where nothing
    /// was counted, that many.
    private static double distinct(ColumnStatistics column, double rows) {
        double counted = column.distinctCount() < 0 ? rows : column.distinctCount();
        if (column.min() instanceof Value.Whole(long min)
                && column.max() instanceof Value.Whole(long max)) {
            return Math.min(counted, (double) max - min + 1);
        }
        return column.distinctCount() < 0 ? rows * UNKNOWN_DISTINCT : counted;
    }

    private static Estimate filter(Estimate input, RexNode condition) {
        Selectivity selectivity = new Selectivity(input);
        List<RexNode> conjuncts = Conjunctions.of(condition);
        double rows = Math.max(1, input.rows() * selectivity.of(conjuncts));
        return selectivity.narrowed(conjuncts).reduced(rows);
    }

    private static Estimate project(Estimate input, List<RexNode> expressions) {
        Estimate.Column[] columns = new Estimate.Column[expressions.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(input, expressions.get(i));
        }
        return new Estimate(input.rows(), columns);
    }

    private static Estimate.Column column(Estimate input, RexNode expression) {
        if (expression instanceof RexInputRef column) {
            return input.columns()[column.getIndex()];
        }
        if (expression instanceof RexLiteral) {
            return Estimate.Column.unknown(1);
        }
        return Estimate.Column.unknown(Selectivity.ofExpression(input, expression));
    }

    private Estimate join(Join join) {
        Estimate left = of(join.getLeft());
        Estimate right = of(join.getRight());
        JoinKeys keys = JoinKeys.of(join);
        Estimate both = concatenated(left, right);
        double leftDistinct = 1;
        double rightDistinct = 1;
        for (int i = 0; i < keys.size(); i++) {
            leftDistinct *= column(left, keys.left(i)).atMost(left.rows()).distinct();
            rightDistinct *= column(right, keys.right(i)).atMost(right.rows()).distinct();
        }
        leftDistinct = Math.min(leftDistinct, left.rows());
        rightDistinct = Math.min(rightDistinct, right.rows());
        double residual = new Selectivity(both).of(keys.residual());
        double inner =
                left.rows()
                        * right.rows()
                        / combinations(keys.size(), left, leftDistinct, right, rightDistinct)
                        * residual;
        if (!join.getJoinType().projectsRight()) {
            double matching =
                    keys.size() == 0
                            ? Math.min(1, right.rows() * residual)
                            : Math.min(1, rightDistinct / leftDistinct);
            double share =
                    join.getJoinType() == JoinRelType.ANTI
                            ? Math.max(0.05, 1 - matching)
                            : matching;
            return left.reduced(Math.max(1, left.rows() * share));
        }
        double rows =
                switch (join.getJoinType()) {
                    case LEFT -> Math.max(inner, left.rows());
                    case RIGHT -> Math.max(inner, right.rows());
                    case FULL -> Math.max(inner, left.rows() + right.rows());
                    default -> inner;
                };
        return both.reduced(Math.max(1, rows));
    }

    /// Distinct keys of the side that has more of them. Where the keys of several columns seem to be
    /// as many as the rows on both sides, one of them only seems so (an order's lines beside the
    /// supplies they name), or was filtered (a few parts beside all supplies): which one cannot be
    /// told, so the geometric mean is taken.
    private static double combinations(
            int keyCount,
            Estimate left,
            double leftDistinct,
            Estimate right,
            double rightDistinct) {
        boolean bothSeemUnique =
                keyCount > 1 && leftDistinct >= left.rows() && rightDistinct >= right.rows();
        return bothSeemUnique
                ? Math.sqrt(leftDistinct * rightDistinct)
                : Math.max(leftDistinct, rightDistinct);
    }

    private static Estimate concatenated(Estimate left, Estimate right) {
        Estimate.Column[] columns =
                new Estimate.Column[left.columns().length + right.columns().length];
        System.arraycopy(left.columns(), 0, columns, 0, left.columns().length);
        System.arraycopy(
                right.columns(), 0, columns, left.columns().length, right.columns().length);
        return new Estimate(left.rows() * right.rows(), columns);
    }

    private Estimate aggregate(Aggregate aggregate) {
        if (aggregate.getGroupSet().isEmpty()) {
            return unknown(aggregate, 1);
        }
        Estimate input = of(aggregate.getInput());
        double groups = 1;
        List<Estimate.Column> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            groups *= input.distinct(key);
            columns.add(input.columns()[key]);
        }
        groups = Math.min(groups, input.rows());
        while (columns.size() < aggregate.getRowType().getFieldCount()) {
            columns.add(Estimate.Column.unknown(groups));
        }
        return new Estimate(groups, columns.toArray(Estimate.Column[]::new)).reduced(groups);
    }

    private Estimate sort(Sort sort) {
        Estimate input = of(sort.getInput());
        return sort.fetch instanceof RexLiteral literal
                ? input.reduced(Math.max(1, Math.min(input.rows(), RexLiteral.intValue(literal))))
                : input;
    }

    /// Distinct values of a column are those of the input with the most of them: the inputs of a union speak of the same things.
    private Estimate union(SetOp union) {
        double rows = 0;
        for (RelNode input : union.getInputs()) {
            rows += rows(input);
        }
        Estimate.Column[] columns = new Estimate.Column[union.getRowType().getFieldCount()];
        for (int i = 0; i < columns.length; i++) {
            Estimate.Column most = of(union.getInput(0)).columns()[i];
            double nulls = 0;
            for (RelNode input : union.getInputs()) {
                Estimate.Column column = of(input).columns()[i];
                most = column.distinct() > most.distinct() ? column : most;
                nulls += column.nullFraction() * rows(input);
            }
            columns[i] = new Estimate.Column(most.distinct(), nulls / rows, null, null);
        }
        return new Estimate(rows, columns);
    }
}
