package io.basaltdb.storage.testkit;

import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.IpAddress;
import io.basaltdb.storage.type.Type;
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
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Random values, vectors and selections of every type and form from one seed: even, skewed, sorted, clustered and constant ones, NULLs, and
/// the ends of every type's range.
public final class RandomVectors {
    /// One of each kind of storable type.
    public static final List<Type> TYPES =
            List.of(
                    Type.BOOLEAN,
                    Type.TINYINT,
                    Type.SMALLINT,
                    Type.INTEGER,
                    Type.BIGINT,
                    Type.REAL,
                    Type.DOUBLE,
                    new Type.Decimal(9, 2),
                    new Type.Decimal(18, 4),
                    new Type.Decimal(38, 10),
                    Type.DATE,
                    Type.TIMESTAMP,
                    new Type.Timestamp(9),
                    Type.TIMESTAMPTZ,
                    Type.TEXT,
                    Type.TIME,
                    Type.UUID,
                    Type.VARBINARY,
                    Type.JSON,
                    Type.INTERVAL,
                    Type.INET,
                    new Type.Enumeration("mood", List.of("sad", "ok", "happy")),
                    new Type.Enumeration(
                            "", IntStream.range(0, 130).mapToObj(n -> "l" + n).toList()),
                    new Type.Array(Type.INTEGER),
                    new Type.Array(new Type.Array(Type.TEXT)),
                    new Type.Struct(
                            List.of(
                                    new Type.Struct.Member("a", Type.DOUBLE),
                                    new Type.Struct.Member("b c", new Type.Array(Type.TEXT)))),
                    new Type.Map(Type.INTEGER, Type.BOOLEAN));

    private static final String[] WORDS = {
        "",
        "a",
        "b",
        "ab",
        "zebra",
        "Straße",
        "日本",
        "https://example.org/",
        "the quick brown fox",
        "\0",
        "a\0",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "😀"
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1.0,
        -1.5,
        0.1,
        19.99,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_VALUE,
        0x1p53,
        1e22
    };

    private final Random random;

