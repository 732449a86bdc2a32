package io.basaltdb.query.plan;

import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan as the text that EXPLAIN gives: one operator a line, inputs indented below it, the probe side of a join before the build side. What is shared
/// is printed where it stands first.
public final class PlanPrinter {
    private final StringBuilder out = new StringBuilder();
    private final Set<Integer> printedShared = new HashSet<>();
    private final Function<PlanNode, @Nullable String> measured;

    private PlanPrinter(Function<PlanNode, @Nullable String> measured) {
        this.measured = measured;
    }

    public static String print(PlanNode plan) {
        return print(plan, _ -> null);
    }

    /// @param measured what is known of an operator besides the plan, put behind its line; null for nothing
    public static String print(PlanNode plan, Function<PlanNode, @Nullable String> measured) {
        PlanPrinter printer = new PlanPrinter(measured);
        printer.print(plan, 0);
        return printer.out.toString();
    }

    private void print(PlanNode node, int depth) {
        out.repeat("  ", depth).append(line(node));
        @Nullable String text = measured.apply(node);
        if (text != null) {
            out.append("  [").append(text).append(']');
        }
        out.append('\n');
        if (node instanceof PlanNode.Shared shared && !printedShared.add(shared.number())) {
            return;
        }
        for (PlanNode input : node.inputs()) {
            print(input, depth + 1);
        }
    }

    /// The line of one operator.
    public static String line(PlanNode node) {
        return switch (node) {
            case PlanNode.Scan scan -> scan(scan);
            case PlanNode.Filter filter ->
                    "Filter " + text(filter.predicate(), filter.input().output()) + rows(filter);
            case PlanNode.Project project -> project(project);
            case PlanNode.Aggregate aggregate -> aggregate(aggregate);
            case PlanNode.Window window -> WindowPrinter.print(window);
            case PlanNode.HashJoin join -> hashJoin(join);
            case PlanNode.NestedLoopJoin join -> nestedLoopJoin(join);
            case PlanNode.Sort sort -> "Sort " + keys(sort.keys(), sort.output());
            case PlanNode.TopN top ->
                    "TopN "
                            + text(top.limit(), top.output())
                            + offset(text(top.offset(), top.output()))
                            + " by "
                            + keys(top.keys(), top.output());
            case PlanNode.Limit limit -> limit(limit);
            case PlanNode.Repeat repeat ->
                    "Repeat by " + repeat.output().field(repeat.countColumn()).name();
            case PlanNode.Unnest unnest ->
                    "Unnest "
                            + unnest.lists().stream()
                                    .map(list -> unnest.input().output().field(list).name())
                                    .collect(Collectors.joining(", "))
                            + (unnest.numbered() ? " with ordinality" : "")
                            + (unnest.keepsEmpty() ? ", also empty" : "");
            case PlanNode.UnionAll _ -> "UnionAll";
            case PlanNode.Recursion recursion ->
                    "Recursion "
                            + recursion.table()
                            + (recursion.distinct() ? ", each row once" : "");
            case PlanNode.WorkingTable working ->
                    "Rows of the last step of recursion " + working.table();
            case PlanNode.Shared shared -> "Shared " + shared.number();
            case PlanNode.Values values ->
                    "Values "
                            + values.rows().size()
                            + (values.rows().size() == 1 ? " row" : " rows");
            case PlanNode.Rows rows -> "Rows " + rows(rows);
            case PlanNode.Insert insert ->
                    "Insert into " + name(insert.table()) + rule(insert.rule());
            case PlanNode.Update update -> "Update " + name(update.table());
            case PlanNode.Delete delete -> "Delete from " + name(delete.table());
        };
    }

    private static String text(io.basaltdb.query.expression.Expression expression, Schema input) {
        return ExpressionPrinter.print(expression, input);
    }

    private static String rule(KeyRule rule) {
        return switch (rule) {
            case KeyRule.Refuse _ -> "";
            case KeyRule.Ignore _ -> ", known keys ignored";
            case KeyRule.Replace _ -> ", known keys replaced";
            case KeyRule.Update _ -> ", known keys updated";
        };
    }

    private static String rows(PlanNode node) {
        return node.estimatedRows() < 0
                ? ""
                : String.format(Locale.ROOT, "  ~%.0f rows", node.estimatedRows());
    }

