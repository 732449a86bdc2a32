package io.basaltdb.query.plan;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expressions;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What holds of every plan, whoever built it: columns exist, types agree, outputs are those that the operators give. Execution takes it for granted; tests and
/// the optimizer's own tests ask here.
public final class PlanCheck {
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, PlanNode.Shared> shared = new HashMap<>();

    private PlanCheck() {}

    /// One sentence per thing that does not hold; none for a sound plan.
    public static List<String> problems(PlanNode plan) {
        PlanCheck check = new PlanCheck();
        check.check(plan);
        return check.problems;
    }

    private void check(PlanNode node) {
        if (node instanceof PlanNode.Shared again) {
            PlanNode.Shared first = shared.putIfAbsent(again.number(), again);
            if (first != null) {
                if (!first.equals(again)) {
                    problem(again, "stands for another plan elsewhere");
                }
                return;
            }
        }
        node.inputs().forEach(this::check);
        switch (node) {
            case PlanNode.Scan scan -> scan(scan);
            case PlanNode.Filter filter ->
                    condition(filter, filter.predicate(), filter.input().output());
            case PlanNode.Project project -> project(project);
            case PlanNode.Aggregate aggregate -> aggregate(aggregate);
            case PlanNode.Window window -> window(window);
            case PlanNode.HashJoin join -> hashJoin(join);
            case PlanNode.NestedLoopJoin join -> nestedLoopJoin(join);
            case PlanNode.Sort sort -> keys(sort, sort.keys());
            case PlanNode.TopN top -> {
                keys(top, top.keys());
                count(top, top.limit());
                count(top, top.offset());
            }
            case PlanNode.Limit limit -> {
                if (limit.limit() != null) {
                    count(limit, limit.limit());
                }
                count(limit, limit.offset());
            }
            case PlanNode.Repeat repeat -> {
                if (has(repeat, repeat.countColumn(), repeat.input().output())
                        && !repeat.output().type(repeat.countColumn()).equals(Type.BIGINT)) {
                    problem(repeat, "counts what is no BIGINT");
                }
            }
            case PlanNode.Unnest unnest ->
                    unnest.lists()
                            .forEach(list -> {
                                if (has(unnest, list, unnest.input().output())
                                        && !(unnest.output().type(list) instanceof Type.Nested)) {
                                    problem(unnest, "unnests what is no list");
                                }
                            });
            case PlanNode.UnionAll union ->
                    union.inputs().forEach(input -> types(union, types(input), types(union)));
            case PlanNode.Recursion recursion ->
                    recursion
                            .inputs()
                            .forEach(input -> types(recursion, types(input), types(recursion)));
            case PlanNode.WorkingTable _, PlanNode.Shared _ -> {}
            case PlanNode.Values values -> values(values);
            case PlanNode.Rows rows -> rows(rows);
            case PlanNode.Insert insert ->
                    written(insert, types(insert.input()), insert.returnsRows());
            case PlanNode.Update update -> {
                List<Type> given = types(update.input());
                types(update, given.subList(0, 1), List.of(Type.BIGINT));
                written(update, given.subList(1, given.size()), update.returnsRows());
            }
            case PlanNode.Delete delete -> {
                List<Type> given = types(delete.input());
                types(delete, given.subList(0, 1), List.of(Type.BIGINT));
                written(delete, given.subList(1, given.size()), delete.returnsRows());
            }
        }
    }

    private static List<Expression.Column> columnsOf(Expression expression) {
        List<Expression.Column> columns = new ArrayList<>();
        Expressions.visit(
                expression,
                part -> {
                    if (part instanceof Expression.Column column) {
                        columns.add(column);
                    }
                });
        return columns;
    }

    private void problem(PlanNode node, String what) {
        // The printer would look up the very columns that may not exist.
        problems.add(node.getClass().getSimpleName() + ": " + what);
    }

    private static List<Type> types(PlanNode node) {
        return types(node.output());
    }

    private static List<Type> types(Schema schema) {
        return schema.fields().stream().map(Field::type).toList();
    }

    private void types(PlanNode node, List<Type> given, List<Type> promised) {
        if (!given.equals(promised)) {
            problem(node, "gives " + names(given) + " but promises " + names(promised));
        }
    }

    private static List<String> names(List<Type> types) {
        return types.stream().map(Type::sql).toList();
    }

    private void written(PlanNode node, List<Type> rows, boolean returnsRows) {
        types(node, returnsRows ? rows : List.of(Type.BIGINT), types(node));
    }

    private void scan(PlanNode.Scan scan) {
        if (scan.columns().size() != scan.output().size()) {
            problem(
                    scan,
                    "reads "
                            + scan.columns().size()
                            + " columns but promises "
                            + scan.output().size());
        }
        Expression filter = scan.filter();
        if (filter == null) {
            if (!scan.filterColumns().isEmpty()) {
                problem(scan, "has columns for a filter that is not there");
            }
            return;
        }
        if (!filter.type().equals(Type.BOOLEAN)) {
            problem(scan, "filters by a " + filter.type().sql());
        }
        int known = scan.columns().size() + scan.filterColumns().size();
        for (Expression.Column column : columnsOf(filter)) {
            if (column.index() >= known) {
                problem(scan, "filters by column " + column.index() + " of " + known);
            } else if (column.index() < scan.output().size()
                    && !column.type().equals(scan.output().type(column.index()))) {
                problem(scan, "takes column " + column.index() + " for " + column.type().sql());
            }
        }
    }

