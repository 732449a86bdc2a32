package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.query.plan.WindowFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Turns a correlated join into a plain one: its right side is computed once, for all distinct values that the left side's columns give it
/// (its keys), and then joined with the left side by them. Source: T. Neumann, A. Kemper, "Unnesting Arbitrary Queries", BTW 2015.
///
/// The keys move down the right side. Where a block of selections and joins equates each of them with a column of its own, that column takes
/// the key's place; else the block is joined with the distinct keys. What the keys have passed works within them: groupings group by them, windows
/// and LIMIT cut their partitions by them.
final class Unnesting {
    private final RexBuilder rex;
    private final CorrelationId id;

    /// The columns of the left side that the right one reads.
    private final List<Integer> columns;

    private final RelNode left;
    private final RelNode keys;

    /// Of what is to be computed once, the numbers for all keys by those for one.
    private final Map<Integer, Integer> numbers = new HashMap<>();

    /// A part of the right side for all keys.
    ///
    /// @param rel the part's own fields, behind them the keys
    /// @param derived whether columns stand for the keys; rows where one is NULL then belong to none
    private record Unnested(RelNode rel, boolean derived) {}

    private Unnesting(Correlate correlate) {
        this.rex = Rels.rex(correlate);
        this.id = correlate.getCorrelationId();
        this.columns = correlate.getRequiredColumns().asList();
        this.left = OnceRel.of(correlate.getLeft(), correlate.getLeft().getId());
        this.keys = keys(left);
    }