    private static String rows(PlanNode.Rows rows) {
        return rows.rows().stream()
                .map(row ->
                        row.stream()
                                .map(cell -> text(cell, rows.output()))
                                .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
    }

    private static String name(RelationName name) {
        return switch (name) {
            case RelationName.Table table -> table.schema() + "." + table.name();
            case RelationName.Addressed(RelationName.Table table) -> name(table);
            case RelationName.Past(RelationName.Table table, var point) ->
                    name(table) + " as of " + text(point, Schema.of());
            case RelationName.Virtual table -> table.schema() + "." + table.name();
            case RelationName.Function function ->
                    function.arguments().stream()
                            .collect(Collectors.joining("', '", function.name() + "('", "')"));
        };
    }

    private static String scan(PlanNode.Scan scan) {
        StringBuilder line = new StringBuilder("Scan ").append(name(scan.relation()));
        line.append(
                scan.output().fields().stream()
                        .map(Field::name)
                        .collect(Collectors.joining(", ", " [", "]")));
        for (ColumnRanges ranges : scan.ranges()) {
            Field column = scan.source().field(ranges.column());
            line.append(' ')
                    .append(column.name())
                    .append(" in ")
                    .append(RangesPrinter.print(ranges.ranges(), column.type()));
        }
        if (scan.filter() != null) {
            List<Field> columns = new ArrayList<>(scan.output().fields());
            for (int column : scan.filterColumns()) {
                columns.add(scan.source().field(column));
            }
            line.append(" where ").append(text(scan.filter(), new Schema(columns)));
        }
        return line + rows(scan);
    }

    private static String project(PlanNode.Project project) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            String text = text(project.expressions().get(i), project.input().output());
            String name = project.output().field(i).name();
            columns.add(text.equals(name) ? text : text + " AS " + name);
        }
        return "Project " + String.join(", ", columns);
    }

    private static String aggregate(PlanNode.Aggregate aggregate) {
        Schema input = aggregate.input().output();
        String calls =
                aggregate.calls().stream()
                        .map(call -> call(call, input))
                        .collect(Collectors.joining(", "));
        String groups = names(aggregate.groupColumns(), input);
        return "Aggregate "
                + (groups.isEmpty() ? "" : "by " + groups + (calls.isEmpty() ? "" : ": "))
                + calls
                + rows(aggregate);
    }

    private static String call(AggregateCall call, Schema input) {
        int keys = call.orderArguments();
        List<Integer> columns = call.arguments().subList(0, call.arguments().size() - keys);
        String arguments =
                call.arguments().isEmpty()
                        ? "*"
                        : names(columns.isEmpty() ? call.arguments() : columns, input);
        return call.function().name().toLowerCase(Locale.ROOT)
                + "("
                + (call.distinct() ? "DISTINCT " : "")
                + arguments
                + parameters(call)
                + (columns.isEmpty() || keys == 0 ? "" : " ORDER BY " + order(call, input))
                + ")"
                + (call.filterColumn() < 0
                        ? ""
                        : " FILTER " + input.field(call.filterColumn()).name());
    }

    private static String parameters(AggregateCall call) {
        return switch (call.function()) {
            case STRING_AGG -> ", '" + call.parameters().separator().replace("'", "''") + "'";
            case QUANTILE_CONT, QUANTILE_DISC, TOP_K, APPROX_QUANTILE, APPROX_QUANTILE_MERGE ->
                    ", "
                            + call.parameters().numbers().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "))
                            + (call.parameters().order().stream().anyMatch(Direction::descending)
                                    ? " DESC"
                                    : "");
            default -> "";
        };
    }

    private static String order(AggregateCall call, Schema input) {
        List<String> keys = new ArrayList<>();
        int first = call.arguments().size() - call.orderArguments();
        for (int i = 0; i < call.orderArguments(); i++) {
            Direction direction = call.parameters().order().get(i);
            keys.add(
                    input.field(call.arguments().get(first + i)).name()
                            + (direction.descending() ? " DESC" : "")
                            + (direction.nullsFirst() ? " NULLS FIRST" : ""));
        }
        return String.join(", ", keys);
    }

    static String names(List<Integer> columns, Schema schema) {
        return columns.stream()
                .map(column -> schema.field(column).name())
                .collect(Collectors.joining(", "));
    }

    private static String hashJoin(PlanNode.HashJoin join) {
        Schema left = join.left().output();
        Schema right = join.right().output();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < join.leftKeys().size(); i++) {
            keys.add(
                    left.field(join.leftKeys().get(i)).name()
                            + " = "
                            + right.field(join.rightKeys().get(i)).name());
        }
        return "HashJoin "
                + join.kind()
                + " on "
                + String.join(" AND ", keys)
                + (join.residual() == null
                        ? ""
                        : " where " + text(join.residual(), both(left, right)))
                + rows(join);
    }

    private static String nestedLoopJoin(PlanNode.NestedLoopJoin join) {
        Schema both = both(join.left().output(), join.right().output());
        return "NestedLoopJoin "
                + join.kind()
                + (join.condition() == null ? "" : " on " + text(join.condition(), both))
                + rows(join);
    }

    private static Schema both(Schema left, Schema right) {
        List<Field> fields = new ArrayList<>(left.fields());
        fields.addAll(right.fields());
        return new Schema(fields);
    }

    private static String limit(PlanNode.Limit limit) {
        String count = limit.limit() == null ? "all" : text(limit.limit(), limit.output());
        return "Limit " + count + offset(text(limit.offset(), limit.output()));
    }

    private static String offset(String offset) {
        return offset.equals("0") ? "" : " offset " + offset;
    }

    static String keys(List<SortKey> keys, Schema schema) {
        return keys.stream()
                .map(key ->
                        schema.field(key.column()).name()
                                + (key.descending() ? " DESC" : "")
                                + (key.nullsFirst() ? " NULLS FIRST" : ""))
                .collect(Collectors.joining(", "));
    }

    /// A value as SQL would write it, without its quotes where it is none that a reader could mistake.
    static String value(Value value, io.basaltdb.storage.type.Type type) {
        return ValuePrinter.print(value, type);
    }
}
