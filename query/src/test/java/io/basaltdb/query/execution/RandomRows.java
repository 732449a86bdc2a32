package io.basaltdb.query.execution;

import io.basaltdb.query.operator.filter.ValueVectors;
import io.basaltdb.storage.testkit.NestedValues;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.IpAddress;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Random values, and the same rows in every form that a batch can have.
final class RandomRows {
    private final Random random;

    RandomRows(long seed) {
        this.random = new Random(seed);
    }

    /// How the columns of a batch lie.
    enum Form {
        PLAIN,
        ONE_DICTIONARY,
        DICTIONARY_PER_BATCH,
        MIXED
    }

    Value value(Type type, int distinct, double nulls) {
        if (random.nextDouble() < nulls) {
            return Value.NULL;
        }
        int pick = random.nextInt(distinct);
        return switch (type) {
            case Type.Bool _ -> Value.of((pick & 1) == 0);
            case Type.Int whole -> Value.of(whole(pick, whole.bits()));
            case Type.Real _ -> Value.of((double) (float) floating(pick));
            case Type.DoublePrecision _ -> Value.of(floating(pick));
            case Type.Decimal decimal -> decimal(pick, decimal);
            case Type.Date _ -> Value.of(pick - 3L);
            case Type.Timestamp _, Type.TimestampTz _ -> Value.of(pick * 1_000_003L);
            case Type.Text _ -> Value.of(text(pick));
            case Type.Time _ -> Value.of(pick * 1_000_003L);
            case Type.Uuid _ -> UuidBits.of(new UUID(pick * 0x9E3779B97F4A7C15L, pick));
            case Type.CalendarInterval _ -> IntervalBits.of(pick, -pick, pick * 1_000_003L);
            case Type.Enumeration labels -> Value.of(pick % labels.labels().size());
            case Type.Inet _ ->
                    new Value.Bytes(
                            InetBytes.of(new IpAddress(true, 0, pick * 65_537L), pick % 33));
            case Type.Json _ -> Value.of("[" + pick + "]");
            case Type.Binary _ -> new Value.Bytes(new byte[] {(byte) (pick * 37), (byte) pick});
            case Type.Nested nested -> new Value.Bytes(NestedValues.of(nested, pick));
            case Type.Interval _, Type.Null _ -> throw new AssertionError();
        };
    }

    private static long whole(int pick, int bits) {
        return switch (pick) {
            case 3 -> -1L << (bits - 1);
            case 4 -> ~(-1L << (bits - 1));
            default ->
                    bits == 8 ? (byte) pick : bits == 16 ? (short) (pick * 7 - 9) : pick * 7L - 9;
        };
    }

    private static double floating(int pick) {
        return switch (pick) {
            case 0 -> -0.0;
            case 1 -> 0.0;
            case 2 -> Double.NaN;
            case 3 -> 1e300;
            case 4 -> -1e300;
            case 5 -> 1e-300;
            case 6 -> Double.POSITIVE_INFINITY;
            case 7 -> 0x1p-1074;
            default -> new Random(pick).nextGaussian() * Math.pow(10, pick % 7 - 3);
        };
    }

    private static Value decimal(int pick, Type.Decimal type) {
        BigInteger limit = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        BigInteger value = new BigInteger(120, new Random(pick)).mod(limit);
        if (pick % 3 == 0) {
            value = BigInteger.valueOf(pick);
        }
        return Value.of(pick % 2 == 0 ? value : value.negate());
    }

    private static String text(int pick) {
        return switch (pick % 5) {
            case 0 -> "k" + pick;
            case 1 -> "";
            case 2 -> "grün " + pick + " is a text of some length that shares a prefix";
            case 3 -> "grün " + pick;
            default -> Integer.toString(pick % 100);
        };
    }

