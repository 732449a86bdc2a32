package io.basaltdb.query.expression;

import io.basaltdb.storage.testkit.NestedValues;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.IpAddress;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Random values, and vectors of every form that hold given values. Lanes that are null or not selected hold garbage.
final class RandomColumns {
    private static final String[] TEXTS = {
        "", "a", "abc", "google", "GOOGLE", "http://www.google.com/search?q=1", "%", "_", "a_b%c",
                "äöü", "日本語", "x😀y",
        "ends with google", "goog", "ab", "aab", "aaab", "  padded  ", "12", "-7", "3.50", "1e3",
                "true", "2024-02-29",
        "2024-02-29 12:34:56.789", "special requests here",
                "the quick brown fox jumps over the lazy dog"
    };

    final Random random;

    RandomColumns(Random random) {
        this.random = random;
    }

    Value value(Type type) {
        if (random.nextInt(6) == 0) {
            return Value.NULL;
        }
        return switch (type) {
            case Type.Bool _ -> Value.of(random.nextBoolean());
            case Type.Int(int bits) -> Value.of(whole(bits));
            case Type.Real _ -> Value.of((double) (float) floating());
            case Type.DoublePrecision _ -> Value.of(floating());
            case Type.Decimal decimal -> decimal(decimal);
            case Type.Date _ ->
                    Value.of(
                            random.nextInt(8) == 0
                                    ? random.nextInt(2_000_000) - 1_000_000
                                    : random.nextInt(20_000));
            case Type.Timestamp t -> Value.of(ticks(t.unitsPerSecond()));
            case Type.TimestampTz t -> Value.of(ticks(t.unitsPerSecond()));
            case Type.Text _ -> Value.of(text());
            case Type.Time _ -> Value.of(random.nextLong(Type.Time.MICROSECONDS_PER_DAY));
            case Type.Uuid _ -> UuidBits.of(new UUID(random.nextLong(), random.nextInt(3)));
            case Type.CalendarInterval _ ->
                    IntervalBits.of(
                            random.nextInt(200) - 100,
                            random.nextInt(2000) - 1000,
                            random.nextLong(1L << 45) - (1L << 44));
            case Type.Enumeration labels -> Value.of(random.nextInt(labels.labels().size()));
            case Type.Json _ -> Value.of("{\"a\": [" + random.nextInt(9) + "]}");
            case Type.Inet _ -> {
                boolean isV4 = random.nextBoolean();
                yield new Value.Bytes(
                        InetBytes.of(
                                new IpAddress(
                                        isV4,
                                        isV4 ? 0 : random.nextLong(3),
                                        isV4
                                                ? random.nextLong(1L << 32)
                                                : random.nextLong() >>> random.nextInt(64)),
                                random.nextInt(isV4 ? 33 : 129)));
            }
            case Type.Binary _ -> {
                byte[] bytes = new byte[random.nextInt(6)];
                random.nextBytes(bytes);
                yield new Value.Bytes(bytes);
            }
            case Type.Interval(Type.Interval.Unit unit) ->
                    Value.of(
                            unit == Type.Interval.Unit.MONTHS
                                    ? random.nextInt(200) - 100
                                    : random.nextLong(1L << 45) - (1L << 44));
            case Type.Nested nested -> new Value.Bytes(NestedValues.of(nested, random.nextInt(30)));
            case Type.Null _ -> Value.NULL;
        };
    }

