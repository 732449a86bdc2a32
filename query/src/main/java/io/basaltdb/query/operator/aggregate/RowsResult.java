package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.ElementLanes;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What a call makes of the ordered rows of each group.
final class RowsResult {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /// A text as long as an array can be; the longest value that can be stored is far shorter.
    private static final int MAX_BYTES = 1 << 30;

    private final CallState.OfRows call;
    private final KeptRowsAccumulator state;
    private final FlatColumn values;
    private final int[] rows;

    RowsResult(CallState.OfRows call, KeptRowsAccumulator state) {
        this.call = call;
        this.state = state;
        this.rows = state.ordered();
        this.values = state.column(call.value());
    }

    /// The results for `count` groups from `first` on.
    Vector vector(int first, int count) {
        return switch (call.function()) {
            case STRING_AGG -> texts(call.parameters().separator(), "", "", first, count);
            case ARRAY_AGG -> lists(call.type(), first, count);
            case JSON_AGG -> json(first, count);
            case JSON_OBJECT_AGG -> texts(", ", "{", "}", first, count);
            case HISTOGRAM -> histograms(first, count);
            case TOP_K -> tops(first, count);
            case QUANTILE_CONT, QUANTILE_DISC -> quantiles(first, count);
            case MODE, FIRST, LAST -> picked(first, count);
            default -> doubles(first, count);
        };
    }

    private Vector quantiles(int first, int count) {
        if (call.type() instanceof Type.Array(Type element)) {
            return quantiles(element, first, count);
        }
        if (call.function() == AggregateFunction.QUANTILE_DISC) {
            return picked(first, count);
        }
        return call.type().physical() == Physical.DOUBLE
                ? doubles(first, count)
                : times(first, count);
    }

    private Vector json(int first, int count) {
        Type list = new Type.Array(values.type);
        return FunctionCatalog.get("to_json")
                .bind(
                        List.of(list),
                        Type.JSON,
                        Collections.singletonList(null),
                        new EvaluationContext(List.of(), 0, ZoneOffset.UTC, "", ""))
                .evaluate(List.of(lists(list, first, count)), count, null);
    }

