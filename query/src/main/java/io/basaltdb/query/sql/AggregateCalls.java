package io.basaltdb.query.sql;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.query.optimizer.AggregateOperator;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Aggregates in all their spellings as calls of our operators. What is the same for all rows, a separator or a fraction, becomes part of the operator; keys of
/// an ORDER BY inside become arguments.
///
/// - `string_agg(x, ',' ORDER BY y)`, `group_concat(x SEPARATOR ',')`, `listagg(x, ',') WITHIN GROUP (ORDER BY y)`
/// - `array_agg(x ORDER BY y)`, `list(x)`, `groupArray(x)`
/// - `percentile_cont(0.9) WITHIN GROUP (ORDER BY x)`, `quantile_cont(x, 0.9)`, `quantile(0.9)(x)`, `median(x)`
/// - `quantile_cont(x, [0.5, 0.9])`, `quantiles(0.5, 0.9)(x)`: a list of several
/// - `approx_quantile(x, 0.9)`, `approx_top_k(x, 3)`, `topK(3)(x)`
/// - `first(x ORDER BY y)`, `mode() WITHIN GROUP (ORDER BY x)`
/// - `sumIf(x, condition)` and every other aggregate with `If` behind its name: `sum(x) FILTER (WHERE condition)`
final class AggregateCalls {
    /// Behind the name of `name(parameters)(arguments)`, whose parameters then come first ([Shorthand]).
    static final String PARAMETRIC = "()";

    private static final Set<String> TEXTS =
            Set.of("string_agg", "group_concat", "groupconcat", "listagg");
    private static final Set<String> JSON_LISTS =
            Set.of("json_agg", "jsonb_agg", "json_group_array");
    private static final Set<String> JSON_OBJECTS =
            Set.of("json_object_agg", "jsonb_object_agg", "json_group_object");
    private static final Set<String> LISTS = Set.of("array_agg", "list", "grouparray");
    private static final Set<String> CONTINUOUS =
            Set.of("quantile_cont", "percentile_cont", "quantileinterpolatedweighted");
    private static final Set<String> DISCRETE =
            Set.of("quantile_disc", "percentile_disc", "quantile");
    private static final Set<String> APPROXIMATE =
            Set.of("approx_quantile", "approx_percentile", "percentile_approx");
    private static final String MERGED = "approx_quantile_merge";
    private static final Set<String> TOP = Set.of("approx_top_k", "topk");
    private static final int CLICKHOUSE_TOP = 10;

    /// Of ClickHouse: the fraction in parentheses of its own, 0.5 where there is none. All are exact here.
    private static final Set<String> CLICKHOUSE_CONTINUOUS =
            Set.of(
                    "quantile",
                    "quantiledeterministic",
                    "quantiletdigest",
                    "quantiletiming",
                    "quantilebfloat16",
                    "quantiledd",
                    "quantilegk",
                    "quantileexactinclusive",
                    "quantiles");

    private static final Set<String> CLICKHOUSE_DISCRETE =
            Set.of("quantileexact", "quantileexactlow", "quantileexacthigh", "quantilesexact");
    private static final Set<String> ENDS = Set.of("first", "last");
    private static final Set<String> PAIRS =
            Set.of(
                    "covar_pop",
                    "covar_samp",
                    "covarpop",
                    "covarsamp",
                    "corr",
                    "regr_slope",
                    "regr_intercept",
                    "regr_r2",
                    "regr_avgx",
                    "regr_avgy",
                    "regr_sxx",
                    "regr_syy",
                    "regr_sxy");

