package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Final values of calls. Whether a sum fits is judged here, on its final value, so that the order of the rows does not decide about an error.
final class CallResults {
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    private CallResults() {}

    static Vector of(
            CallState call, LongStates longs, List<Accumulator> others, int first, int count) {
        return switch (call) {
            case CallState.Count(int at) -> counts(longs, at, first, count);
            case CallState.WholeSum sum -> wholeSums(sum, longs, first, count);
            case CallState.WideSum sum -> wideSums(sum, longs, first, count);
            case CallState.WholeAverage average -> averages(average, longs, first, count);
            case CallState.DoubleSum sum ->
                    doubleSums(sum, (ExactSums) others.get(sum.other()), longs, first, count);
            case CallState.OneLong value -> oneLongs(value, longs, first, count);
            case CallState.WholeMoments moments -> wholeMoments(moments, longs, first, count);
            case CallState.DoubleMoments moments ->
                    doubleMoments(
                            moments,
                            (DoubleMomentsAccumulator) others.get(moments.other()),
                            longs,
                            first,
                            count);
            case CallState.DoublePairs(int other, AggregateFunction function) ->
                    ((DoublePairsAccumulator) others.get(other)).result(function, first, count);
            case CallState.OfRows rows ->
                    new RowsResult(rows, (KeptRowsAccumulator) others.get(rows.other()))
                            .vector(first, count);
            case CallState.Quantiles(int other, AggregateParameters parameters, Type type) ->
                    ((QuantileSketchAccumulator) others.get(other))
                            .result(parameters, type, first, count);
            case CallState.Other(int other) -> others.get(other).result(first, count);
        };
    }