    private RelNode keys(RelNode left) {
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : columns) {
            expressions.add(RexInputRef.of(column, left.getRowType()));
            names.add(left.getRowType().getFieldNames().get(column));
        }
        return LogicalAggregate.create(
                project(left, expressions, names),
                ImmutableList.of(),
                ImmutableBitSet.range(columns.size()),
                null,
                List.of());
    }

    /// A tree without correlated joins.
    ///
    /// @throws BasaltException FEATURE_NOT_SUPPORTED
    static RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same instanceof Correlate correlate ? joined(correlate) : same;
    }

    private static RelNode joined(Correlate correlate) {
        RelNode left = correlate.getLeft();
        RelNode right = correlate.getRight();
        Set<CorrelationId> outer = Set.of(correlate.getCorrelationId());
        Decorrelation.@Nullable Lifted lifted = Decorrelation.of(right, outer);
        RelNode joined;
        if (lifted != null) {
            joined =
                    Rels.join(
                            left,
                            lifted.rel(),
                            lifted.conditionsOver(left.getRowType().getFieldCount(), outer),
                            correlate.getJoinType());
        } else {
            Unnesting unnesting = new Unnesting(correlate);
            joined = unnesting.oneRow(correlate);
            if (joined == null) {
                Unnested unnested = unnesting.unnested(right);
                joined =
                        Rels.join(
                                unnesting.left,
                                unnested.rel,
                                unnesting.sameKeys(
                                        unnesting.left,
                                        unnesting.columns,
                                        unnested.rel,
                                        unnesting.keysOf(unnested),
                                        unnested.derived),
                                correlate.getJoinType());
            }
        }
        return Rels.select(
                joined,
                Columns.identity(correlate.getRowType().getFieldCount()),
                correlate.getRowType());
    }

    /// Where the right side gives one row for each left one, computed from an aggregate without groups: only the groups that there are need to be
    /// joined, and what is computed from them is computed behind the join. Null where it is something else.
    private @Nullable RelNode oneRow(Correlate correlate) {
        List<Project> projections = new ArrayList<>();
        RelNode below = correlate.getRight();
        while (below instanceof Project projection && !projection.containsOver()) {
            projections.addFirst(projection);
            below = projection.getInput();
        }
        if (!(below instanceof Aggregate aggregate)
                || !isOneGroup(aggregate)
                || !correlate.getJoinType().projectsRight()) {
            return null;
        }
        Unnested groups = grouped(aggregate);
        boolean nothingIsNull =
                aggregate.getAggCallList().stream().allMatch(call -> call.getType().isNullable());
        int first = 0;
        while (nothingIsNull && first < projections.size() && isStrict(projections.get(first))) {
            groups = projected(projections.get(first++), groups);
        }
        RelNode joined =
                Rels.join(
                        left,
                        groups.rel,
                        sameKeys(left, columns, groups.rel, keysOf(groups), groups.derived),
                        JoinRelType.LEFT);
        int leftFields = left.getRowType().getFieldCount();
        List<RexNode> values =
                first == 0
                        ? orNothing(aggregate, joined, leftFields)
                        : Rels.refs(joined)
                                .subList(
                                        leftFields,
                                        joined.getRowType().getFieldCount() - columns.size());
        for (Project projection : projections.subList(first, projections.size())) {
            List<RexNode> inputs = List.copyOf(values);
            values =
                    projection.getProjects().stream()
                            .map(expression ->
                                    withKeys(Columns.replaced(expression, inputs), joined, columns))
                            .toList();
        }
        List<RexNode> fields = new ArrayList<>(Rels.refs(joined).subList(0, leftFields));
        fields.addAll(values);
        return project(joined, fields, correlate.getRowType().getFieldNames());
    }

    /// Whether all fields are NULL where all of the input's are, whatever the outer row is.
    private boolean isStrict(Project projection) {
        ImmutableBitSet inputs =
                ImmutableBitSet.range(projection.getInput().getRowType().getFieldCount());
        return projection.getProjects().stream()
                .allMatch(expression -> Strong.isNull(expression, inputs) && !mentions(expression));
    }

    private boolean mentions(RexNode expression) {
        boolean[] found = new boolean[1];
        expression.accept(
                new RexVisitorImpl<@Nullable Void>(true) {
                    @Override
                    public @Nullable Void visitCorrelVariable(RexCorrelVariable variable) {
                        found[0] |= variable.id.equals(id);
                        return null;
                    }
                });
        return found[0];
    }

    private boolean mentions(RelNode rel) {
        return RelOptUtil.getVariablesUsed(rel).contains(id);
    }

    private Unnested unnested(RelNode rel) {
        if (!mentions(rel)) {
            return new Unnested(Rels.join(rel, keys, List.of(), JoinRelType.INNER), false);
        }
        Decorrelation.@Nullable Lifted lifted = Decorrelation.of(rel, Set.of(id));
        if (lifted != null) {
            return block(rel, lifted);
        }
        return switch (rel) {
            case Filter filter -> filter(filter);
            case Project project when !project.containsOver() ->
                    projected(project, unnested(project.getInput()));
            case Aggregate aggregate -> aggregate(aggregate);
            case WindowRel window -> window(window);
            case UnnestRel unnest -> unnest(unnest);
            case Sort sort -> sort(sort);
            case OnceRel once -> once(once);
            case Join join -> join(join);
            case SetOp operation -> setOperation(operation);
            default ->
                    throw unsupported(
                            "A sub-query that refers to the outer query at this place is not"
                                    + " supported; write it as a join");
        };
    }

    private static BasaltException unsupported(String message) {
        return new BasaltException(ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }

    /// A block whose references to the outer row are conditions.
    private Unnested block(RelNode rel, Decorrelation.Lifted lifted) {
        @Nullable RexNode[] standIns = new RexNode[columns.size()];
        List<RexNode> rest = new ArrayList<>();
        for (RexNode condition : lifted.conditions()) {
            if (!isStandIn(condition, standIns)) {
                rest.add(condition);
            }
        }
        int fields = rel.getRowType().getFieldCount();
        List<Integer> places = new ArrayList<>();
        for (RexNode standIn : standIns) {
            if (standIn instanceof RexInputRef column) {
                places.add(column.getIndex());
            }
        }
        if (places.size() == columns.size()) {
            RelNode filtered =
                    Rels.filter(
                            lifted.rel(),
                            rest.stream()
                                    .map(each -> withKeys(each, lifted.rel(), places))
                                    .toList());
            return new Unnested(arranged(filtered, fields, places), true);
        }
        int width = lifted.rel().getRowType().getFieldCount();
        List<Integer> behind = range(width);
        RelNode product = Rels.join(lifted.rel(), keys, List.of(), JoinRelType.INNER);
        RelNode joined =
                Rels.join(
                        lifted.rel(),
                        keys,
                        lifted.conditions().stream()
                                .map(each -> withKeys(each, product, behind))
                                .toList(),
                        JoinRelType.INNER);
        return new Unnested(arranged(joined, fields, behind), false);
    }

    /// Whether the condition says that a column is a key that had no stand-in yet, of the same type.
    private boolean isStandIn(RexNode condition, @Nullable RexNode[] standIns) {
        if (condition.getKind() != SqlKind.EQUALS) {
            return false;
        }
        List<RexNode> sides = ((RexCall) condition).getOperands();
        for (int i = 0; i < 2; i++) {
            if (sides.get(i) instanceof RexInputRef column
                    && sides.get(1 - i) instanceof RexFieldAccess access
                    && access.getReferenceExpr() instanceof RexCorrelVariable variable
                    && variable.id.equals(id)
                    && RelTypes.toType(column.getType())
                            .equals(RelTypes.toType(access.getType()))) {
                int key = columns.indexOf(access.getField().getIndex());
                if (standIns[key] == null) {
                    standIns[key] = column;
                    return true;
                }
            }
        }
        return false;
    }

    private Unnested filter(Filter filter) {
        Unnested input = unnested(filter.getInput());
        RexNode condition = withKeys(filter.getCondition(), input.rel, keysOf(input));
        return new Unnested(Rels.filter(input.rel, Conjunctions.of(condition)), input.derived);
    }

    private Unnested projected(Project project, Unnested input) {
        List<RexNode> refs = Rels.refs(input.rel);
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        for (RexNode expression : project.getProjects()) {
            expressions.add(Columns.replaced(withKeys(expression, input.rel, keysOf(input)), refs));
        }
        for (int key : keysOf(input)) {
            names.add(input.rel.getRowType().getFieldNames().get(key));
            expressions.add(refs.get(key));
        }
        return new Unnested(project(input.rel, expressions, names), input.derived);
    }

    private static boolean isOneGroup(Aggregate aggregate) {
        return aggregate.getGroupCount() == 0 && aggregate.getGroupSets().size() == 1;
    }

    private Unnested aggregate(Aggregate aggregate) {
        Unnested groups = grouped(aggregate);
        if (!isOneGroup(aggregate)) {
            return groups;
        }
        // Without groups there is a row for each key, also where there is nothing to aggregate.
        RelNode joined =
                Rels.join(
                        keys,
                        groups.rel,
                        sameKeys(keys, range(0), groups.rel, keysOf(groups), groups.derived),
                        JoinRelType.LEFT);
        List<RexNode> fields = orNothing(aggregate, joined, columns.size());
        List<RexNode> all = new ArrayList<>(fields);
        all.addAll(Rels.refs(joined).subList(0, columns.size()));
        List<String> names = new ArrayList<>(aggregate.getRowType().getFieldNames());
        names.addAll(keys.getRowType().getFieldNames());
        return new Unnested(project(joined, all, names), false);
    }

    /// The aggregate with the keys among its groups.
    private Unnested grouped(Aggregate aggregate) {
        if (aggregate.getGroupSets().size() > 1
                && aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty)) {
            throw unsupported(
                    "A sub-query that groups by all of its rows among other grouping sets cannot refer to the outer query; write it as a join");
        }
        Unnested input = unnested(aggregate.getInput());
        ImmutableBitSet keySet = ImmutableBitSet.of(keysOf(input));
        ImmutableBitSet groups = aggregate.getGroupSet().union(keySet);
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(GroupingSets.ofSet(call, input.rel, groups));
        }
        RelNode grouped =
                LogicalAggregate.create(
                        input.rel,
                        ImmutableList.of(),
                        groups,
                        ImmutableBitSet.ORDERING.immutableSortedCopy(
                                aggregate.getGroupSets().stream()
                                        .map(set -> set.union(keySet))
                                        .toList()),
                        calls);
        int count = aggregate.getGroupCount();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count + calls.size(); i++) {
            order.add(i < count ? i : i + columns.size());
        }
        order.addAll(range(count));
        return new Unnested(picked(grouped, order), input.derived);
    }

    /// The calls' fields, behind those of an outer join; where it found no group, what an aggregate over nothing gives.
    private List<RexNode> orNothing(Aggregate aggregate, RelNode joined, int firstField) {
        List<RexNode> fields = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            RexNode field = Rels.refs(joined).get(firstField + fields.size());
            if (!call.getType().isNullable()) {
                if (!SqlTypeUtil.isExactNumeric(call.getType())) {
                    throw unsupported(
                            call.getAggregation().getName().toLowerCase(Locale.ROOT)
                                    + " in a sub-query that refers to the outer query is not"
                                    + " supported; write it as a join");
                }
                field =
                        rex.makeCall(
                                SqlStdOperatorTable.COALESCE,
                                field,
                                rex.makeExactLiteral(BigDecimal.ZERO, call.getType()));
            }
            fields.add(typed(field, call.getType()));
        }
        return fields;
    }

    private Unnested window(WindowRel window) {
        Unnested input = unnested(window.getInput());
        RelNode rel =
                new WindowRel(
                        input.rel,
                        window.partition().union(ImmutableBitSet.of(keysOf(input))),
                        window.order(),
                        window.calls());
        return widened(rel, input);
    }

    private Unnested unnest(UnnestRel unnest) {
        Unnested input = unnested(unnest.getInput());
        RelNode rel =
                new UnnestRel(
                        input.rel,
                        unnest.lists(),
                        unnest.isNumbered(),
                        unnest.keepsEmpty(),
                        unnest.elements());
        return widened(rel, input);
    }

    /// Brings the keys behind the fields that were put behind those of the input.
    private Unnested widened(RelNode rel, Unnested input) {
        List<Integer> places = keysOf(input);
        int own = input.rel.getRowType().getFieldCount() - places.size();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rel.getRowType().getFieldCount(); i++) {
            if (i < own || i >= own + places.size()) {
                order.add(i);
            }
        }
        order.addAll(places);
        return new Unnested(picked(rel, order), input.derived);
    }

    /// LIMIT counts the rows of each key.
    private Unnested sort(Sort sort) {
        Unnested input = unnested(sort.getInput());
        if (sort.fetch == null && sort.offset == null) {
            return input;
        }
        RelDataType whole = rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        int fields = input.rel.getRowType().getFieldCount();
        RelNode numbered =
                new WindowRel(
                        input.rel,
                        ImmutableBitSet.of(keysOf(input)),
                        sort.getCollation(),
                        List.of(
                                new WindowRel.Call(
                                        WindowFunction.Place.ROW_NUMBER,
                                        List.of(),
                                        false,
                                        false,
                                        WindowFrame.PARTITION,
                                        sort.getCollation().getFieldCollations().size(),
                                        whole)));
        RexNode number = RexInputRef.of(fields, numbered.getRowType());
        BigDecimal offset = sort.offset == null ? BigDecimal.ZERO : number(sort.offset);
        List<RexNode> conditions = new ArrayList<>();
        if (sort.offset != null) {
            conditions.add(
                    rex.makeCall(
                            SqlStdOperatorTable.GREATER_THAN,
                            number,
                            rex.makeBigintLiteral(offset)));
        }
        if (sort.fetch != null) {
            conditions.add(
                    rex.makeCall(
                            SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                            number,
                            rex.makeBigintLiteral(offset.add(number(sort.fetch)))));
        }
        return new Unnested(
                Rels.select(
                        Rels.filter(numbered, conditions),
                        Columns.identity(fields),
                        input.rel.getRowType()),
                input.derived);
    }

    private Unnested once(OnceRel once) {
        Unnested input = unnested(once.getInput());
        Integer number = numbers.computeIfAbsent(once.number(), _ -> input.rel.getId());
        return new Unnested(once.over(input.rel, number), input.derived);
    }

    private static BigDecimal number(RexNode limit) {
        if (limit instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal value) {
            return value;
        }
        throw unsupported(
                "LIMIT and OFFSET of a sub-query that refers to the outer query must be numbers");
    }

    private Unnested join(Join join) {
        JoinRelType type = join.getJoinType();
        boolean onRight = mentions(join.getRight()) || type.generatesNullsOnLeft();
        boolean onLeft =
                mentions(join.getLeft())
                        || type.generatesNullsOnRight()
                        || !type.projectsRight()
                        || !onRight;
        Unnested left = onLeft ? unnested(join.getLeft()) : new Unnested(join.getLeft(), false);
        Unnested right = onRight ? unnested(join.getRight()) : new Unnested(join.getRight(), false);
        if (type == JoinRelType.FULL) {
            left = withoutStrays(left);
            right = withoutStrays(right);
        }
        int leftOwn = join.getLeft().getRowType().getFieldCount();
        int rightOwn = join.getRight().getRowType().getFieldCount();
        int leftAll = left.rel.getRowType().getFieldCount();
        List<Integer> leftKeys = range(leftOwn);
        List<Integer> rightKeys = range(leftAll + rightOwn);
        RelNode product = Rels.join(left.rel, right.rel, List.of(), JoinRelType.INNER);
        int[] positions = new int[leftOwn + rightOwn];
        Arrays.setAll(positions, i -> i < leftOwn ? i : i - leftOwn + leftAll);
        List<RexNode> conditions = new ArrayList<>();
        if (onLeft && onRight) {
            conditions.addAll(
                    sameKeys(
                            left.rel,
                            leftKeys,
                            right.rel,
                            range(rightOwn),
                            left.derived || right.derived));
        }
        for (RexNode conjunct : Conjunctions.of(join.getCondition())) {
            conditions.add(
                    withKeys(
                            Columns.shifted(conjunct, positions),
                            product,
                            onLeft ? leftKeys : rightKeys));
        }
        RelNode joined = Rels.join(left.rel, right.rel, conditions, type);
        List<RexNode> refs = Rels.refs(joined);
        List<RexNode> fields = new ArrayList<>();
        int own = type.projectsRight() ? leftOwn + rightOwn : leftOwn;
        for (int i = 0; i < own; i++) {
            fields.add(refs.get(positions[i]));
        }
        boolean fromLeft = onLeft && type != JoinRelType.RIGHT;
        for (int i = 0; i < columns.size(); i++) {
            fields.add(
                    type == JoinRelType.FULL
                            ? rex.makeCall(
                                    SqlStdOperatorTable.COALESCE,
                                    refs.get(leftKeys.get(i)),
                                    refs.get(rightKeys.get(i)))
                            : refs.get((fromLeft ? leftKeys : rightKeys).get(i)));
        }
        List<String> names = new ArrayList<>();
        fields.forEach(_ -> names.add("f" + names.size()));
        return new Unnested(
                project(joined, fields, names),
                type != JoinRelType.FULL && (fromLeft ? left : right).derived);
    }

    private Unnested setOperation(SetOp operation) {
        List<Unnested> inputs = operation.getInputs().stream().map(this::unnested).toList();
        boolean derived = inputs.stream().allMatch(Unnested::derived);
        return new Unnested(
                operation.copy(
                        operation.getTraitSet(),
                        inputs.stream()
                                .map(input -> derived ? input : withoutStrays(input))
                                .map(Unnested::rel)
                                .toList(),
                        operation.all),
                derived);
    }

    /// Without the rows that belong to no key.
    private Unnested withoutStrays(Unnested unnested) {
        List<RexNode> known = new ArrayList<>();
        for (int key : unnested.derived ? keysOf(unnested) : List.<Integer>of()) {
            RexNode ref = Rels.refs(unnested.rel).get(key);
            if (ref.getType().isNullable()) {
                known.add(rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, ref));
            }
        }
        return new Unnested(Rels.filter(unnested.rel, known), false);
    }

    /// That the keys of both sides are the same; NULL is a key as any other, unless columns stand in for keys.
    private List<RexNode> sameKeys(
            RelNode left,
            List<Integer> lefts,
            RelNode right,
            List<Integer> rights,
            boolean derived) {
        List<RexNode> conditions = new ArrayList<>();
        int moved = left.getRowType().getFieldCount();
        for (int i = 0; i < columns.size(); i++) {
            RexNode one = RexInputRef.of(lefts.get(i), left.getRowType());
            RexNode other = RexInputRef.of(rights.get(i), right.getRowType());
            boolean plain = derived || !one.getType().isNullable() || !other.getType().isNullable();
            conditions.add(
                    rex.makeCall(
                            plain
                                    ? SqlStdOperatorTable.EQUALS
                                    : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                            one,
                            Columns.moved(other, moved)));
        }
        return conditions;
    }

    /// The expression with references to the outer row read from the keys' places in these rows.
    private RexNode withKeys(RexNode expression, RelNode rows, List<Integer> places) {
        return expression.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitFieldAccess(RexFieldAccess access) {
                        return access.getReferenceExpr() instanceof RexCorrelVariable variable
                                        && variable.id.equals(id)
                                ? Rels.refs(rows)
                                        .get(
                                                places.get(
                                                        columns.indexOf(
                                                                access.getField().getIndex())))
                                : super.visitFieldAccess(access);
                    }
                });
    }

    private List<Integer> keysOf(Unnested unnested) {
        return range(unnested.rel.getRowType().getFieldCount() - columns.size());
    }

    /// The places of the keys from that one on.
    private List<Integer> range(int first) {
        return ImmutableBitSet.range(first, first + columns.size()).asList();
    }

    /// The first fields, then the keys.
    private static RelNode arranged(RelNode rel, int fields, List<Integer> keyPlaces) {
        List<Integer> order = new ArrayList<>(ImmutableBitSet.range(fields).asList());
        order.addAll(keyPlaces);
        return picked(rel, order);
    }

    private static RelNode picked(RelNode rel, List<Integer> order) {
        List<RexNode> refs = Rels.refs(rel);
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int field : order) {
            expressions.add(refs.get(field));
            names.add(rel.getRowType().getFieldNames().get(field));
        }
        return project(rel, expressions, names);
    }

    private RexNode typed(RexNode value, RelDataType type) {
        return value.getType().equals(type) ? value : rex.makeCast(type, value, true, false);
    }

    private static RelNode project(RelNode input, List<RexNode> expressions, List<String> names) {
        return LogicalProject.create(
                input, ImmutableList.of(), expressions, names, ImmutableSet.of());
    }
}