    /// Aggregates, beside those of JSON, whose answer depends on the order of the rows.
    private static final Set<String> ORDERED =
            Set.of("listagg", "groupconcat", "first", "last", "list", "grouparray");

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);
    private static final Fractions MEDIAN = new Fractions(List.of(0.5), false);

    private AggregateCalls() {}

    /// Whether an ORDER BY inside a call of that name decides the answer.
    static boolean isOrdered(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ORDERED.contains(lower)
                || JSON_LISTS.contains(lower)
                || JSON_OBJECTS.contains(lower);
    }

    /// Whether a name may be followed by two lists: `quantile(0.9)(x)`.
    static boolean isParametric(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = withoutIf(lower);
        return isQuantile(plain) || TOP.contains(plain);
    }

    /// Whether the name is that of an aggregate, be it an operator or a spelling that [#call] knows.
    static boolean isAggregate(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Operators.isAggregate(lower)
                || TEXTS.contains(lower)
                || LISTS.contains(lower)
                || JSON_LISTS.contains(lower)
                || JSON_OBJECTS.contains(lower)
                || CONTINUOUS.contains(lower)
                || DISCRETE.contains(lower)
                || CLICKHOUSE_CONTINUOUS.contains(lower)
                || CLICKHOUSE_DISCRETE.contains(lower)
                || ENDS.contains(lower)
                || APPROXIMATE.contains(lower)
                || lower.equals(MERGED)
                || TOP.contains(lower)
                || lower.equals("median")
                || lower.equals("uniqexact");
    }

    private static String withoutIf(String lower) {
        return lower.endsWith("if") ? lower.substring(0, lower.length() - 2) : lower;
    }

    /// The call of our operator that a call by name means; null where the name is none of these.
    static @Nullable SqlNode call(SqlCall call, String name, List<SqlNode> operands) {
        SqlParserPos position = call.getParserPosition();
        if (name.endsWith("if") && operands.size() > 1 && isAggregate(base(name))) {
            return filtered(call, name, operands);
        }
        if (name.endsWith(PARAMETRIC)) {
            return parametric(call, name, operands);
        }
        if (TEXTS.contains(name)) {
            return texts(call, operands);
        }
        if (LISTS.contains(name) && !operands.isEmpty()) {
            return list(call, operands);
        }
        if (JSON_LISTS.contains(name) && operands.size() == 1) {
            return json(call, AggregateFunction.JSON_AGG, operands.getFirst());
        }
        if (JSON_OBJECTS.contains(name) && operands.size() == 2) {
            return json(
                    call,
                    AggregateFunction.JSON_OBJECT_AGG,
                    SyntaxRewrite.named(position, "json_object", operands));
        }
        if (CONTINUOUS.contains(name) && operands.size() == 2) {
            return quantile(call, operands.get(0), true, fractions(operands.get(1)));
        }
        if (DISCRETE.contains(name) && operands.size() == 2) {
            return quantile(call, operands.get(0), false, fractions(operands.get(1)));
        }
        if (APPROXIMATE.contains(name) && operands.size() == 2) {
            SqlNode value = cast(operands.get(0), SqlTypeName.DOUBLE);
            return approximate(
                    call, AggregateFunction.APPROX_QUANTILE, value, fractions(operands.get(1)));
        }
        if (name.equals("approx_quantile_state") && operands.size() == 1) {
            return SyntaxRewrite.named(
                    position,
                    name,
                    List.of(cast(operands.getFirst(), SqlTypeName.DOUBLE)),
                    call.getFunctionQuantifier());
        }
        if (name.equals(MERGED) && operands.size() == 2) {
            return approximate(
                    call,
                    AggregateFunction.APPROX_QUANTILE_MERGE,
                    operands.get(0),
                    fractions(operands.get(1)));
        }
        if (TOP.contains(name) && (operands.size() == 2 || name.equals("topk"))) {
            int count = operands.size() == 2 ? count(operands.get(1)) : CLICKHOUSE_TOP;
            return operands.size() > 2 ? null : top(call, operands.get(0), count);
        }
        if ((name.equals("median") || CLICKHOUSE_CONTINUOUS.contains(name))
                && operands.size() == 1) {
            return quantile(call, operands.getFirst(), true, MEDIAN);
        }
        if (CLICKHOUSE_DISCRETE.contains(name) && operands.size() == 1) {
            return quantile(call, operands.getFirst(), false, MEDIAN);
        }
        if (PAIRS.contains(name) && operands.size() == 2) {
            return SyntaxRewrite.named(
                    position,
                    name.startsWith("covar") && !name.contains("_")
                            ? "covar_" + name.substring("covar".length())
                            : name,
                    operands.stream()
                            .<SqlNode>map(operand -> cast(operand, SqlTypeName.DOUBLE))
                            .toList(),
                    call.getFunctionQuantifier());
        }
        if (name.equals("uniqexact") && !operands.isEmpty()) {
            return SqlStdOperatorTable.COUNT.createCall(
                    SqlSelectKeyword.DISTINCT.symbol(position), position, operands);
        }
        return null;
    }

    private static String base(String name) {
        String plain = withoutIf(name.endsWith(PARAMETRIC) ? unmarked(name) : name);
        return plain;
    }

    private static String unmarked(String name) {
        return name.substring(0, name.length() - PARAMETRIC.length());
    }

    /// `sumIf(x, condition)`: the last argument is the condition.
    private static SqlNode filtered(SqlCall call, String name, List<SqlNode> operands) {
        String base = withoutIf(name);
        List<SqlNode> arguments = operands.subList(0, operands.size() - 1);
        SqlCall plain =
                SyntaxRewrite.named(
                        call.getParserPosition(), base, arguments, call.getFunctionQuantifier());
        @Nullable SqlNode ours = call(plain, base, arguments);
        return SqlStdOperatorTable.FILTER.createCall(
                call.getParserPosition(), ours == null ? plain : ours, operands.getLast());
    }

    /// `quantile(0.9)(x)`, `quantileIf(0.9)(x, condition)`: the parameter comes first.
    private static @Nullable SqlNode parametric(SqlCall call, String name, List<SqlNode> operands) {
        String plain = unmarked(name);
        boolean filtered = !isQuantile(plain) && !TOP.contains(plain);
        int parameters = operands.size() - (filtered ? 2 : 1);
        String base = filtered ? withoutIf(plain) : plain;
        boolean several = base.startsWith("quantiles");
        if (parameters < 1 || (parameters > 1 && !several)) {
            return null;
        }
        SqlNode value = operands.get(parameters);
        SqlNode aggregate =
                TOP.contains(base)
                        ? top(call, value, count(operands.getFirst()))
                        : quantile(
                                call,
                                value,
                                CLICKHOUSE_CONTINUOUS.contains(base),
                                new Fractions(
                                        operands.subList(0, parameters).stream()
                                                .map(AggregateCalls::fraction)
                                                .toList(),
                                        several));
        return filtered
                ? SqlStdOperatorTable.FILTER.createCall(
                        call.getParserPosition(), aggregate, operands.getLast())
                : aggregate;
    }

    private static SqlNode top(SqlCall call, SqlNode value, int count) {
        return operator(
                        "approx_top_k",
                        AggregateFunction.TOP_K,
                        AggregateParameters.of(List.of((double) count)),
                        AggregateCalls::listOf,
                        OperandTypes.ANY)
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), value);
    }

    private static int count(SqlNode node) {
        if (node instanceof SqlNumericLiteral number && number.isInteger()) {
            BigDecimal count = number.getValueAs(BigDecimal.class);
            if (count.signum() > 0 && count.compareTo(MOST) <= 0) {
                return count.intValueExact();
            }
        }
        throw SyntaxRewrite.unsupported(
                node.getParserPosition(), "How many values there are to be is a number from 1 on");
    }

    private static SqlNode approximate(
            SqlCall call, AggregateFunction function, SqlNode value, Fractions fractions) {
        return operator(
                        function.name().toLowerCase(Locale.ROOT),
                        function,
                        AggregateParameters.of(fractions.numbers()),
                        binding ->
                                RelTypes.toRel(
                                        binding.getTypeFactory(),
                                        fractions.typeOf(Type.DOUBLE),
                                        true),
                        OperandTypes.ANY)
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), value);
    }

    /// One fraction, or a list of them, of which a list of quantiles comes.
    private record Fractions(List<Double> numbers, boolean isList) {
        Type typeOf(Type one) {
            return isList ? new Type.Array(one) : one;
        }
    }

    private static Fractions fractions(SqlNode node) {
        boolean isList =
                node.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
                        || (node instanceof SqlCall call
                                && call.getOperator().getName().equalsIgnoreCase("list_value"));
        return isList
                ? new Fractions(
                        ((SqlCall) node)
                                .getOperandList().stream().map(AggregateCalls::fraction).toList(),
                        true)
                : new Fractions(List.of(fraction(node)), false);
    }

    private static boolean isQuantile(String name) {
        return CLICKHOUSE_CONTINUOUS.contains(name) || CLICKHOUSE_DISCRETE.contains(name);
    }

    /// `ARRAY_AGG(x [ORDER BY …])`
    static SqlNode list(SqlCall call, List<SqlNode> operands) {
        AggregateOperator operator =
                operator(
                        "array_agg",
                        AggregateFunction.ARRAY_AGG,
                        AggregateParameters.NONE,
                        AggregateCalls::listOf,
                        OperandTypes.VARIADIC);
        SqlCall list =
                operator.createCall(
                        call.getFunctionQuantifier(),
                        call.getParserPosition(),
                        List.of(operands.getFirst()));
        return operands.size() == 2 && operands.get(1) instanceof SqlNodeList order
                ? ordered(operator, list, order, operands.getFirst())
                : list;
    }

    /// @param value of one row; for an object that of its one member
    private static SqlNode json(SqlCall call, AggregateFunction function, SqlNode value) {
        return operator(
                        function.name().toLowerCase(Locale.ROOT),
                        function,
                        AggregateParameters.NONE,
                        binding -> RelTypes.toRel(binding.getTypeFactory(), Type.JSON, true),
                        OperandTypes.VARIADIC)
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), List.of(value));
    }

    private static RelDataType listOf(SqlOperatorBinding binding) {
        Type element = RelTypes.toType(binding.getOperandType(0));
        return RelTypes.toRel(binding.getTypeFactory(), new Type.Array(element), true);
    }

    /// `JSON_ARRAYAGG(x [ORDER BY …] [NULL ON NULL])`: without the clause, NULLs are left out.
    static SqlNode jsonList(SqlCall call, boolean withNulls) {
        SqlNode value = call.operand(0);
        SqlNode list = json(call, AggregateFunction.JSON_AGG, value);
        if (call.operandCount() == 2 && call.operand(1) instanceof SqlNodeList order) {
            @Nullable SqlNode ordered = withinGroup(list, order);
            assert ordered != null;
            list = ordered;
        }
        SqlParserPos position = call.getParserPosition();
        return withNulls
                ? list
                : SqlStdOperatorTable.FILTER.createCall(
                        position,
                        list,
                        SqlStdOperatorTable.IS_NOT_NULL.createCall(position, value));
    }

    /// `STRING_AGG(x [, separator] [ORDER BY …] [SEPARATOR separator])`
    static SqlNode texts(SqlCall call, List<SqlNode> operands) {
        String separator = ",";
        @Nullable SqlNodeList order = null;
        List<SqlNode> plain = new ArrayList<>();
        for (SqlNode operand : operands) {
            if (operand instanceof SqlNodeList keys) {
                order = keys;
            } else if (operand.getKind() == SqlKind.SEPARATOR) {
                separator = text(((SqlCall) operand).operand(0));
            } else {
                plain.add(operand);
            }
        }
        if (plain.isEmpty() || plain.size() > 2) {
            throw SyntaxRewrite.unsupported(
                    call.getParserPosition(),
                    "string_agg takes a text and a separator, both before ORDER BY");
        }
        if (plain.size() == 2) {
            separator = text(plain.get(1));
        }
        AggregateOperator operator =
                operator(
                        "string_agg",
                        AggregateFunction.STRING_AGG,
                        AggregateParameters.separatedBy(separator),
                        binding -> RelTypes.toRel(binding.getTypeFactory(), Type.TEXT, true),
                        OperandTypes.VARIADIC);
        SqlCall texts =
                operator.createCall(
                        call.getFunctionQuantifier(),
                        call.getParserPosition(),
                        List.of(cast(plain.getFirst(), SqlTypeName.VARCHAR)));
        return order == null ? texts : ordered(operator, texts, order, plain.getFirst());
    }

    private static String text(SqlNode node) {
        if (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR) {
            return literal.getValueAs(String.class);
        }
        throw SyntaxRewrite.unsupported(
                node.getParserPosition(), "The separator must be a text in quotes");
    }

    private static double fraction(SqlNode node) {
        if (node instanceof SqlNumericLiteral number) {
            BigDecimal fraction = number.getValueAs(BigDecimal.class);
            if (fraction.signum() >= 0 && fraction.compareTo(BigDecimal.ONE) <= 0) {
                return fraction.doubleValue();
            }
        }
        throw SyntaxRewrite.unsupported(
                node.getParserPosition(),
                "The fraction must be a number from 0 to 1, or a list of such numbers");
    }

    private static SqlCall quantile(
            SqlCall call, SqlNode value, boolean continuous, Fractions fractions) {
        AggregateParameters parameters = AggregateParameters.of(fractions.numbers());
        AggregateOperator operator =
                continuous
                        ? operator(
                                "quantile_cont",
                                AggregateFunction.QUANTILE_CONT,
                                parameters,
                                binding -> between(binding, fractions),
                                OperandTypes.or(OperandTypes.NUMERIC, OperandTypes.DATETIME))
                        : operator(
                                "quantile_disc",
                                AggregateFunction.QUANTILE_DISC,
                                parameters,
                                fractions.isList()
                                        ? AggregateCalls::listOf
                                        : ReturnTypes.ARG0_FORCE_NULLABLE,
                                OperandTypes.ANY);
        return operator.createCall(
                call.getFunctionQuantifier(), call.getParserPosition(), List.of(value));
    }

    /// The type of a value between two of the operand's.
    private static RelDataType between(SqlOperatorBinding binding, Fractions fractions) {
        Type type = RelTypes.toType(binding.getOperandType(0));
        Type between =
                switch (type) {
                    case Type.Timestamp _, Type.TimestampTz _ -> type;
                    case Type.Date _ -> Type.TIMESTAMP;
                    default -> Type.DOUBLE;
                };
        return RelTypes.toRel(binding.getTypeFactory(), fractions.typeOf(between), true);
    }

    /// `call WITHIN GROUP (ORDER BY …)`; null where the order decides nothing.
    static @Nullable SqlNode withinGroup(SqlNode inner, SqlNodeList order) {
        if (!(inner instanceof SqlCall call)) {
            return null;
        }
        if (call.getKind() == SqlKind.FILTER) {
            @Nullable SqlNode ordered = withinGroup(call.operand(0), order);
            return ordered == null
                    ? null
                    : SqlStdOperatorTable.FILTER.createCall(
                            call.getParserPosition(), ordered, call.operand(1));
        }
        if (call.getOperator() instanceof AggregateOperator operator) {
            return ordered(operator, call, order, uncast(call.operand(0)));
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean one = order.size() == 1;
        boolean continuous = CONTINUOUS.contains(name);
        if (one && (continuous || DISCRETE.contains(name)) && call.operandCount() == 1) {
            SqlNode key = order.get(0);
            SqlCall quantile = quantile(call, value(key), continuous, fractions(call.operand(0)));
            return ((AggregateOperator) quantile.getOperator())
                    .orderedBy(List.of(direction(key)))
                    .createCall(
                            call.getFunctionQuantifier(),
                            call.getParserPosition(),
                            quantile.getOperandList());
        }
        if (one && name.equals("mode") && call.operandCount() == 0) {
            return operator(
                            "mode",
                            AggregateFunction.MODE,
                            AggregateParameters.NONE.orderedBy(List.of(direction(order.get(0)))),
                            ReturnTypes.ARG0_FORCE_NULLABLE,
                            OperandTypes.ANY)
                    .createCall(call.getParserPosition(), value(order.get(0)));
        }
        if (ENDS.contains(name) && call.operandCount() == 1) {
            AggregateOperator operator =
                    operator(
                            name,
                            name.equals("first") ? AggregateFunction.FIRST : AggregateFunction.LAST,
                            AggregateParameters.NONE,
                            ReturnTypes.ARG0_FORCE_NULLABLE,
                            OperandTypes.VARIADIC);
            return ordered(operator, call, order, call.operand(0));
        }
        return null;
    }

    private static SqlNode uncast(SqlNode node) {
        return node.getKind() == SqlKind.CAST ? ((SqlCall) node).operand(0) : node;
    }

    /// The call with the keys as further arguments.
    private static SqlNode ordered(
            AggregateOperator operator, SqlCall call, SqlNodeList order, SqlNode value) {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        List<Direction> directions = new ArrayList<>();
        boolean distinct =
                call.getFunctionQuantifier() != null
                        && call.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT;
        for (SqlNode key : order) {
            SqlNode by = value(key);
            if (distinct && !by.equalsDeep(value, org.apache.calcite.util.Litmus.IGNORE)) {
                throw SyntaxRewrite.unsupported(
                        by.getParserPosition(),
                        "With DISTINCT, an aggregate can be ordered by its argument only");
            }
            operands.add(by);
            directions.add(direction(key));
        }
        return operator.orderedBy(directions)
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
    }

    private static SqlNode value(SqlNode key) {
        return switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> value(((SqlCall) key).operand(0));
            default -> key;
        };
    }

    private static Direction direction(SqlNode key) {
        return switch (key.getKind()) {
            case DESCENDING ->
                    new Direction(true, direction(((SqlCall) key).operand(0)).nullsFirst());
            case NULLS_FIRST ->
                    new Direction(direction(((SqlCall) key).operand(0)).descending(), true);
            case NULLS_LAST -> direction(((SqlCall) key).operand(0));
            default -> Direction.ASCENDING;
        };
    }

    private static AggregateOperator operator(
            String name,
            AggregateFunction function,
            AggregateParameters parameters,
            SqlReturnTypeInference result,
            SqlOperandTypeChecker operands) {
        return new AggregateOperator(name, function, parameters, result, operands);
    }

    private static SqlCall cast(SqlNode node, SqlTypeName type) {
        SqlParserPos position = node.getParserPosition();
        return CastOperator.cast(
                node, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position));
    }

    /// The name behind a call, for those who ask.
    static boolean isAggregate(SqlCall call) {
        return call.getOperator() instanceof AggregateOperator
                || Operators.isAggregate(call.getOperator().getName());
    }
}