    private static Vector counts(LongStates longs, int at, int first, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = longs.get(first + i, at);
        }
        return new LongVector(Type.BIGINT, count, values, null);
    }

    /// Valid where at least `least` rows counted; null where that is everywhere.
    private static long @Nullable [] validity(
            LongStates longs, int countAt, int least, int first, int count) {
        long[] validity = new long[Validity.words(count)];
        int valid = 0;
        for (int i = 0; i < count; i++) {
            long bit = longs.get(first + i, countAt) >= least ? 1 : 0;
            validity[i >> 6] |= bit << i;
            valid += (int) bit;
        }
        return valid == count ? null : validity;
    }

    private static Vector wholeSums(
            CallState.WholeSum sum, LongStates longs, int first, int count) {
        long[] low = new long[count];
        long[] high = new long[count];
        for (int i = 0; i < count; i++) {
            low[i] = longs.get(first + i, sum.sum());
            high[i] = longs.sumHigh(first + i, sum.sum());
        }
        long[] validity = validity(longs, sum.count(), 1, first, count);
        return numbers(sum.type(), sum.name(), high, low, validity);
    }

    private static Vector wideSums(CallState.WideSum sum, LongStates longs, int first, int count) {
        long[] low = new long[count];
        long[] high = new long[count];
        long[] words = new long[3];
        for (int i = 0; i < count; i++) {
            total(longs, first + i, sum.narrow(), sum.wide(), words);
            low[i] = words[0];
            high[i] = words[1];
            if (words[2] != high[i] >> 63) {
                throw outOfRange(sum.type(), sum.name());
            }
        }
        long[] validity = validity(longs, sum.count(), 1, first, count);
        return numbers(sum.type(), sum.name(), high, low, validity);
    }

    /// The sum of both kinds of batches, from the lowest word up.
    ///
    /// @param wide [CallState.WholeAverage#NO_WIDE] where there is only one kind
    private static void total(LongStates longs, int group, int narrow, int wide, long[] words) {
        boolean both = wide != CallState.WholeAverage.NO_WIDE;
        words[0] = both ? longs.get(group, wide) : 0;
        words[1] = both ? longs.get(group, wide + 1) : 0;
        words[2] = both ? longs.get(group, wide + 2) : 0;
        LongStateKernels.addWide(words, 0, longs.sumHigh(group, narrow), longs.get(group, narrow));
    }

    /// Numbers of 128 bits as a vector of the type, in one word each where all fit.
    private static Vector numbers(
            Type type, String name, long[] high, long[] low, long @Nullable [] validity) {
        int count = low.length;
        boolean narrow = true;
        for (int i = 0; i < count; i++) {
            narrow &= high[i] == low[i] >> 63;
            if (!fits(type, high[i], low[i])) {
                throw outOfRange(type, name);
            }
        }
        return narrow
                ? new LongVector(type, count, low, validity)
                : new WideVector(type, count, high, low, validity);
    }

    private static boolean fits(Type type, long high, long low) {
        boolean oneWord = high == low >> 63;
        return switch (type) {
            case Type.Int whole -> oneWord && low >= whole.min() && low <= whole.max();
            case Type.Decimal(int precision, _) ->
                    (oneWord && precision > Type.Decimal.MAX_LONG_PRECISION)
                            || value(high, low).abs().compareTo(BigInteger.TEN.pow(precision)) < 0;
            case Type.Interval _, Type.Bool _, Type.Real _, Type.DoublePrecision _ -> oneWord;
            case Type.Date _,
                    Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Null _ ->
                    oneWord;
        };
    }

    private static BigInteger value(long high, long low) {
        BigInteger lower = BigInteger.valueOf(low);
        return BigInteger.valueOf(high).shiftLeft(64).add(low < 0 ? lower.add(WORD) : lower);
    }

    private static BasaltException outOfRange(Type type, String name) {
        return new BasaltException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                "the sum "
                        + name
                        + " does not fit "
                        + type.sql()
                        + "; cast its argument to DOUBLE for an approximate sum");
    }

    private static Vector averages(
            CallState.WholeAverage average, LongStates longs, int first, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = average(average, longs, first + i);
        }
        return new DoubleVector(
                Type.DOUBLE, count, values, validity(longs, average.count(), 1, first, count));
    }

    /// The exact sum ÷ (count · 10^scale), rounded once.
    private static double average(CallState.WholeAverage average, LongStates longs, int group) {
        long n = longs.get(group, average.count());
        if (n == 0) {
            return 0;
        }
        long[] words = new long[3];
        total(longs, group, average.sum(), average.wide(), words);
        long low = words[0];
        long middle = words[1];
        long high = words[2];
        if (average.scale() <= 18) {
            long power = FlatColumn.tenTo(average.scale());
            if (Math.multiplyHigh(n, power) == 0 && n * power > 0) {
                return Rounding.quotient(high, middle, low, 0, n * power);
            }
        }
        BigInteger divisor = BigInteger.valueOf(n).multiply(BigInteger.TEN.pow(average.scale()));
        return Rounding.quotient(value(high, middle, low), divisor, 0);
    }

    private static BigInteger value(long high, long middle, long low) {
        BigInteger lower = BigInteger.valueOf(low);
        return value(high, middle).shiftLeft(64).add(low < 0 ? lower.add(WORD) : lower);
    }

    private static Vector doubleSums(
            CallState.DoubleSum sum, ExactSums sums, LongStates longs, int first, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long n = longs.get(first + i, sum.count());
            values[i] = n == 0 ? 0 : sums.quotient(first + i, sum.average() ? n : 1);
        }
        return new DoubleVector(
                Type.DOUBLE, count, values, validity(longs, sum.count(), 1, first, count));
    }

    private static Vector oneLongs(
            CallState.OneLong value, LongStates longs, int first, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = longs.get(first + i, value.value());
        }
        long[] validity = validity(longs, value.count(), 1, first, count);
        assert value.type().physical() != Physical.BYTES;
        return ValueStore.vector(value.type(), values, validity);
    }

    private static Vector wholeMoments(
            CallState.WholeMoments moments, LongStates longs, int first, int count) {
        double[] values = new double[count];
        BigInteger power = BigInteger.TEN.pow(2 * moments.scale());
        for (int i = 0; i < count; i++) {
            int group = first + i;
            long n = longs.get(group, moments.count());
            if (n >= leastRows(moments.function())) {
                BigInteger sum =
                        value(longs.sumHigh(group, moments.sum()), longs.get(group, moments.sum()));
                BigInteger squares =
                        value(
                                longs.get(group, moments.squares() + 2),
                                longs.get(group, moments.squares() + 1),
                                longs.get(group, moments.squares()));
                BigInteger spread =
                        squares.multiply(BigInteger.valueOf(n)).subtract(sum.multiply(sum));
                values[i] =
                        deviation(
                                moments.function(),
                                Rounding.quotient(
                                        spread, divisor(moments.function(), n).multiply(power), 0));
            }
        }
        return new DoubleVector(
                Type.DOUBLE,
                count,
                values,
                validity(longs, moments.count(), leastRows(moments.function()), first, count));
    }

    private static Vector doubleMoments(
            CallState.DoubleMoments moments,
            DoubleMomentsAccumulator states,
            LongStates longs,
            int first,
            int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long n = longs.get(first + i, moments.count());
            if (n >= leastRows(moments.function())) {
                double variance = states.spread(first + i, n, divisor(moments.function(), n));
                values[i] = deviation(moments.function(), variance);
            }
        }
        return new DoubleVector(
                Type.DOUBLE,
                count,
                values,
                validity(longs, moments.count(), leastRows(moments.function()), first, count));
    }

    private static boolean isOfSample(AggregateFunction function) {
        return function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
    }

    static int leastRows(AggregateFunction function) {
        return isOfSample(function) ? 2 : 1;
    }

    static BigInteger divisor(AggregateFunction function, long n) {
        return BigInteger.valueOf(n).multiply(BigInteger.valueOf(isOfSample(function) ? n - 1 : n));
    }

    static double deviation(AggregateFunction function, double variance) {
        boolean root =
                function == AggregateFunction.STDDEV_POP
                        || function == AggregateFunction.STDDEV_SAMP;
        return root ? Math.sqrt(variance) : variance;
    }
}
