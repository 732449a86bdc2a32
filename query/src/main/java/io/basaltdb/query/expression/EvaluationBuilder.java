package io.basaltdb.query.expression;

import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes computations of the expressions of one list: what occurs twice is computed once per batch, what is the same in every row once at all, and what
/// reads a single column once per entry of that column's dictionary.
final class EvaluationBuilder {
    private static final Batch ONE_ROW = new Batch(1, List.of());

    private final EvaluationContext context;
    private final SharedComputation.Clock clock = new SharedComputation.Clock();
    private final Map<Expression, SharedComputation.Core> coresOutside = new HashMap<>();
    private final Map<Expression, SharedComputation.Core> coresInside = new HashMap<>();
    private final Set<Expression> seen = new HashSet<>();
    private final Set<Expression> repeated = new HashSet<>();

    EvaluationBuilder(List<Expression> expressions, EvaluationContext context) {
        this.context = context;
        expressions.forEach(this::count);
    }

    /// To be advanced before each batch.
    SharedComputation.Clock clock() {
        return clock;
    }

    private void count(Expression expression) {
        if (isLeaf(expression)) {
            return;
        }
        if (seen.add(expression)) {
            Expressions.operands(expression).forEach(this::count);
        } else {
            repeated.add(expression);
        }
    }

    private static boolean isLeaf(Expression expression) {
        return switch (expression) {
            case Expression.Column _, Expression.Literal _ -> true;
            case Expression.Parameter _, Expression.Slot _ -> true;
            case Expression.Call _, Expression.Cast _, Expression.Comparison _ -> false;
            case Expression.In _, Expression.And _, Expression.Or _, Expression.Not _ -> false;
            case Expression.Is _, Expression.Case _, Expression.Coalesce _ -> false;
        };
    }

    Computation build(Expression expression) {
        return build(expression, false);
    }

    /// As [#build], without tables per dictionary.
    Computation buildDirect(Expression expression) {
        return build(expression, true);
    }

    /// @param inside whether a part of the tree above already runs per dictionary entry
    private Computation build(Expression expression, boolean inside) {
        if (!repeated.contains(expression) || !Expressions.isDeterministic(expression)) {
            return make(expression, inside);
        }
        Map<Expression, SharedComputation.Core> cores = inside ? coresInside : coresOutside;
        SharedComputation.Core core = cores.get(expression);
        if (core == null) {
            core = new SharedComputation.Core(make(expression, inside), clock);
            cores.put(expression, core);
        }
        return new SharedComputation(
                core, Expressions.isFallible(expression), () -> make(expression, inside));
    }

    private Computation make(Expression expression, boolean inside) {
        if (!isLeaf(expression)) {
            Computation constant = constant(expression);
            if (constant != null) {
                return constant;
            }
            if (!inside && onlyColumn(expression) >= 0 && Expressions.isDeterministic(expression)) {
                return new DictionaryComputation(
                        expression, onlyColumn(expression), plain(expression, true), context);
            }
        }
        return plain(expression, inside);
    }

    /// The value of an expression that is the same in every row; null where it is not, or where it fails: then it must fail only if a row asks for it.
    private @Nullable Computation constant(Expression expression) {
        if (!Expressions.isConstantInQuery(expression)) {
            return null;
        }
        try {
            Value value = LaneValue.at(plain(expression, true).compute(ONE_ROW, null), 0);
            return new ConstantComputation(value, expression.type());
        } catch (BasaltException e) {
            return null;
        }
    }

    /// The one column that the expression reads; -1 where it reads none or several.
    private static int onlyColumn(Expression expression) {
        int[] found = {-1};
        Expressions.visit(
                expression,
                part -> {
                    if (part instanceof Expression.Column column) {
                        found[0] =
                                found[0] == -1 || found[0] == column.index() ? column.index() : -2;
                    }
                });
        return Math.max(found[0], -1);
    }