    private void condition(PlanNode node, Expression condition, Schema input) {
        if (!condition.type().equals(Type.BOOLEAN)) {
            problem(node, "has a condition of type " + condition.type().sql());
        }
        columns(node, condition, input);
    }

    private void columns(PlanNode node, Expression expression, Schema input) {
        for (Expression.Column column : columnsOf(expression)) {
            if (!has(node, column.index(), input)) {
                continue;
            }
            Type type = input.type(column.index());
            if (!type.equals(column.type())) {
                problem(
                        node,
                        "takes column "
                                + column.index()
                                + " for "
                                + column.type().sql()
                                + " where it is "
                                + type.sql());
            }
        }
    }

    private boolean has(PlanNode node, int column, Schema input) {
        boolean has = column >= 0 && column < input.size();
        if (!has) {
            problem(node, "names column " + column + " of " + input.size());
        }
        return has;
    }

    private void project(PlanNode.Project project) {
        for (Expression expression : project.expressions()) {
            columns(project, expression, project.input().output());
        }
        types(
                project,
                project.expressions().stream().map(Expression::type).toList(),
                types(project));
    }

    private void aggregate(PlanNode.Aggregate aggregate) {
        Schema input = aggregate.input().output();
        List<Type> given = new ArrayList<>();
        for (int column : aggregate.groupColumns()) {
            if (has(aggregate, column, input)) {
                given.add(input.type(column));
            }
        }
        for (AggregateCall call : aggregate.calls()) {
            call.arguments().forEach(column -> has(aggregate, column, input));
            if (call.filterColumn() >= 0
                    && has(aggregate, call.filterColumn(), input)
                    && !input.type(call.filterColumn()).equals(Type.BOOLEAN)) {
                problem(aggregate, call.name() + " is filtered by a column that is not BOOLEAN");
            }
            given.add(call.type());
        }
        types(aggregate, given, types(aggregate));
    }

    private void window(PlanNode.Window window) {
        Schema input = window.input().output();
        List<Type> given = new ArrayList<>(types(input));
        window.partitionColumns().forEach(column -> has(window, column, input));
        window.order().forEach(key -> has(window, key.column(), input));
        for (WindowCall call : window.calls()) {
            call.arguments().forEach(column -> has(window, column, input));
            if (call.orderKeys() > window.order().size()) {
                problem(window, call.name() + " is ordered by keys that the window has not");
            }
            given.add(call.type());
        }
        types(window, given, types(window));
    }

    private void hashJoin(PlanNode.HashJoin join) {
        Schema left = join.left().output();
        Schema right = join.right().output();
        if (join.leftKeys().isEmpty() || join.leftKeys().size() != join.rightKeys().size()) {
            problem(
                    join,
                    "has " + join.leftKeys().size() + " and " + join.rightKeys().size() + " keys");
            return;
        }
        for (int i = 0; i < join.leftKeys().size(); i++) {
            int leftKey = join.leftKeys().get(i);
            int rightKey = join.rightKeys().get(i);
            if (has(join, leftKey, left)
                    && has(join, rightKey, right)
                    && !left.type(leftKey).equals(right.type(rightKey))) {
                problem(
                        join,
                        "compares "
                                + left.type(leftKey).sql()
                                + " with "
                                + right.type(rightKey).sql());
            }
        }
        if (join.kind() == JoinKind.NULL_AWARE_ANTI && join.leftKeys().size() != 1) {
            problem(join, "knows NULL for one key only");
        }
        joined(join, join.kind(), join.residual(), left, right);
    }

    private void nestedLoopJoin(PlanNode.NestedLoopJoin join) {
        if (join.kind().givesRightColumnsOnly()) {
            problem(join, "cannot be " + join.kind());
        }
        joined(join, join.kind(), join.condition(), join.left().output(), join.right().output());
    }

    private void joined(
            PlanNode join,
            JoinKind kind,
            @Nullable Expression condition,
            Schema left,
            Schema right) {
        List<Field> both = new ArrayList<>(left.fields());
        both.addAll(right.fields());
        if (condition != null) {
            condition(join, condition, new Schema(both));
        }
        List<Type> given = new ArrayList<>();
        if (!kind.givesRightColumnsOnly()) {
            given.addAll(types(left));
        }
        if (kind.givesPairs() || kind.givesRightColumnsOnly()) {
            given.addAll(types(right));
        }
        if (kind == JoinKind.MARK) {
            given.add(Type.BOOLEAN);
        }
        types(join, given, types(join));
    }

    private void keys(PlanNode node, List<SortKey> keys) {
        keys.forEach(key -> has(node, key.column(), node.output()));
    }

    private void count(PlanNode node, Expression count) {
        columns(node, count, Schema.of());
        if (!(count.type() instanceof Type.Int)) {
            problem(node, "counts rows by a " + count.type().sql());
        }
    }

    private void values(PlanNode.Values values) {
        for (List<Value> row : values.rows()) {
            if (row.size() != values.output().size()) {
                problem(values, "has a row of " + row.size() + " values");
            }
        }
    }

    private void rows(PlanNode.Rows rows) {
        for (List<Expression> row : rows.rows()) {
            row.forEach(cell -> columns(rows, cell, Schema.of()));
            types(rows, row.stream().map(Expression::type).toList(), types(rows));
        }
    }
}