    String text() {
        if (random.nextInt(3) > 0) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(
                    "abAB c%_ö日😀"
                            .codePoints().skip(random.nextInt(11)).findFirst().stream()
                                    .mapToObj(Character::toString)
                                    .findFirst()
                                    .orElse("z"));
        }
        return text.toString();
    }

    private long ticks(long perSecond) {
        long seconds =
                random.nextInt(8) == 0
                        ? random.nextLong(6_000_000_000L) - 3_000_000_000L
                        : random.nextInt(1_700_000_000);
        return seconds * perSecond + random.nextLong(perSecond);
    }

    long whole(int bits) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(5) - 2;
            case 1 ->
                    random.nextBoolean()
                            ? new Type.Int(bits).max() - random.nextInt(2)
                            : new Type.Int(bits).min() + random.nextInt(2);
            case 2 -> random.nextLong() >> (64 - bits);
            default -> (random.nextInt(201) - 100) >> (bits == 8 ? 1 : 0);
        };
    }

    private double floating() {
        return switch (random.nextInt(10)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            case 2 -> Double.NaN;
            case 3 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 4 -> random.nextGaussian() * 1e20;
            case 5 -> random.nextInt(200) / 4.0 - 25;
            default -> random.nextGaussian() * 100;
        };
    }

    private Value decimal(Type.Decimal type) {
        int digits =
                random.nextInt(4) == 0
                        ? type.precision()
                        : 1 + random.nextInt(Math.min(type.precision(), 8));
        BigInteger limit = BigInteger.TEN.pow(digits);
        BigInteger number = new BigInteger(limit.bitLength() + 8, random).mod(limit);
        return Value.of(random.nextBoolean() ? number : number.negate());
    }

    List<Value> values(Type type, int size) {
        List<Value> pool = new ArrayList<>();
        int distinct = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : size;
        for (int i = 0; i < distinct; i++) {
            pool.add(value(type));
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(distinct == size ? pool.get(i) : pool.get(random.nextInt(distinct)));
        }
        return values;
    }

    Selection selection(int size) {
        int[] rows = new int[size];
        int count = 0;
        int share = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            if (random.nextInt(4) <= share) {
                rows[count++] = i;
            }
        }
        return new Selection(rows, count);
    }

    /// A vector of a random form; lanes outside the selection hold garbage.
    Vector vector(Type type, List<Value> values, Selection selection) {
        boolean same = values.stream().distinct().count() == 1;
        if (same && random.nextInt(2) == 0) {
            return new ConstantVector(type, values.size(), values.getFirst());
        }
        boolean[] live = new boolean[values.size()];
        for (int i = 0; i < values.size(); i++) {
            live[i] = selection == null;
        }
        for (int i = 0; selection != null && i < selection.count(); i++) {
            live[selection.rows()[i]] = true;
        }
        return random.nextInt(3) == 0 ? dictionary(type, values, live) : flat(type, values, live);
    }

    private Vector dictionary(Type type, List<Value> values, boolean[] live) {
        List<Value> distinct =
                new ArrayList<>(values.stream().filter(v -> !v.isNull()).distinct().toList());
        for (int i = random.nextInt(3); i > 0 || distinct.isEmpty(); i--) {
            Value more = value(type);
            if (!more.isNull() && !distinct.contains(more)) {
                distinct.add(more);
            }
            if (type instanceof Type.Bool && distinct.size() == 2) {
                break;
            }
        }
        boolean[] all = new boolean[distinct.size()];
        java.util.Arrays.fill(all, true);
        Dictionary dictionary = new Dictionary(flat(type, distinct, all), false);
        int[] codes = new int[values.size() + random.nextInt(3)];
        long[] validity = null;
        for (int i = 0; i < values.size(); i++) {
            int code = distinct.indexOf(values.get(i));
            codes[i] = code < 0 || !live[i] ? random.nextInt(distinct.size()) : code;
            if (code < 0) {
                validity = withNull(validity, values.size(), i);
            }
        }
        return new DictionaryVector(values.size(), codes, dictionary, validity);
    }

    private static long[] withNull(long[] validity, int size, int row) {
        long[] words = validity;
        if (words == null) {
            words = new long[Validity.words(size)];
            Validity.fill(words, size);
        }
        Validity.setNull(words, row);
        return words;
    }

    Vector flat(Type type, List<Value> values, boolean[] live) {
        int size = values.size();
        long[] validity = null;
        for (int i = 0; i < size; i++) {
            if (values.get(i).isNull()) {
                validity = withNull(validity, size, i);
            }
        }
        switch (type.physical()) {
            case LONG -> {
                return longs(type, values, live, validity);
            }
            case WIDE -> {
                if (values.stream().noneMatch(v -> v instanceof Value.Wide)
                        && random.nextBoolean()) {
                    return longs(type, values, live, validity);
                }
                long[] high = new long[size];
                long[] low = new long[size];
                for (int i = 0; i < size; i++) {
                    boolean garbage = values.get(i).isNull() || !live[i];
                    BigInteger number =
                            garbage ? new BigInteger(127, random) : Value.unscaled(values.get(i));
                    high[i] = number.shiftRight(64).longValue();
                    low[i] = number.longValue();
                }
                return new WideVector(type, size, high, low, validity);
            }
            case DOUBLE -> {
                double[] array = new double[size];
                for (int i = 0; i < size; i++) {
                    array[i] =
                            live[i] && values.get(i) instanceof Value.Floating(double v)
                                    ? v
                                    : random.nextInt(2);
                }
                return new DoubleVector(type, size, array, validity);
            }
            case BITS -> {
                long[] words = new long[Validity.words(size)];
                for (int i = 0; i < size; i++) {
                    boolean bit =
                            live[i] && values.get(i) instanceof Value.Bool(boolean v)
                                    ? v
                                    : random.nextBoolean();
                    if (bit) {
                        Validity.setValid(words, i);
                    }
                }
                return new BitVector(type, size, words, validity);
            }
            case BYTES -> {
                return texts(type, values, live, validity);
            }
        }
        throw new AssertionError();
    }

    private Vector longs(Type type, List<Value> values, boolean[] live, long[] validity) {
        int size = values.size();
        long[] array = new long[size];
        long union = 0;
        for (int i = 0; i < size; i++) {
            if (live[i] && values.get(i) instanceof Value.Whole(long v)) {
                array[i] = v;
                union |= v ^ (v >> 63);
            } else {
                array[i] =
                        random.nextInt(3) == 0
                                ? 0
                                : random.nextBoolean() ? Long.MIN_VALUE : random.nextLong();
            }
        }
        int bits =
                random.nextBoolean() ? LongVector.UNBOUNDED : 64 - Long.numberOfLeadingZeros(union);
        return new LongVector(type, size, array, validity, bits);
    }

    private Vector texts(Type type, List<Value> values, boolean[] live, long[] validity) {
        int size = values.size();
        List<byte[]> bytes = new ArrayList<>();
        int total = random.nextInt(5);
        boolean gaps = random.nextBoolean();
        int[] start = new int[size];
        int[] length = new int[size];
        byte[] heap = new byte[1 << 12];
        for (int i = 0; i < size; i++) {
            byte[] text =
                    live[i] && values.get(i) instanceof Value.Bytes(byte[] v)
                            ? v
                            : text().getBytes(StandardCharsets.UTF_8);
            start[i] = total;
            length[i] = text.length;
            while (heap.length < total + text.length + 4) {
                heap = java.util.Arrays.copyOf(heap, heap.length * 2);
            }
            System.arraycopy(text, 0, heap, total, text.length);
            total += text.length + (gaps ? random.nextInt(4) : 0);
        }
        return new BytesVector(type, size, heap, start, length, validity);
    }

    /// Overwrites the arrays of a vector that was lent.
    void destroy(Vector vector) {
        switch (vector) {
            case LongVector v -> java.util.Arrays.fill(v.values(), random.nextLong());
            case DoubleVector v -> java.util.Arrays.fill(v.values(), random.nextDouble());
            case WideVector v -> {
                java.util.Arrays.fill(v.high(), random.nextLong());
                java.util.Arrays.fill(v.low(), random.nextLong());
            }
            case BitVector v -> java.util.Arrays.fill(v.words(), random.nextLong());
            case BytesVector v -> java.util.Arrays.fill(v.heap(), (byte) 'X');
            case DictionaryVector v -> java.util.Arrays.fill(v.codes(), 0);
            case ConstantVector _ -> {}
        }
    }
}