    public RandomVectors(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    public Type type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    /// How the values of one vector follow from each other.
    private enum Shape {
        EVEN,
        SMALL,
        SORTED,
        RUNS,
        FEW,
        SAME,
        OUTLIERS
    }

    /// A vector of any form; NULLs in it only where `nullable`.
    public Vector vector(Type type, int size, boolean nullable) {
        return switch (random.nextInt(8)) {
            case 0 -> dictionary(type, size, nullable);
            case 1 -> constant(type, size, nullable);
            default -> flat(type, size, nullable);
        };
    }

    public Vector constant(Type type, int size, boolean nullable) {
        Value value = nullable && random.nextInt(4) == 0 ? Value.NULL : value(type);
        return new ConstantVector(type, size, value);
    }

    public DictionaryVector dictionary(Type type, int size, boolean nullable) {
        int entries = 1 + random.nextInt(20);
        int[] codes = new int[size];
        for (int i = 0; i < size; i++) {
            codes[i] = random.nextInt(entries);
        }
        Dictionary dictionary = new Dictionary(flat(type, entries, false), false);
        return new DictionaryVector(size, codes, dictionary, validity(size, nullable));
    }

    /// A vector of the type's own form (a wide one may also be narrow).
    public Vector flat(Type type, int size, boolean nullable) {
        Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
        long @Nullable [] validity = validity(size, nullable);
        return switch (type.physical()) {
            case LONG -> new LongVector(type, size, longs(type, size, shape), validity);
            case DOUBLE -> new DoubleVector(type, size, doubles(type, size, shape), validity);
            case BITS -> new BitVector(type, size, bits(size, shape), validity);
            case BYTES -> bytes(type, size, shape, validity);
            case WIDE -> wide(type, size, shape, validity);
        };
    }

    /// Absent, sparse, half, clustered or all NULL.
    private long @Nullable [] validity(int size, boolean nullable) {
        if (!nullable || random.nextInt(3) == 0) {
            return null;
        }
        long[] words = new long[Validity.words(size) + random.nextInt(2)];
        int percent = List.of(0, 2, 50, 97, 100).get(random.nextInt(5));
        boolean clustered = random.nextBoolean();
        boolean valid = true;
        for (int i = 0; i < size; i++) {
            if (!clustered || random.nextInt(30) == 0) {
                valid = random.nextInt(100) < percent;
            }
            if (valid) {
                Validity.setValid(words, i);
            }
        }
        if (words.length > 0 && (size & 63) != 0) {
            words[size >> 6] |= random.nextLong() << size; // bits behind the end may be anything
        }
        return words;
    }

    private long[] longs(Type type, int size, Shape shape) {
        long[] out = new long[size + random.nextInt(3)];
        long last = whole(type);
        long[] few = {whole(type), whole(type), whole(type)};
        for (int i = 0; i < size; i++) {
            out[i] =
                    switch (shape) {
                        case EVEN -> whole(type);
                        case SMALL -> clamp(type, random.nextInt(1000) - 200);
                        case SORTED -> last = clamp(type, last + random.nextInt(4));
                        case RUNS -> last = random.nextInt(20) == 0 ? whole(type) : last;
                        case FEW -> few[random.nextInt(few.length)];
                        case SAME -> last;
                        case OUTLIERS ->
                                random.nextInt(200) == 0
                                        ? whole(type)
                                        : clamp(type, random.nextInt(16));
                    };
        }
        return out;
    }

    private static long clamp(Type type, long value) {
        return Math.clamp(value, min(type), max(type));
    }

    private static long max(Type type) {
        return switch (type) {
            case Type.Int integer -> integer.max();
            case Type.Decimal(int precision, int _) ->
                    precision > 18
                            ? Long.MAX_VALUE
                            : BigInteger.TEN.pow(precision).longValueExact() - 1;
            case Type.Date _ -> Integer.MAX_VALUE;
            case Type.Enumeration labels -> labels.labels().size() - 1;
            default -> Long.MAX_VALUE;
        };
    }

    private static long min(Type type) {
        return switch (type) {
            case Type.Int integer -> integer.min();
            case Type.Enumeration _ -> 0;
            default -> -max(type);
        };
    }

    private long whole(Type type) {
        return switch (random.nextInt(8)) {
            case 0 -> min(type);
            case 1 -> max(type);
            case 2 -> 0;
            case 3 -> clamp(type, random.nextInt(100) - 50);
            default -> clamp(type, random.nextLong() >> random.nextInt(64));
        };
    }

    private double[] doubles(Type type, int size, Shape shape) {
        double[] out = new double[size];
        double last = number(type);
        double[] few = {number(type), number(type), number(type)};
        for (int i = 0; i < size; i++) {
            double value =
                    switch (shape) {
                        case EVEN -> number(type);
                        case SMALL -> (random.nextInt(100_000) - 1000) / 100.0;
                        case SORTED -> last += random.nextInt(3) * 0.5;
                        case RUNS -> last = random.nextInt(20) == 0 ? number(type) : last;
                        case FEW -> few[random.nextInt(few.length)];
                        case SAME -> last;
                        case OUTLIERS ->
                                random.nextInt(300) == 0 ? number(type) : random.nextInt(50) / 10.0;
                    };
            out[i] = type instanceof Type.Real ? (float) value : value;
        }
        return out;
    }

    private double number(Type type) {
        double value =
                switch (random.nextInt(3)) {
                    case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
                    case 1 -> random.nextGaussian() * 1e6;
                    default -> random.nextInt(10_000) / 100.0;
                };
        return type instanceof Type.Real ? (float) value : value;
    }

    private long[] bits(int size, Shape shape) {
        long[] words = new long[Validity.words(size)];
        boolean last = random.nextBoolean();
        for (int i = 0; i < size; i++) {
            last =
                    switch (shape) {
                        case EVEN, SMALL, FEW -> random.nextBoolean();
                        case SORTED, RUNS -> random.nextInt(100) == 0 ? !last : last;
                        case SAME -> last;
                        case OUTLIERS -> random.nextInt(200) == 0;
                    };
            if (last) {
                Validity.setValid(words, i);
            }
        }
        return words;
    }

    private BytesVector bytes(Type type, int size, Shape shape, long @Nullable [] validity) {
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        heap.writeBytes(new byte[random.nextInt(5)]);
        int[] start = new int[size];
        int[] length = new int[size];
        byte[] last = text();
        byte[][] few = {text(), text(), text(), text()};
        for (int i = 0; i < size; i++) {
            byte[] value =
                    switch (shape) {
                        case EVEN -> text();
                        case SMALL ->
                                String.valueOf(random.nextInt(1000))
                                        .getBytes(StandardCharsets.UTF_8);
                        case SORTED -> String.format("%08d", i).getBytes(StandardCharsets.UTF_8);
                        case RUNS -> random.nextInt(20) == 0 ? text() : last;
                        case FEW -> few[random.nextInt(few.length)];
                        case SAME -> last;
                        case OUTLIERS -> random.nextInt(200) == 0 ? longText() : few[0];
                    };
            last = value;
            byte[] kept =
                    type instanceof Type.Nested nested
                            ? NestedValues.of(nested, Arrays.hashCode(value))
                            : type instanceof Type.Inet ? address(value) : value;
            start[i] = heap.size();
            length[i] = kept.length;
            heap.writeBytes(kept);
        }
        return new BytesVector(type, size, heap.toByteArray(), start, length, validity);
    }

    /// One of a few networks, or a host in it, as the text has it.
    private static byte[] address(byte[] text) {
        int hash = Arrays.hashCode(text);
        boolean isV4 = (hash & 1) == 0;
        int most = isV4 ? 32 : 128;
        int bits = (hash & 6) == 0 ? Math.floorMod(hash >> 3, most + 1) : most;
        long low = isV4 ? hash & 0xFFFF_FFFFL : hash * 0x9E3779B97F4A7C15L;
        return InetBytes.of(new IpAddress(isV4, isV4 ? 0 : 0x20010DB8L << 32, low), bits);
    }

    private byte[] text() {
        return switch (random.nextInt(3)) {
            case 0 -> WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
            case 1 ->
                    ("https://example.org/page/" + random.nextInt(5000))
                            .getBytes(StandardCharsets.UTF_8);
            default -> Integer.toString(random.nextInt(), 36).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] longText() {
        return ("xyz" + random.nextInt(100))
                .repeat(random.nextInt(2000))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Vector wide(Type type, int size, Shape shape, long @Nullable [] validity) {
        if (random.nextBoolean()) {
            return new LongVector(type, size, longs(type, size, shape), validity);
        }
        long[] high = new long[size];
        long[] low = new long[size];
        BigInteger last = wideNumber();
        BigInteger[] few = {wideNumber(), wideNumber(), wideNumber()};
        for (int i = 0; i < size; i++) {
            last =
                    switch (shape) {
                        case EVEN -> wideNumber();
                        case SMALL -> BigInteger.valueOf(random.nextInt(100) - 50);
                        case SORTED ->
                                last.signum() > 0
                                        ? last.subtract(BigInteger.ONE)
                                        : last.add(BigInteger.ONE);
                        case RUNS -> random.nextInt(20) == 0 ? wideNumber() : last;
                        case FEW -> few[random.nextInt(few.length)];
                        case SAME -> last;
                        case OUTLIERS ->
                                random.nextInt(200) == 0
                                        ? wideNumber()
                                        : BigInteger.valueOf(random.nextInt(9));
                    };
            high[i] = last.shiftRight(64).longValue();
            low[i] = last.longValue();
        }
        return new WideVector(type, size, high, low, validity);
    }

    private BigInteger wideNumber() {
        BigInteger limit = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        BigInteger number =
                switch (random.nextInt(5)) {
                    case 0 -> limit;
                    case 1 -> BigInteger.valueOf(random.nextLong());
                    default -> new BigInteger(1 + random.nextInt(126), random);
                };
        number = number.min(limit);
        return random.nextBoolean() ? number.negate() : number;
    }

    /// A value that is not NULL.
    public Value value(Type type) {
        return VectorValues.at(flat(type, 1, false), 0);
    }

    /// An ascending selection among `size` lanes, of any density; null means all.
    public @Nullable Selection selection(int size) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        int percent = random.nextInt(101);
        int[] rows = new int[size + random.nextInt(3)];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (random.nextInt(100) < percent) {
                rows[count++] = i;
            }
        }
        return new Selection(rows, count);
    }
}
