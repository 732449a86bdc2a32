package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.query.function.UserAggregate;
import io.basaltdb.query.operator.aggregate.LongStates.Op;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Decides which states a call needs. Calls over the same argument and rows share them: `SUM(x)`, `AVG(x)` and `COUNT(x)` are one sum and one count.
final class CallPlanner {
    private final AggregateShape shape;
    private final Schema schema;

    CallPlanner(AggregateShape shape, Schema schema) {
        this.shape = shape;
        this.schema = schema;
    }

    CallState plan(AggregateCall call) {
        List<Integer> inputs = new ArrayList<>();
        for (int column : call.arguments()) {
            inputs.add(shape.input(column, schema.field(column)));
        }
        int filter =
                call.filterColumn() < 0
                        ? -1
                        : shape.input(call.filterColumn(), schema.field(call.filterColumn()));
        if (call.distinct() && isChangedByRepetition(call)) {
            return distinct(call, inputs, filter);
        }
        if (isOfRows(call.function())) {
            return ofRows(call, inputs, filter);
        }
        if (call.function() == AggregateFunction.JAVA) {
            return java(call, inputs, filter);
        }
        int mask = shape.mask(inputs, filter);
        int count = shape.slot(Op.COUNT, -1, mask);
        return switch (call.function()) {
            case COUNT -> new CallState.Count(count);
            case SUM -> sum(call, inputs.getFirst(), mask, count);
            case AVG -> average(inputs.getFirst(), mask, count);
            case MIN, ANY_VALUE, BOOL_AND ->
                    extreme(inputs.getFirst(), mask, count, false, call.type());
            case MAX, BOOL_OR -> extreme(inputs.getFirst(), mask, count, true, call.type());
            case BIT_AND -> bits(Op.AND, inputs.getFirst(), mask, count, call.type());
            case BIT_OR -> bits(Op.OR, inputs.getFirst(), mask, count, call.type());
            case BIT_XOR -> bits(Op.XOR, inputs.getFirst(), mask, count, call.type());
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                    moments(call, inputs.getFirst(), mask, count);
            case SINGLE_VALUE -> single(inputs.getFirst(), filter);
            case ARG_MIN -> argExtreme(inputs, mask, false);
            case ARG_MAX -> argExtreme(inputs, mask, true);
            case APPROX_COUNT_DISTINCT -> approximateCount(inputs.getFirst(), mask, false, false);
            case APPROX_COUNT_DISTINCT_STATE ->
                    approximateCount(inputs.getFirst(), mask, false, true);
            case APPROX_COUNT_DISTINCT_MERGE ->
                    approximateCount(inputs.getFirst(), mask, true, false);
            case APPROX_COUNT_DISTINCT_MERGE_STATE ->
                    approximateCount(inputs.getFirst(), mask, true, true);
            case APPROX_QUANTILE, APPROX_QUANTILE_STATE ->
                    quantiles(call, inputs.getFirst(), mask, false);
            case APPROX_QUANTILE_MERGE, APPROX_QUANTILE_MERGE_STATE ->
                    quantiles(call, inputs.getFirst(), mask, true);
            case COVAR_POP,
                    COVAR_SAMP,
                    CORR,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY ->
                    pairs(call, inputs, mask);
            case JAVA,
                    STRING_AGG,
                    ARRAY_AGG,
                    JSON_AGG,
                    JSON_OBJECT_AGG,
                    QUANTILE_CONT,
                    QUANTILE_DISC,
                    MODE,
                    TOP_K,
                    HISTOGRAM,
                    FIRST,
                    LAST,
                    PRODUCT,
                    GEOMETRIC_MEAN,
                    SKEWNESS,
                    KURTOSIS,
                    KURTOSIS_POP,
                    ENTROPY,
                    MAD ->
                    throw new AssertionError("is planned before");
        };
    }

    private static boolean isOfRows(AggregateFunction function) {
        return switch (function) {
            case STRING_AGG, QUANTILE_CONT, QUANTILE_DISC, MODE, FIRST, LAST -> true;
            case ARRAY_AGG, TOP_K, HISTOGRAM, GEOMETRIC_MEAN -> true;
            case JSON_AGG, JSON_OBJECT_AGG -> true;
            case PRODUCT, SKEWNESS, KURTOSIS, KURTOSIS_POP, ENTROPY, MAD -> true;
            case JAVA -> false;
            case COUNT, SUM, AVG, MIN, MAX, ANY_VALUE, SINGLE_VALUE, BOOL_AND, BOOL_OR -> false;
            case BIT_AND, BIT_OR, BIT_XOR, ARG_MIN, ARG_MAX, APPROX_COUNT_DISTINCT -> false;
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP, COVAR_POP, COVAR_SAMP, CORR -> false;
            case REGR_SLOPE, REGR_INTERCEPT, REGR_R2, REGR_AVGX, REGR_AVGY -> false;
            case REGR_SXX, REGR_SYY, REGR_SXY -> false;
            case APPROX_COUNT_DISTINCT_STATE, APPROX_COUNT_DISTINCT_MERGE -> false;
            case APPROX_COUNT_DISTINCT_MERGE_STATE, APPROX_QUANTILE -> false;
            case APPROX_QUANTILE_STATE, APPROX_QUANTILE_MERGE -> false;
            case APPROX_QUANTILE_MERGE_STATE -> false;
        };
    }