    List<List<Value>> rows(Schema schema, int count, int distinct, double nulls) {
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Value> row = new ArrayList<>();
            for (int c = 0; c < schema.size(); c++) {
                row.add(value(schema.type(c), distinct, schema.field(c).nullable() ? nulls : 0));
            }
            rows.add(row);
        }
        return rows;
    }

    /// The rows in order as splits of batches, cut at random places, with lanes between them that are no rows.
    List<List<Batch>> splits(Schema schema, List<List<Value>> rows, Form form) {
        List<List<Batch>> splits = new ArrayList<>();
        List<Dictionary> shared = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
            shared.add(dictionary(schema.type(c), column(rows, c)));
        }
        List<Batch> split = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int to =
                    Math.min(
                            rows.size(),
                            from + 1 + random.nextInt(random.nextBoolean() ? 20 : 900));
            split.add(batch(schema, rows.subList(from, to), form, shared));
            from = to;
            if (random.nextInt(4) == 0) {
                splits.add(split);
                split = new ArrayList<>();
            }
        }
        splits.add(split);
        return splits;
    }

    private Batch batch(
            Schema schema, List<List<Value>> rows, Form form, List<@Nullable Dictionary> shared) {
        boolean gaps = random.nextInt(3) == 0;
        List<List<Value>> lanes = new ArrayList<>();
        List<Integer> chosen = new ArrayList<>();
        for (List<Value> row : rows) {
            while (gaps && random.nextInt(3) == 0 && lanes.size() < 3000) {
                lanes.add(row);
            }
            chosen.add(lanes.size());
            lanes.add(row);
        }
        List<Vector> columns = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
            columns.add(vector(schema.type(c), column(lanes, c), form, shared.get(c)));
        }
        Selection selection =
                lanes.size() == rows.size()
                        ? null
                        : new Selection(
                                chosen.stream().mapToInt(Integer::intValue).toArray(),
                                chosen.size());
        return new Batch(lanes.size(), columns, selection);
    }

    private static List<Value> column(List<List<Value>> rows, int column) {
        return rows.stream().map(row -> row.get(column)).toList();
    }

    private Vector vector(Type type, List<Value> values, Form form, @Nullable Dictionary shared) {
        boolean constant = values.stream().allMatch(values.getFirst()::equals);
        if (constant && form != Form.PLAIN && random.nextBoolean()) {
            return new ConstantVector(type, values.size(), values.getFirst());
        }
        return switch (form) {
            case PLAIN -> ValueVectors.of(type, values);
            case ONE_DICTIONARY -> coded(type, values, shared);
            case DICTIONARY_PER_BATCH -> coded(type, values, dictionary(type, values));
            case MIXED ->
                    switch (random.nextInt(3)) {
                        case 0 -> ValueVectors.of(type, values);
                        case 1 -> coded(type, values, shared);
                        default -> coded(type, values, dictionary(type, values));
                    };
        };
    }

    private static Vector coded(Type type, List<Value> values, @Nullable Dictionary dictionary) {
        if (dictionary == null) {
            return ValueVectors.of(type, values);
        }
        Map<Value, Integer> entries = new HashMap<>();
        for (int i = 0; i < dictionary.size(); i++) {
            entries.put(MemoryRelation.value(dictionary.values(), i), i);
        }
        int[] codes = new int[values.size()];
        long[] validity = null;
        for (int i = 0; i < codes.length; i++) {
            if (values.get(i).isNull()) {
                if (validity == null) {
                    validity = new long[Validity.words(codes.length)];
                    Validity.fill(validity, codes.length);
                }
                Validity.setNull(validity, i);
            } else {
                codes[i] = entries.get(values.get(i));
            }
        }
        return new DictionaryVector(codes.length, codes, dictionary, validity);
    }

    private static @Nullable Dictionary dictionary(Type type, List<Value> values) {
        Comparator<Value> order =
                (a, b) -> {
                    int compared = Value.compare(a, b);
                    return compared != 0 || a.equals(b)
                            ? compared
                            : Integer.compare(a.hashCode(), b.hashCode());
                };
        TreeSet<Value> distinct = new TreeSet<>(order);
        values.stream().filter(value -> !value.isNull()).forEach(distinct::add);
        return distinct.isEmpty()
                ? null
                : new Dictionary(
                        ValueVectors.of(type, List.copyOf(distinct)), type instanceof Type.Text);
    }
}