    /// The texts of each group with a separator between them. Where they stand between `open` and `close` as a whole, each loses its own, which are as long.
    private Vector texts(String between, String open, String close, int first, int count) {
        byte[] separator = between.getBytes(StandardCharsets.UTF_8);
        byte[] head = open.getBytes(StandardCharsets.UTF_8);
        byte[] tail = close.getBytes(StandardCharsets.UTF_8);
        int ends = head.length + tail.length;
        int[] start = new int[count];
        int[] length = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            start[i] = (int) total;
            int from = state.start(first + i);
            int end = state.end(first + i);
            for (int r = from; r < end; r++) {
                total += values.length[rows[r]] - ends + (r > from ? separator.length : 0);
            }
            total += ends;
            if (total > MAX_BYTES) {
                throw new BasaltException(
                        ErrorCode.PROGRAM_LIMIT,
                        "an aggregate would give texts of more than "
                                + MAX_BYTES
                                + " bytes; group by more columns");
            }
            length[i] = (int) total - start[i];
        }
        byte[] heap = new byte[(int) total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int from = state.start(first + i);
            System.arraycopy(head, 0, heap, at, head.length);
            at += head.length;
            for (int r = from; r < state.end(first + i); r++) {
                if (r > from) {
                    System.arraycopy(separator, 0, heap, at, separator.length);
                    at += separator.length;
                }
                int row = rows[r];
                int bytes = values.length[row] - ends;
                System.arraycopy(values.heap, values.start[row] + head.length, heap, at, bytes);
                at += bytes;
            }
            System.arraycopy(tail, 0, heap, at, tail.length);
            at += tail.length;
        }
        return new BytesVector(call.type(), count, heap, start, length, hasRows(first, count, 1));
    }

    private Vector lists(Type type, int first, int count) {
        int begin = count == 0 ? 0 : state.start(first);
        int all = count == 0 ? 0 : state.end(first + count - 1) - begin;
        ElementLanes elements = elements(Arrays.copyOfRange(rows, begin, begin + all), all);
        NestedWriter out = new NestedWriter();
        out.begin(count);
        for (int i = 0; i < count; i++) {
            for (int r = state.start(first + i); r < state.end(first + i); r++) {
                elements.put(out, r - begin);
            }
            out.end(i);
        }
        return out.vector(type, count, hasRows(first, count, 1));
    }

    /// The values of these rows as elements.
    private ElementLanes elements(int[] chosen, int all) {
        long[] validity = new long[Validity.words(all)];
        for (int i = 0; i < all; i++) {
            validity[i >> 6] |= (values.isNull(chosen[i]) ? 0L : 1L) << i;
        }
        ElementLanes elements = new ElementLanes(values.type);
        elements.read(gather(values.type, chosen, all, validity), all);
        return elements;
    }

    /// Behind the last of the equal values that begin at a place.
    private int runEnd(int start, int end) {
        int next = start + 1;
        while (next < end && KeptRowsAccumulator.values(values, rows[start], rows[next]) == 0) {
            next++;
        }
        return next;
    }

    private Vector histograms(int first, int count) {
        int most = count == 0 ? 0 : state.end(first + count - 1) - state.start(first);
        int[] chosen = new int[most];
        long[] sizes = new long[most];
        int[] runs = new int[count + 1];
        int all = 0;
        for (int i = 0; i < count; i++) {
            int end = state.end(first + i);
            for (int start = state.start(first + i); start < end; ) {
                int next = runEnd(start, end);
                chosen[all] = rows[start];
                sizes[all++] = (long) next - start;
                start = next;
            }
            runs[i + 1] = all;
        }
        ElementLanes keys = elements(chosen, all);
        NestedWriter out = new NestedWriter();
        out.begin(count);
        for (int i = 0; i < count; i++) {
            for (int run = runs[i]; run < runs[i + 1]; run++) {
                keys.put(out, run);
                out.putLong(sizes[run]);
            }
            out.end(i);
        }
        return out.vector(call.type(), count, hasRows(first, count, 1));
    }

    private Vector tops(int first, int count) {
        int most = (int) call.parameters().number();
        int[] chosen = {};
        int[] given = new int[count + 1];
        for (int i = 0; i < count; i++) {
            int[] top = top(state.start(first + i), state.end(first + i), most);
            chosen = Arrays.copyOf(chosen, given[i] + top.length);
            System.arraycopy(top, 0, chosen, given[i], top.length);
            given[i + 1] = given[i] + top.length;
        }
        ElementLanes elements = elements(chosen, chosen.length);
        NestedWriter out = new NestedWriter();
        out.begin(count);
        for (int i = 0; i < count; i++) {
            for (int at = given[i]; at < given[i + 1]; at++) {
                elements.put(out, at);
            }
            out.end(i);
        }
        return out.vector(call.type(), count, hasRows(first, count, 1));
    }

    /// Rows with the most frequent values of a group, which are in order: the most frequent first, of several the smallest.
    private int[] top(int from, int end, int most) {
        PriorityQueue<int[]> kept =
                new PriorityQueue<>(
                        Comparator.<int[]>comparingInt(run -> run[1])
                                .thenComparing(run -> run[0], Comparator.reverseOrder()));
        for (int start = from; start < end; ) {
            int next = runEnd(start, end);
            kept.add(new int[] {start, next - start});
            if (kept.size() > most) {
                kept.poll();
            }
            start = next;
        }
        int[] top = new int[kept.size()];
        for (int i = top.length - 1; i >= 0; i--) {
            int[] run = Objects.requireNonNull(kept.poll());
            top[i] = rows[run[0]];
        }
        return top;
    }

    /// A list of several quantiles.
    private Vector quantiles(Type element, int first, int count) {
        List<Double> fractions = call.parameters().numbers();
        int each = fractions.size();
        int[] chosen = new int[count * each];
        double[] floats = new double[count * each];
        long[] words = new long[count * each];
        for (int i = 0; i < count; i++) {
            int from = state.start(first + i);
            int end = state.end(first + i);
            for (int f = 0; f < each && from < end; f++) {
                int at = i * each + f;
                if (call.function() == AggregateFunction.QUANTILE_DISC) {
                    chosen[at] = rows[discrete(from, end, fractions.get(f))];
                } else if (element.physical() == Physical.DOUBLE) {
                    floats[at] = quantile(from, end, fractions.get(f));
                } else {
                    words[at] = time(from, end, fractions.get(f));
                }
            }
        }
        ElementLanes elements;
        if (call.function() == AggregateFunction.QUANTILE_DISC) {
            elements =
                    rows.length == 0 ? new ElementLanes(element) : elements(chosen, chosen.length);
        } else {
            elements = new ElementLanes(element);
            elements.read(
                    element.physical() == Physical.DOUBLE
                            ? new DoubleVector(element, floats.length, floats, null)
                            : new LongVector(element, words.length, words, null),
                    words.length);
        }
        NestedWriter out = new NestedWriter();
        out.begin(count);
        for (int i = 0; i < count; i++) {
            if (state.start(first + i) < state.end(first + i)) {
                for (int f = 0; f < each; f++) {
                    elements.put(out, i * each + f);
                }
            }
            out.end(i);
        }
        return out.vector(call.type(), count, hasRows(first, count, 1));
    }

    /// Valid where a group has at least so many rows.
    private long @Nullable [] hasRows(int first, int count, int least) {
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            long bit = state.end(first + i) - state.start(first + i) >= least ? 1 : 0;
            validity[i >> 6] |= bit << i;
        }
        return validity;
    }

    private Vector times(int first, int count) {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            int from = state.start(first + i);
            int end = state.end(first + i);
            out[i] = from < end ? time(from, end, call.parameters().number()) : 0;
        }
        return new LongVector(call.type(), count, out, hasRows(first, count, 1));
    }

    private long time(int from, int end, double fraction) {
        double place = fraction * (end - from - 1);
        int below = (int) Math.floor(place);
        long low = values.longs[rows[from + below]];
        long high = values.longs[rows[from + (int) Math.ceil(place)]];
        long unit = values.type instanceof Type.Date ? MICROS_PER_DAY : 1;
        return low * unit + Math.round((high - low) * unit * (place - below));
    }

    private Vector picked(int first, int count) {
        int[] chosen = new int[count];
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            int from = state.start(first + i);
            int end = state.end(first + i);
            if (from < end) {
                chosen[i] = rows[pick(from, end)];
                validity[i >> 6] |= (values.isNull(chosen[i]) ? 0L : 1L) << i;
            }
        }
        return gather(call.type(), chosen, count, validity);
    }

    /// The place of the value that the call is about, among those of a group.
    private int pick(int from, int end) {
        return switch (call.function()) {
            case FIRST -> from;
            case LAST -> end - 1;
            case MODE -> mostFrequent(from, end);
            default -> discrete(from, end, call.parameters().number());
        };
    }

    private static int discrete(int from, int end, double fraction) {
        return from + Math.max((int) Math.ceil(fraction * (end - from)), 1) - 1;
    }

    private int mostFrequent(int from, int end) {
        int best = from;
        int bestSize = 0;
        for (int start = from; start < end; ) {
            int next = runEnd(start, end);
            if (next - start > bestSize) {
                best = start;
                bestSize = next - start;
            }
            start = next;
        }
        return best;
    }

    /// The named rows; those that are not valid may be any.
    private Vector gather(Type type, int[] chosen, int count, long[] validity) {
        return switch (values.physical) {
            case LONG -> new LongVector(type, count, longs(chosen, count, validity), validity);
            case BITS -> {
                long[] words = new long[Validity.words(count)];
                for (int i = 0; i < count; i++) {
                    if (isSet(validity, i)) {
                        words[i >> 6] |= (values.longs[chosen[i]] & 1) << i;
                    }
                }
                yield new BitVector(type, count, words, validity);
            }
            case DOUBLE -> {
                double[] out = new double[count];
                for (int i = 0; i < count; i++) {
                    out[i] = isSet(validity, i) ? values.doubles[chosen[i]] + 0.0 : 0;
                }
                yield new DoubleVector(type, count, out, validity);
            }
            case WIDE -> {
                long[] high = new long[count];
                for (int i = 0; i < count; i++) {
                    high[i] = isSet(validity, i) ? values.high(chosen[i]) : 0;
                }
                yield new WideVector(type, count, high, longs(chosen, count, validity), validity);
            }
            case BYTES -> {
                int[] start = new int[count];
                int[] length = new int[count];
                int total = 0;
                for (int i = 0; i < count; i++) {
                    start[i] = total;
                    length[i] = isSet(validity, i) ? values.length[chosen[i]] : 0;
                    total = Math.addExact(total, length[i]);
                }
                byte[] heap = new byte[total];
                for (int i = 0; i < count; i++) {
                    if (length[i] > 0) {
                        System.arraycopy(
                                values.heap, values.start[chosen[i]], heap, start[i], length[i]);
                    }
                }
                yield new BytesVector(type, count, heap, start, length, validity);
            }
        };
    }

    private static boolean isSet(long[] validity, int i) {
        return (validity[i >> 6] >>> i & 1) != 0;
    }

    private long[] longs(int[] chosen, int count, long[] validity) {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            out[i] = isSet(validity, i) ? values.longs[chosen[i]] : 0;
        }
        return out;
    }

    private Vector doubles(int first, int count) {
        double[] out = new double[count];
        int longest = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, state.end(first + i) - state.start(first + i));
        }
        double[] scratch = new double[longest];
        for (int i = 0; i < count; i++) {
            int from = state.start(first + i);
            int end = state.end(first + i);
            if (end - from >= leastRows()) {
                out[i] = number(from, end, scratch);
            }
        }
        return new DoubleVector(Type.DOUBLE, count, out, hasRows(first, count, leastRows()));
    }

    private int leastRows() {
        return switch (call.function()) {
            case ENTROPY -> 0;
            case SKEWNESS -> 3;
            case KURTOSIS -> 4;
            default -> 1;
        };
    }

    private double number(int from, int end, double[] scratch) {
        return switch (call.function()) {
            case QUANTILE_CONT -> quantile(from, end, call.parameters().number());
            case PRODUCT -> product(from, end);
            case GEOMETRIC_MEAN -> geometricMean(from, end);
            case SKEWNESS -> skewness(from, end);
            case KURTOSIS, KURTOSIS_POP -> kurtosis(from, end);
            case ENTROPY -> entropy(from, end);
            case MAD -> medianDistance(from, end, scratch);
            default -> throw new AssertionError(call.function());
        };
    }

    private double quantile(int from, int end, double fraction) {
        double place = fraction * (end - from - 1);
        int below = (int) Math.floor(place);
        return between(value(from + below), value(from + (int) Math.ceil(place)), place - below);
    }

    private static double between(double low, double high, double share) {
        return low == high || share == 0 ? low : low + (high - low) * share;
    }

    /// The value at a place, as a double.
    private double value(int place) {
        int row = rows[place];
        if (values.physical == Physical.DOUBLE) {
            return values.doubles[row] + 0.0;
        }
        int scale = values.type instanceof Type.Decimal(_, int digits) ? digits : 0;
        long low = values.longs[row];
        if (values.isOneWord() && scale == 0) {
            return low;
        }
        BigInteger unscaled =
                BigInteger.valueOf(values.physical == Physical.WIDE ? values.high(row) : low >> 63)
                        .shiftLeft(64)
                        .add(new BigInteger(Long.toUnsignedString(low)));
        return new BigDecimal(unscaled, scale).doubleValue();
    }

    private double product(int from, int end) {
        double product = 1;
        for (int i = from; i < end; i++) {
            product *= value(i);
        }
        return product;
    }

    private double geometricMean(int from, int end) {
        double sum = 0;
        for (int i = from; i < end; i++) {
            sum += Math.log(value(i));
        }
        return Math.exp(sum / (end - from));
    }

    private double mean(int from, int end) {
        double sum = 0;
        for (int i = from; i < end; i++) {
            sum += value(i);
        }
        return sum / (end - from);
    }

    /// The mean of that power of the distances to the mean.
    private double moment(int from, int end, double mean, int power) {
        double sum = 0;
        for (int i = from; i < end; i++) {
            double distance = value(i) - mean;
            double square = distance * distance;
            sum += power == 2 ? square : power == 3 ? square * distance : square * square;
        }
        return sum / (end - from);
    }

    private double skewness(int from, int end) {
        double n = end - from;
        double mean = mean(from, end);
        double variance = moment(from, end, mean, 2);
        double skew = moment(from, end, mean, 3) / (variance * Math.sqrt(variance));
        return Math.sqrt(n * (n - 1)) / (n - 2) * skew;
    }

    private double kurtosis(int from, int end) {
        double n = end - from;
        double mean = mean(from, end);
        double variance = moment(from, end, mean, 2);
        double excess = moment(from, end, mean, 4) / (variance * variance) - 3;
        return switch (call.function()) {
            case KURTOSIS_POP -> excess;
            default -> (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6);
        };
    }

    private double entropy(int from, int end) {
        double bits = 0;
        double n = end - from;
        for (int start = from; start < end; ) {
            int next = runEnd(start, end);
            double share = (next - start) / n;
            bits -= share * (Math.log(share) / Math.log(2));
            start = next;
        }
        return bits + 0.0;
    }

    private double medianDistance(int from, int end, double[] scratch) {
        double median = quantile(from, end, 0.5);
        int n = end - from;
        for (int i = 0; i < n; i++) {
            scratch[i] = Math.abs(value(from + i) - median);
        }
        Arrays.sort(scratch, 0, n);
        double place = 0.5 * (n - 1);
        int below = (int) Math.floor(place);
        return between(scratch[below], scratch[(int) Math.ceil(place)], place - below);
    }
}