    /// A NULL leaves the row out where the code cannot be given one.
    private CallState java(AggregateCall call, List<Integer> inputs, int filter) {
        UserAggregate code = Objects.requireNonNull(call.parameters().code());
        List<Integer> needed = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (code.skipsNull(i)) {
                needed.add(inputs.get(i));
            }
        }
        return other(
                new AccumulatorMaker.Java(List.copyOf(inputs), shape.mask(needed, filter), code));
    }

    private CallState approximateCount(int input, int mask, boolean ofStates, boolean givesState) {
        return other(
                new AccumulatorMaker.ApproximateCount(
                        input, mask, type(input), ofStates, givesState));
    }

    private CallState quantiles(AggregateCall call, int input, int mask, boolean ofStates) {
        return new CallState.Quantiles(
                shape.other(new AccumulatorMaker.Quantiles(input, mask, ofStates)),
                call.parameters(),
                call.type());
    }

    /// The kept inputs weigh as the order says; the value itself comes last, so that rows of equal keys have an order too.
    private CallState ofRows(AggregateCall call, List<Integer> inputs, int filter) {
        int value = inputs.getFirst();
        List<Integer> kept = new ArrayList<>();
        List<Direction> directions = new ArrayList<>();
        int firstKey = inputs.size() - call.orderArguments();
        for (int i = firstKey; i < inputs.size(); i++) {
            if (!kept.contains(inputs.get(i))) {
                kept.add(inputs.get(i));
                directions.add(call.parameters().order().get(i - firstKey));
            }
        }
        if (!kept.contains(value)) {
            kept.add(value);
            directions.add(Direction.ASCENDING);
        }
        boolean nullCounts = seesNull(call.function());
        int other =
                shape.other(
                        new AccumulatorMaker.KeptRows(
                                List.copyOf(kept),
                                shape.mask(nullCounts ? List.of() : List.of(value), filter),
                                List.copyOf(directions),
                                kept.stream().map(this::type).toList()));
        return new CallState.OfRows(
                other, kept.indexOf(value), call.function(), call.parameters(), call.type());
    }

    /// Whether NULL is a value like others.
    private static boolean seesNull(AggregateFunction function) {
        return function == AggregateFunction.SINGLE_VALUE
                || function == AggregateFunction.FIRST
                || function == AggregateFunction.ARRAY_AGG
                || function == AggregateFunction.JSON_AGG
                || function == AggregateFunction.LAST;
    }

    private CallState pairs(AggregateCall call, List<Integer> inputs, int mask) {
        return new CallState.DoublePairs(
                shape.other(new AccumulatorMaker.DoublePairs(inputs.get(0), inputs.get(1), mask)),
                call.function());
    }

    private static boolean isChangedByRepetition(AggregateCall call) {
        return switch (call.function()) {
            case MIN, MAX, ANY_VALUE, BOOL_AND, BOOL_OR, BIT_AND, BIT_OR -> false;
            case ARG_MIN, ARG_MAX, APPROX_COUNT_DISTINCT, FIRST, LAST -> false;
            case JAVA, COUNT, SUM, AVG, SINGLE_VALUE, BIT_XOR, PRODUCT -> true;
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> true;
            case COVAR_POP, COVAR_SAMP, CORR, REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> true;
            case REGR_AVGX, REGR_AVGY, REGR_SXX, REGR_SYY, REGR_SXY -> true;
            case STRING_AGG, ARRAY_AGG, QUANTILE_CONT, QUANTILE_DISC, MODE -> true;
            case JSON_AGG, JSON_OBJECT_AGG -> true;
            case TOP_K, HISTOGRAM, GEOMETRIC_MEAN -> true;
            case APPROX_COUNT_DISTINCT_STATE, APPROX_COUNT_DISTINCT_MERGE -> false;
            case APPROX_COUNT_DISTINCT_MERGE_STATE -> false;
            case APPROX_QUANTILE, APPROX_QUANTILE_STATE -> true;
            case APPROX_QUANTILE_MERGE, APPROX_QUANTILE_MERGE_STATE -> true;
            case SKEWNESS, KURTOSIS, KURTOSIS_POP, ENTROPY, MAD -> true;
        };
    }

    private Type type(int input) {
        return shape.inputType(input);
    }

    private CallState other(AccumulatorMaker maker) {
        return new CallState.Other(shape.other(maker));
    }

    private CallState sum(AggregateCall call, int input, int mask, int count) {
        return switch (type(input).physical()) {
            case LONG ->
                    new CallState.WholeSum(
                            shape.slot(Op.SUM, input, mask), count, call.type(), call.name());
            case WIDE ->
                    new CallState.WideSum(
                            shape.slot(Op.SUM, input, mask),
                            shape.slot(Op.WIDE_SUM, input, mask),
                            count,
                            call.type(),
                            call.name());
            case DOUBLE ->
                    new CallState.DoubleSum(
                            shape.other(new AccumulatorMaker.DoubleSum(input, mask)), count, false);
            case BITS, BYTES -> throw refusal("SUM", input);
        };
    }

    private CallState average(int input, int mask, int count) {
        return switch (type(input).physical()) {
            case LONG ->
                    new CallState.WholeAverage(
                            shape.slot(Op.SUM, input, mask),
                            CallState.WholeAverage.NO_WIDE,
                            count,
                            scale(input));
            case WIDE ->
                    new CallState.WholeAverage(
                            shape.slot(Op.SUM, input, mask),
                            shape.slot(Op.WIDE_SUM, input, mask),
                            count,
                            scale(input));
            case DOUBLE ->
                    new CallState.DoubleSum(
                            shape.other(new AccumulatorMaker.DoubleSum(input, mask)), count, true);
            case BITS, BYTES -> throw refusal("AVG", input);
        };
    }

    private int scale(int input) {
        return type(input) instanceof Type.Decimal(_, int scale) ? scale : 0;
    }

    private CallState extreme(int input, int mask, int count, boolean greatest, Type type) {
        return switch (type(input).physical()) {
            case LONG, DOUBLE, BITS ->
                    new CallState.OneLong(
                            shape.slot(greatest ? Op.MAX : Op.MIN, input, mask), count, type);
            case WIDE, BYTES ->
                    other(new AccumulatorMaker.Extreme(input, mask, greatest, type(input)));
        };
    }

    private CallState bits(Op op, int input, int mask, int count, Type type) {
        if (type(input).physical() != Physical.LONG) {
            throw refusal(op + " of bits", input);
        }
        return new CallState.OneLong(shape.slot(op, input, mask), count, type);
    }

    private CallState moments(AggregateCall call, int input, int mask, int count) {
        return switch (type(input).physical()) {
            case LONG ->
                    new CallState.WholeMoments(
                            shape.slot(Op.SUM, input, mask),
                            shape.slot(Op.SQUARES, input, mask),
                            count,
                            scale(input),
                            call.function());
            case DOUBLE, WIDE ->
                    new CallState.DoubleMoments(
                            shape.other(
                                    new AccumulatorMaker.DoubleMoments(input, mask, scale(input))),
                            count,
                            call.function());
            case BITS, BYTES -> throw refusal("variance", input);
        };
    }

    /// Counts rows, also those where the value is NULL.
    private CallState single(int input, int filter) {
        return other(
                new AccumulatorMaker.Single(input, shape.mask(List.of(), filter), type(input)));
    }

    private CallState argExtreme(List<Integer> inputs, int mask, boolean greatest) {
        int value = inputs.get(0);
        int key = inputs.get(1);
        return other(
                new AccumulatorMaker.ArgExtreme(
                        value, key, mask, greatest, type(value), type(key)));
    }

    private CallState distinct(AggregateCall call, List<Integer> inputs, int filter) {
        // Some see NULL as a value; the others leave rows with NULL out.
        boolean nullCounts = seesNull(call.function());
        int mask = shape.mask(nullCounts ? List.of() : inputs, filter);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            fields.add(new Field("argument " + i, type(inputs.get(i)), nullCounts));
        }
        AggregateCall inner =
                new AggregateCall(
                        call.function(),
                        IntStream.range(0, inputs.size()).boxed().toList(),
                        false,
                        -1,
                        call.parameters(),
                        call.type(),
                        call.name());
        return other(
                new AccumulatorMaker.Distinct(
                        List.copyOf(inputs), mask, new Schema(fields), inner, shape.hasKeys()));
    }

    private BasaltException refusal(String what, int input) {
        return new BasaltException(
                ErrorCode.DATATYPE_MISMATCH, what + " of " + type(input).sql() + " is not defined");
    }
}
