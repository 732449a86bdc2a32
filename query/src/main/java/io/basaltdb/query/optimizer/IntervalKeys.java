package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.IntervalFunctions;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/// Intervals of one length are equal, though they may have other parts: `1 month` is `30 days`. So whatever compares, groups, orders or counts them does it by
/// `interval_length`; a group's interval is the least in the order in which they are kept. Their sums are those of their parts. What compares lists and structs of
/// intervals is refused.
final class IntervalKeys extends RexShuttle {
    private static final Set<String> BY_EQUALITY =
            Set.of(
                    "list_contains",
                    "list_position",
                    "indexof",
                    "list_has_any",
                    "list_has_all",
                    "list_distinct",
                    "list_unique",
                    "list_intersect",
                    "list_max",
                    "list_min",
                    "list_sort",
                    "list_reverse_sort",
                    "array_extract",
                    "map_contains",
                    "greatest",
                    "least");

    private static final FunctionOperator LENGTH =
            new FunctionOperator(IntervalFunctions.LENGTH.name(), IntervalFunctions.LENGTH);

    private final RexBuilder rex;

    IntervalKeys(RexBuilder rex) {
        this.rex = rex;
    }

    @SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>(rel.getInputs().size());
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        RelNode same = changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
        return switch (same.accept(this)) {
            case Aggregate aggregate -> aggregate(aggregate);
            case Sort sort -> sort(sort);
            case WindowRel window -> window(window);
            case RecursionRel recursion when recursion.isDistinct() -> recursion(recursion);
            case RelNode other -> other;
        };
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        if (!(visited instanceof RexCall now)
                || now.getOperands().stream().noneMatch(each -> hasIntervals(each.getType()))) {
            return visited;
        }
        return switch (now.getKind()) {
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL -> comparison(now);
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> comparison(now);
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> comparison(now);
            default -> {
                boolean isNested =
                        now.getOperands().stream().anyMatch(each -> isNested(each.getType()));
                if (isNested
                        && !isPlaceOfList(now)
                        && now.getOperator() instanceof CatalogOperator operator
                        && BY_EQUALITY.contains(operator.function().name())) {
                    throw refused(operator.function().name());
                }
                yield now;
            }
        };
    }

    /// `l[1]`, which looks for nothing.
    private static boolean isPlaceOfList(RexCall call) {
        return call.getOperator().getName().equals("array_extract")
                && RelTypes.toType(call.getOperands().getFirst().getType()) instanceof Type.Array;
    }

    private RexNode comparison(RexCall call) {
        List<RexNode> lengths = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (isNested(operand.getType())) {
                throw refused("A comparison");
            }
            lengths.add(length(operand));
        }
        return rex.makeCall(call.getType(), call.getOperator(), lengths);
    }

    private RexNode length(RexNode interval) {
        return rex.makeCall(
                RelTypes.toRel(
                        rex.getTypeFactory(),
                        new Type.Decimal(Type.Decimal.MAX_PRECISION, 0),
                        interval.getType().isNullable()),
                LENGTH,
                List.of(interval));
    }

    static BasaltException refused(String what) {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                what
                        + " of lists, structs or maps with intervals in them is not supported, since intervals of other parts can be equal; compare their elements, or a cast to TEXT");
    }

    private static boolean hasIntervals(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case OTHER, ARRAY, MAP, ROW ->
                    RelTypes.isKnown(type) && Type.hasIntervals(RelTypes.toType(type));
            default -> false;
        };
    }

    private static boolean isInterval(RelDataType type) {
        return type instanceof OwnRelType own && own.type() instanceof Type.CalendarInterval;
    }

    private static boolean isNested(RelDataType type) {
        return hasIntervals(type) && !isInterval(type);
    }

    private RelNode recursion(RecursionRel recursion) {
        boolean has =
                recursion.getRowType().getFieldList().stream()
                        .anyMatch(field -> hasIntervals(field.getType()));
        if (has) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "A recursive UNION of intervals is not supported; write UNION ALL, or cast them to TEXT");
        }
        return recursion;
    }

    private RelNode sort(Sort sort) {
        Lengths lengths = new Lengths(sort.getInput(), "ORDER BY");
        RelCollation order = lengths.order(sort.getCollation());
        if (lengths.isEmpty()) {
            return sort;
        }
        RelNode sorted = LogicalSort.create(lengths.input(), order, sort.offset, sort.fetch);
        return Rels.select(
                sorted, Columns.identity(sort.getRowType().getFieldCount()), sort.getRowType());
    }

    private RelNode window(WindowRel window) {
        int fields = window.getInput().getRowType().getFieldCount();
        Lengths lengths = new Lengths(window.getInput(), "PARTITION BY or ORDER BY");
        ImmutableBitSet partition = lengths.keys(window.partition());
        RelCollation order = lengths.order(window.order());
        List<WindowRel.Call> calls = new ArrayList<>();
        for (WindowRel.Call call : window.calls()) {
            boolean counts = call.distinct();
            calls.add(
                    new WindowRel.Call(
                            call.function(),
                            counts ? lengths.keys(call.arguments()) : call.arguments(),
                            call.distinct(),
                            call.ignoreNulls(),
                            call.frame(),
                            call.orderKeys(),
                            call.type()));
        }
        if (lengths.isEmpty()) {
            return window;
        }
        RelNode input = lengths.input();
        int more = input.getRowType().getFieldCount() - fields;
        int[] columns = new int[window.getRowType().getFieldCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i < fields ? i : i + more;
        }
        return Rels.select(
                new WindowRel(input, partition, order, calls), columns, window.getRowType());
    }

    private RelNode aggregate(Aggregate aggregate) {
        Lengths lengths = new Lengths(aggregate.getInput(), "A grouping");
        ImmutableBitSet keys = lengths.keys(aggregate.getGroupSet());
        List<AggregateCall> calls = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            results.add(call(call, lengths, calls));
        }
        if (lengths.isEmpty()) {
            return aggregate;
        }
        Map<Integer, Integer> least = new LinkedHashMap<>();
        for (int key : aggregate.getGroupSet()) {
            if (lengths.of(key) != key) {
                least.put(key, calls.size());
                calls.add(plain(SqlStdOperatorTable.MIN, List.of(key), -1, "least" + key));
            }
        }
        List<ImmutableBitSet> sets = aggregate.getGroupSets().stream().map(lengths::keys).toList();
        RelNode input = lengths.input();
        boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
        List<AggregateCall> typed =
                calls.stream().map(call -> GroupingSets.ofSet(call, input, keys)).toList();
        RelNode grouped =
                LogicalAggregate.create(
                        input,
                        ImmutableList.of(),
                        keys,
                        simple ? null : ImmutableBitSet.ORDERING.immutableSortedCopy(sets),
                        typed);
        List<RexNode> expressions = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            RexNode ref = RexInputRef.of(keys.indexOf(lengths.of(key)), grouped.getRowType());
            if (least.containsKey(key)) {
                RexNode value =
                        RexInputRef.of(keys.cardinality() + least.get(key), grouped.getRowType());
                // Where the set does not have the key, the least of all rows is not meant.
                ref =
                        simple
                                ? value
                                : rex.makeCall(
                                        SqlStdOperatorTable.CASE,
                                        rex.makeCall(SqlStdOperatorTable.IS_NULL, ref),
                                        rex.makeNullLiteral(value.getType()),
                                        value);
            }
            expressions.add(ref);
        }
        for (Result result : results) {
            expressions.add(result.of(grouped.getRowType(), keys.cardinality()));
        }
        List<RexNode> same = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            RelDataType type = aggregate.getRowType().getFieldList().get(i).getType();
            RexNode value = expressions.get(i);
            same.add(value.getType().equals(type) ? value : rex.makeCast(type, value, true, false));
        }
        return LogicalProject.create(
                grouped,
                ImmutableList.of(),
                same,
                aggregate.getRowType().getFieldNames(),
                ImmutableSet.of());
    }

    /// A call's value from the row of its group.
    private interface Result {
        RexNode of(RelDataType row, int keys);
    }

    private Result call(AggregateCall call, Lengths lengths, List<AggregateCall> calls) {
        if (call.getAggregation() instanceof IntervalAggregate sum) {
            return sum(sum, call, lengths, calls);
        }
        int at = calls.size();
        RelCollation order = lengths.order(call.getCollation());
        List<Integer> arguments = call.getArgList();
        if (isByEquality(call) || GroupingSets.isGrouping(call)) {
            arguments = lengths.keys(arguments);
        } else {
            int ordered =
                    call.getAggregation() instanceof AggregateOperator operator
                            ? operator.parameters().order().size()
                            : 0;
            List<Integer> own = arguments.subList(0, arguments.size() - ordered);
            checkKept(call, own, lengths);
            List<Integer> all = new ArrayList<>(own);
            all.addAll(lengths.keys(arguments.subList(own.size(), arguments.size())));
            arguments = all;
        }
        calls.add(call.withArgList(arguments).withCollation(order));
        return (row, keys) -> RexInputRef.of(keys + at, row);
    }

    /// Whether the call counts different values and gives none of them.
    private static boolean isByEquality(AggregateCall call) {
        if (call.getAggregation() instanceof AggregateOperator operator) {
            return operator.function() == AggregateFunction.APPROX_COUNT_DISTINCT
                    || operator.function() == AggregateFunction.APPROX_COUNT_DISTINCT_STATE
                    || operator.function() == AggregateFunction.ENTROPY;
        }
        return call.getAggregation().getKind() == SqlKind.COUNT && call.isDistinct();
    }

    /// What finds equal values among its own cannot give one of them.
    private static void checkKept(AggregateCall call, List<Integer> arguments, Lengths lengths) {
        boolean orders =
                call.getAggregation().getKind() == SqlKind.MIN
                        || call.getAggregation().getKind() == SqlKind.MAX;
        boolean compares = call.isDistinct() && !orders;
        if (call.getAggregation() instanceof AggregateOperator operator) {
            compares |=
                    operator.function() == AggregateFunction.MODE
                            || operator.function() == AggregateFunction.HISTOGRAM;
            orders |=
                    operator.function() == AggregateFunction.ARG_MIN
                            || operator.function() == AggregateFunction.ARG_MAX;
        }
        for (int argument : arguments) {
            RelDataType type = lengths.type(argument);
            if (hasIntervals(type) && (compares || (orders && isNested(type)))) {
                throw new BasaltException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        call.getAggregation()
                                        .getName()
                                        .replace(String.valueOf(AggregateOperator.PARAMETERS), " ")
                                        .strip()
                                + (call.isDistinct() ? "(DISTINCT …)" : "(…)")
                                + " of intervals is not supported, since intervals of other parts can be equal; group by them, or cast them to TEXT");
            }
        }
    }

    private Result sum(
            IntervalAggregate sum, AggregateCall call, Lengths lengths, List<AggregateCall> calls) {
        if (call.isDistinct()) {
            throw IntervalSums.distinct();
        }
        int at = calls.size();
        int argument = call.getArgList().getFirst();
        for (ScalarFunction part : IntervalFunctions.PARTS_OF) {
            int column = lengths.with(argument, part, Type.BIGINT);
            calls.add(
                    plain(
                            SqlStdOperatorTable.SUM,
                            List.of(column),
                            call.filterArg,
                            "part" + calls.size()));
        }
        if (sum.isAverage()) {
            calls.add(
                    plain(
                            SqlStdOperatorTable.COUNT,
                            List.of(argument),
                            call.filterArg,
                            "count" + calls.size()));
        }
        return (row, keys) -> {
            List<RexNode> parts = new ArrayList<>();
            for (int i = 0; i < IntervalFunctions.PARTS_OF.size(); i++) {
                parts.add(RexInputRef.of(keys + at + i, row));
            }
            return IntervalSums.put(
                    rex,
                    parts,
                    sum.isAverage() ? RexInputRef.of(keys + at + parts.size(), row) : null);
        };
    }

    /// A call whose type is found when the input is there.
    private AggregateCall plain(
            SqlAggFunction function, List<Integer> arguments, int filter, String name) {
        return AggregateCall.create(
                function,
                false,
                false,
                false,
                ImmutableList.of(),
                arguments,
                filter,
                null,
                RelCollations.EMPTY,
                rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                name);
    }

    /// An input and, behind its fields, the lengths of its intervals that somebody asked for.
    private final class Lengths {
        private final RelNode input;
        private final String what;
        private final List<RexNode> added = new ArrayList<>();
        private final Map<String, Integer> known = new LinkedHashMap<>();

        Lengths(RelNode input, String what) {
            this.input = input;
            this.what = what;
        }

        boolean isEmpty() {
            return added.isEmpty();
        }

        RelDataType type(int field) {
            return input.getRowType().getFieldList().get(field).getType();
        }

        /// The field, or that of its length where it is an interval.
        int of(int field) {
            if (isNested(type(field))) {
                throw refused(what);
            }
            return isInterval(type(field))
                    ? add(field + " length", length(RexInputRef.of(field, input.getRowType())))
                    : field;
        }

        /// The field that has the function's value of that one.
        int with(int field, ScalarFunction function, Type result) {
            return add(
                    field + function.name(),
                    IntervalSums.called(
                            rex,
                            function,
                            result,
                            List.of(RexInputRef.of(field, input.getRowType()))));
        }

        private int add(String name, RexNode value) {
            return known.computeIfAbsent(
                    name,
                    _ -> {
                        added.add(value);
                        return input.getRowType().getFieldCount() + added.size() - 1;
                    });
        }

        ImmutableBitSet keys(ImmutableBitSet fields) {
            return ImmutableBitSet.of(fields.asList().stream().map(this::of).toList());
        }

        List<Integer> keys(List<Integer> fields) {
            return fields.stream().map(this::of).toList();
        }

        RelCollation order(RelCollation order) {
            List<RelFieldCollation> fields = new ArrayList<>();
            for (RelFieldCollation field : order.getFieldCollations()) {
                fields.add(field.withFieldIndex(of(field.getFieldIndex())));
            }
            return RelCollations.of(fields);
        }

        RelNode input() {
            List<RexNode> expressions = new ArrayList<>(Rels.refs(input));
            expressions.addAll(added);
            List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
            for (int i = 0; i < added.size(); i++) {
                names.add("length" + i);
            }
            return LogicalProject.create(
                    input, ImmutableList.of(), expressions, names, ImmutableSet.of());
        }
    }
}