    private Computation plain(Expression expression, boolean inside) {
        return switch (expression) {
            case Expression.Column column -> new ColumnComputation(column);
            case Expression.Literal(Value value, Type type) -> new ConstantComputation(value, type);
            case Expression.Parameter(int index, Type type) ->
                    new ConstantComputation(parameter(index), type);
            case Expression.Slot slot -> new ConstantComputation(slot(slot), slot.type());
            case Expression.Call call when call.function().name().equals("nullif") ->
                    build(Expressions.call("nullif", call.arguments()), inside);
            case Expression.Call call ->
                    new CallComputation(call, arguments(call, inside), context);
            case Expression.Cast cast ->
                    cast(build(cast.operand(), inside), cast.type(), cast.orNull());
            case Expression.Comparison comparison -> comparison(comparison, inside);
            case Expression.In in -> new InComputation(in, build(in.operand(), inside));
            case Expression.And and -> junction(and.operands(), true, inside);
            case Expression.Or or -> junction(or.operands(), false, inside);
            case Expression.Not not -> new NotComputation(build(not.operand(), inside));
            case Expression.Is is -> new IsComputation(is.test(), build(is.operand(), inside));
            case Expression.Case choice -> choice(choice, inside);
            case Expression.Coalesce coalesce ->
                    new CoalesceComputation(
                            coalesce.type(),
                            all(coalesce.operands(), inside).stream()
                                    .map(operand -> as(operand, coalesce.type()))
                                    .toList());
        };
    }

    /// The loops of GREATEST and LEAST compare arguments of one type.
    private List<Computation> arguments(Expression.Call call, boolean inside) {
        List<Computation> arguments = all(call.arguments(), inside);
        return switch (call.function().name()) {
            case "greatest", "least" ->
                    arguments.stream().map(argument -> as(argument, call.type())).toList();
            default -> arguments;
        };
    }

    private Value parameter(int index) {
        if (index >= context.parameters().size()) {
            throw new BasaltException(
                    ErrorCode.WRONG_PARAMETER_COUNT,
                    "the statement needs a value for parameter "
                            + (index + 1)
                            + ", but "
                            + context.parameters().size()
                            + " were given");
        }
        return context.parameters().get(index);
    }

    private Value slot(Expression.Slot slot) {
        long nowMicros = context.nowMicros();
        return switch (slot.kind()) {
            case NOW -> Value.of(nowMicros * (ticks(slot.type()) / 1_000_000));
            case CURRENT_DATE -> Value.of(Math.floorDiv(localMicros(nowMicros), 86_400_000_000L));
            case LOCAL_TIMESTAMP ->
                    Value.of(localMicros(nowMicros) * (ticks(slot.type()) / 1_000_000));
            case CURRENT_USER -> Value.of(context.user());
            case CURRENT_SCHEMA -> Value.of(context.schema());
            case CURRENT_COMMIT -> Value.of(context.commit());
        };
    }

    private static long ticks(Type type) {
        return switch (type) {
            case Type.Timestamp timestamp -> timestamp.unitsPerSecond();
            case Type.TimestampTz timestamp -> timestamp.unitsPerSecond();
            case Type.Bool _, Type.Int _, Type.Real _, Type.DoublePrecision _ -> 1_000_000;
            case Type.Decimal _,
                    Type.Date _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    1_000_000;
        };
    }

    private long localMicros(long micros) {
        Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return micros + context.zone().getRules().getOffset(instant).getTotalSeconds() * 1_000_000L;
    }

    private List<Computation> all(List<Expression> expressions, boolean inside) {
        List<Computation> computations = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            computations.add(build(expression, inside));
        }
        return computations;
    }

    private Computation cast(Computation operand, Type type, boolean orNull) {
        return operand.type.equals(type)
                ? operand
                : new CastComputation(operand, type, orNull, context);
    }

    private Computation as(Computation operand, Type type) {
        return cast(operand, type, false);
    }

    private Computation comparison(Expression.Comparison comparison, boolean inside) {
        Computation left = build(comparison.left(), inside);
        Computation right = build(comparison.right(), inside);
        Type common = ComparisonComputation.commonType(left.type, right.type);
        if (common != null) {
            left = as(left, common);
            right = as(right, common);
        }
        Operator operator = comparison.operator();
        return new ComparisonComputation(operator, left, right);
    }

    private Computation junction(List<Expression> operands, boolean isAnd, boolean inside) {
        List<Computation> sure = new ArrayList<>();
        List<Computation> fallible = new ArrayList<>();
        for (Expression operand : operands) {
            (Expressions.isFallible(operand) ? fallible : sure).add(build(operand, inside));
        }
        return new JunctionComputation(isAnd, sure, fallible);
    }

    private Computation choice(Expression.Case choice, boolean inside) {
        List<Computation> conditions = new ArrayList<>();
        List<Computation> results = new ArrayList<>();
        for (Expression.Case.Branch branch : choice.branches()) {
            conditions.add(build(branch.condition(), inside));
            results.add(as(build(branch.result(), inside), choice.type()));
        }
        return new CaseComputation(
                choice.type(),
                conditions,
                results,
                as(build(choice.otherwise(), inside), choice.type()));
    }
}
