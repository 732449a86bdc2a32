package io.basaltdb.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random expressions over random batches in every vector form against [Oracle], row by row: the same values, and an error exactly where a selected row has one.
class EvaluatorRandomTest {
    private static final EvaluationContext CONTEXT =
            new EvaluationContext(List.of(), 0, ZoneOffset.UTC, "me", "main");
    private static final List<Type> TYPES =
            List.of(
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.SMALLINT,
                    Type.DOUBLE,
                    Type.REAL,
                    new Type.Decimal(15, 2),
                    new Type.Decimal(38, 10),
                    new Type.Decimal(9, 4),
                    new Type.Decimal(20, 0),
                    Type.TEXT,
                    Type.BOOLEAN,
                    Type.DATE,
                    Type.TEXT,
                    Type.INTEGER);

    private RandomColumns columns;
    private Random random;

    @Test
    void agreesWithTheOracle() {
        checkRounds(1_000);
    }

    @Tag("long")
    @Test
    void agreesWithTheOracleForLong() {
        checkRounds(40_000);
    }

    private void checkRounds(int rounds) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("EvaluatorRandomTest seed " + seed);
        int failures = 0;
        for (int round = 0; round < rounds; round++) {
            random = new Random(seed + round);
            columns = new RandomColumns(random);
            try {
                failures += check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dtest.seed=" + (seed + round) + ": " + e, e);
            }
        }
        System.out.println("rounds that raised: " + failures);
    }

    private int check() {
        List<Expression> expressions = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            expressions.add(expression(TYPES.get(random.nextInt(TYPES.size())), 3));
        }
        Expression predicate = expression(Type.BOOLEAN, 4);
        Projector projector = Projector.of(expressions, CONTEXT);
        Filter filter = Filter.of(predicate, CONTEXT);
        int raised = 0;
        List<io.basaltdb.storage.vector.Vector> lastVectors = null;
        for (int batches = 0; batches < 3; batches++) {
            int size =
                    switch (random.nextInt(5)) {
                        case 0 -> 1;
                        case 1 -> 64;
                        case 2 -> 200;
                        default -> 1 + random.nextInt(70);
                    };
            Selection selection = random.nextBoolean() ? null : columns.selection(size);
            List<List<Value>> data = new ArrayList<>();
            List<Vector> vectors = new ArrayList<>();
            for (Type type : TYPES) {
                List<Value> values = columns.values(type, size);
                data.add(values);
                vectors.add(columns.vector(type, values, selection));
            }
            Batch batch = new Batch(size, vectors, selection);
            raised += project(projector, expressions, batch, data);
            raised += filter(filter, predicate, batch, data);
            if (raised > 0) {
                return 1;
            }
            vectors.forEach(columns::destroy);
        }
        return raised;
    }

    private static List<Value> row(List<List<Value>> data, int row) {
        return data.stream().map(column -> column.get(row)).toList();
    }

    private static int[] rows(Batch batch) {
        int[] rows = new int[batch.rowCount()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = batch.selection() == null ? i : batch.selection().rows()[i];
        }
        return rows;
    }

    private int project(
            Projector projector,
            List<Expression> expressions,
            Batch batch,
            List<List<Value>> data) {
        List<List<Value>> expected = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (Expression expression : expressions) {
            List<Value> column = new ArrayList<>();
            for (int row : rows(batch)) {
                try {
                    column.add(Oracle.evaluate(expression, row(data, row)));
                } catch (Oracle.Failure e) {
                    states.add(e.state);
                    column.add(Value.NULL);
                }
            }
            expected.add(column);
        }
        Batch result;
        try {
            result = projector.project(batch);
        } catch (BasaltException e) {
            if (states.isEmpty()) {
                fail(
                        expressions
                                + "\nraised "
                                + e.code()
                                + " "
                                + e.getMessage()
                                + " but no row should, states "
                                + states,
                        e);
            }
            return 1;
        }
        if (!states.isEmpty()) {
            fail(expressions + "\nshould have raised one of " + states);
        }
        for (int c = 0; c < expressions.size(); c++) {
            int at = 0;
            for (int row : rows(batch)) {
                Value actual = LaneValue.at(result.column(c), row);
                Value wanted = expected.get(c).get(at++);
                if (!same(wanted, actual)) {
                    assertEquals(
                            wanted,
                            actual,
                            "row "
                                    + row
                                    + " of "
                                    + expressions.get(c)
                                    + "\nwith "
                                    + row(data, row));
                }
            }
            assertEquals(batch.size(), result.column(c).size());
            assertEquals(expressions.get(c).type(), result.column(c).type());
        }
        return 0;
    }

    private static boolean same(Value a, Value b) {
        return a instanceof Value.Floating(double x) && b instanceof Value.Floating(double y)
                ? x == y || (Double.isNaN(x) && Double.isNaN(y))
                : a.equals(b);
    }

    private int filter(Filter filter, Expression predicate, Batch batch, List<List<Value>> data) {
        List<Integer> expected = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (int row : rows(batch)) {
            try {
                if (conjunction(predicate, row(data, row))) {
                    expected.add(row);
                }
            } catch (Oracle.Failure e) {
                states.add(e.state);
            }
        }
        Batch result;
        try {
            result = batch.withSelection(filter.select(batch));
        } catch (BasaltException e) {
            if (states.isEmpty()) {
                fail(
                        predicate + "\nraised " + e.code() + " but no row should, states " + states,
                        e);
            }
            return 1;
        }
        if (!states.isEmpty()) {
            fail(predicate + "\nshould have raised one of " + states);
        }
        List<Integer> actual = new ArrayList<>();
        for (int row : rows(result)) {
            actual.add(row);
        }
        assertEquals(expected, actual, predicate::toString);
        return 0;
    }

    /// As a filter sees it: a conjunct that is NULL drops the row like one that is false, before the next is asked.
    private static boolean conjunction(Expression predicate, List<Value> row) {
        List<Expression> conjuncts = new ArrayList<>();
        flatten(predicate, conjuncts);
        for (boolean fallible : new boolean[] {false, true}) {
            for (Expression conjunct : conjuncts) {
                if (Expressions.isFallible(conjunct) == fallible
                        && !Oracle.evaluate(conjunct, row).equals(Value.of(true))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void flatten(Expression predicate, List<Expression> out) {
        if (predicate instanceof Expression.And(List<Expression> operands)) {
            operands.forEach(o -> flatten(o, out));
        } else {
            out.add(predicate);
        }
    }

    // Generation

    private Expression leaf(Type type) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            if (TYPES.get(i).equals(type)) {
                fitting.add(i);
            }
        }
        if (fitting.isEmpty() || random.nextInt(3) == 0) {
            return new Expression.Literal(columns.value(type), type);
        }
        return new Expression.Column(fitting.get(random.nextInt(fitting.size())), type);
    }

    private Type numeric() {
        return TYPES.get(random.nextInt(9));
    }

    private Expression expression(Type type, int depth) {
        if (depth == 0) {
            return leaf(type);
        }
        switch (random.nextInt(8)) {
            case 0 -> {
                return leaf(type);
            }
            case 1 -> {
                List<Expression.Case.Branch> branches = new ArrayList<>();
                for (int i = 1 + random.nextInt(2); i > 0; i--) {
                    branches.add(
                            new Expression.Case.Branch(
                                    expression(Type.BOOLEAN, depth - 1),
                                    expression(type, depth - 1)));
                }
                return new Expression.Case(branches, expression(type, depth - 1), type);
            }
            case 2 -> {
                return new Expression.Coalesce(
                        List.of(expression(type, depth - 1), expression(type, depth - 1)), type);
            }
            default -> {
                return type instanceof Type.Bool
                        ? predicate(depth)
                        : type instanceof Type.Text ? text(depth) : arithmetic(type, depth);
            }
        }
    }

    private Expression text(int depth) {
        return random.nextInt(3) == 0
                ? leaf(Type.TEXT)
                : Expressions.call(
                        random.nextBoolean() ? "upper" : "lower",
                        List.of(expression(Type.TEXT, depth - 1)));
    }

    /// A call whose result type is the wanted one, or a leaf where chance finds none.
    private Expression arithmetic(Type type, int depth) {
        if (type instanceof Type.Date) {
            return leaf(type);
        }
        if (type instanceof Type.Int && random.nextInt(6) == 0) {
            return type.equals(Type.INTEGER)
                    ? Expressions.call("length", List.of(expression(Type.TEXT, depth - 1)))
                    : leaf(type);
        }
        if (random.nextInt(6) == 0) {
            return Expressions.call(
                    random.nextBoolean() ? "negate" : "abs", List.of(expression(type, depth - 1)));
        }
        String name =
                List.of("add", "subtract", "multiply", "divide", "modulo").get(random.nextInt(5));
        ScalarFunction function = FunctionCatalog.get(name);
        for (int i = 0; i < 10; i++) {
            Type left = numeric();
            Type right = numeric();
            Type result = function.resultType(List.of(left, right));
            boolean isDecimal = type instanceof Type.Decimal && result instanceof Type.Decimal;
            if (type.equals(result) || (isDecimal && random.nextBoolean())) {
                return new Expression.Call(
                        function,
                        List.of(expression(left, depth - 1), expression(right, depth - 1)),
                        type);
            }
        }
        return leaf(type);
    }

    private Expression predicate(int depth) {
        switch (random.nextInt(8)) {
            case 0 -> {
                return new Expression.Not(expression(Type.BOOLEAN, depth - 1));
            }
            case 1 -> {
                Type type = TYPES.get(random.nextInt(TYPES.size()));
                boolean isBool = random.nextBoolean();
                var tests = Expression.Is.Test.values();
                return isBool
                        ? new Expression.Is(
                                expression(Type.BOOLEAN, depth - 1),
                                tests[random.nextInt(tests.length)])
                        : new Expression.Is(expression(type, depth - 1), tests[random.nextInt(2)]);
            }
            case 2, 3 -> {
                List<Expression> operands = new ArrayList<>();
                for (int i = 2 + random.nextInt(2); i > 0; i--) {
                    operands.add(expression(Type.BOOLEAN, depth - 1));
                }
                return random.nextBoolean()
                        ? new Expression.And(operands)
                        : new Expression.Or(operands);
            }
            case 4 -> {
                return Expressions.call(
                        "like",
                        List.of(
                                expression(Type.TEXT, depth - 1),
                                random.nextInt(4) == 0
                                        ? leaf(Type.TEXT)
                                        : new Expression.Literal(
                                                Value.of(
                                                        List.of(
                                                                        "%google%",
                                                                        "a%",
                                                                        "%c",
                                                                        "a_b\\%c",
                                                                        "%o_g%e",
                                                                        "_",
                                                                        "%",
                                                                        "%special%requests%",
                                                                        "abc",
                                                                        "%a%b")
                                                                .get(random.nextInt(10))),
                                                Type.TEXT)));
            }
            case 5 -> {
                return in(depth);
            }
            default -> {
                var operators = Operator.values();
                Type left = TYPES.get(random.nextInt(TYPES.size()));
                Type right = TYPES.indexOf(left) < 9 ? numeric() : left;
                return new Expression.Comparison(
                        operators[random.nextInt(operators.length)],
                        expression(left, depth - 1),
                        expression(right, depth - 1));
            }
        }
    }

    private Expression in(int depth) {
        Type type = TYPES.get(random.nextInt(TYPES.size()));
        List<Value> points = new ArrayList<>();
        for (int i = random.nextInt(20) + 1; i > 0; i--) {
            Value value = columns.value(type);
            if (!value.isNull()) {
                points.add(value);
            }
        }
        points.sort(Value::compare);
        Ranges ranges = Ranges.points(points);
        if (random.nextBoolean()) {
            List<Ranges.Interval> intervals = new ArrayList<>();
            List<Value> distinct = ranges.intervals().stream().map(Ranges.Interval::low).toList();
            for (int i = 0; i + 1 < distinct.size(); i += 2) {
                intervals.add(
                        new Ranges.Interval(
                                i == 0 && random.nextBoolean() ? null : distinct.get(i),
                                random.nextBoolean(),
                                distinct.get(i + 1),
                                random.nextBoolean()));
            }
            ranges = new Ranges(intervals, false);
        }
        var nulls = Expression.In.NullIs.values();
        return new Expression.In(
                expression(type, depth - 1), ranges, nulls[random.nextInt(nulls.length)]);
    }
}
