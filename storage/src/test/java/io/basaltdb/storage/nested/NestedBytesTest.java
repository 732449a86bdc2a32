package io.basaltdb.storage.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The bytes of nested values beside the values themselves, as lists of objects.
class NestedBytesTest {
    private static final long SEED = Long.getLong("test.seed", 815);

    private static final List<Type> ELEMENTS =
            List.of(
                    Type.BIGINT,
                    Type.TINYINT,
                    Type.DOUBLE,
                    Type.REAL,
                    Type.BOOLEAN,
                    Type.TEXT,
                    new Type.Decimal(38, 0),
                    new Type.Array(Type.TEXT),
                    new Type.Array(new Type.Array(Type.BIGINT)));

    /// What is written is read again, and the order of the bytes is the order of the values.
    @Test
    void bytesAreTheValuesInTheirOrder() {
        System.out.println("-Dtest.seed=" + SEED);
        Random random = new Random(SEED);
        for (Type element : ELEMENTS) {
            Type.Array type = new Type.Array(element);
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                values.add(list(element, random));
            }
            NestedWriter out = new NestedWriter();
            out.begin(values.size());
            for (int i = 0; i < values.size(); i++) {
                write(out, element, values.get(i));
                out.end(i);
            }
            BytesVector vector = out.vector(type, values.size(), null);
            for (int i = 0; i < values.size(); i++) {
                assertEquals(
                        String.valueOf(values.get(i)), String.valueOf(read(vector, i, element)));
            }
            for (int i = 0; i < values.size(); i++) {
                for (int j = 0; j < values.size(); j++) {
                    int order =
                            Arrays.compareUnsigned(
                                    vector.heap(),
                                    vector.start()[i],
                                    vector.start()[i] + vector.length()[i],
                                    vector.heap(),
                                    vector.start()[j],
                                    vector.start()[j] + vector.length()[j]);
                    assertEquals(
                            Integer.signum(compare(values.get(i), values.get(j))),
                            Integer.signum(order),
                            element.sql() + " " + values.get(i) + " " + values.get(j));
                }
            }
        }
    }

    /// The smallest and greatest numbers, and those around the borders of bytes, keep their order.
    @Test
    void numbersOfEveryLengthAreOrdered() {
        List<Long> numbers = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L));
        for (int shift = 0; shift < 63; shift++) {
            long border = 1L << shift;
            numbers.addAll(List.of(border, border - 1, -border, -border - 1));
        }
        numbers.sort(null);
        NestedWriter out = new NestedWriter();
        out.begin(numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            out.putLong(numbers.get(i));
            out.end(i);
        }
        BytesVector vector = out.vector(new Type.Array(Type.BIGINT), numbers.size(), null);
        for (int i = 1; i < numbers.size(); i++) {
            int order =
                    Arrays.compareUnsigned(
                            vector.heap(),
                            vector.start()[i - 1],
                            vector.start()[i],
                            vector.heap(),
                            vector.start()[i],
                            vector.start()[i] + vector.length()[i]);
            assertTrue(
                    numbers.get(i - 1).equals(numbers.get(i)) ? order == 0 : order < 0,
                    numbers.get(i - 1) + " " + numbers.get(i));
            assertEquals(numbers.get(i), ElementReader.whole(vector.heap(), vector.start()[i]));
        }
    }

    private static @Nullable Object value(Type type, Random random) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return switch (type) {
            case Type.Array(Type inner) -> list(inner, random);
            case Type.Text _ ->
                    List.of("", "a", "b", "a\0", "a\0b", "\0", "\0\0", "aa", "日本", "\u00ff")
                            .get(random.nextInt(10));
            case Type.Bool _ -> random.nextBoolean();
            case Type.Int(int bits) -> random.nextLong() >> (64 - bits + random.nextInt(bits));
            case Type.Real _ -> (double) (float) number(random);
            case Type.DoublePrecision _ -> number(random);
            default -> new BigInteger(1 + random.nextInt(100), random).subtract(BigInteger.TEN);
        };
    }

    private static double number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> random.nextInt(3) - 1.0;
            default -> random.nextGaussian() * 100;
        };
    }

    private static List<@Nullable Object> list(Type element, Random random) {
        List<@Nullable Object> list = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            list.add(value(element, random));
        }
        return list;
    }

    private static void write(NestedWriter out, Type element, @Nullable Object list) {
        for (Object value : (List<?>) list) {
            switch (value) {
                case null -> out.putNull();
                case List<?> inner -> {
                    NestedWriter own = new NestedWriter();
                    own.begin(1);
                    write(own, ((Type.Array) element).element(), inner);
                    own.end(0);
                    BytesVector bytes = own.vector(element, 1, null);
                    out.putNested(bytes.heap(), 0, bytes.length()[0]);
                }
                case String text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    out.putBytes(bytes, 0, bytes.length);
                }
                case Boolean bit -> out.putBoolean(bit);
                case Long whole -> out.putLong(whole);
                case Double number when element instanceof Type.Real -> out.putReal(number);
                case Double number -> out.putDouble(number);
                default -> {
                    BigInteger wide = (BigInteger) value;
                    out.putWide(wide.shiftRight(64).longValue(), wide.longValue());
                }
            }
        }
    }

    private static List<@Nullable Object> read(BytesVector lists, int row, Type element) {
        ElementColumn column = new ElementColumn(element);
        int at = lists.start()[row];
        while (ElementShape.isElement(lists.heap(), at)) {
            at = column.add(lists.heap(), at);
        }
        assertEquals(lists.start()[row] + lists.length()[row], at + 1);
        Vector vector = column.vector();
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            list.add(vector.isNull(i) ? null : at(vector, i, element));
        }
        return list;
    }

    private static Object at(Vector vector, int lane, Type type) {
        return switch (vector) {
            case LongVector longs -> longs.values()[lane];
            case DoubleVector doubles -> doubles.values()[lane];
            case BitVector bits -> bits.get(lane);
            case WideVector wide ->
                    BigInteger.valueOf(wide.high()[lane])
                            .shiftLeft(64)
                            .or(new BigInteger(Long.toUnsignedString(wide.low()[lane])));
            case BytesVector bytes when type instanceof Type.Array(Type inner) ->
                    read(bytes, lane, inner);
            case BytesVector bytes ->
                    new String(
                            bytes.heap(),
                            bytes.start()[lane],
                            bytes.length()[lane],
                            StandardCharsets.UTF_8);
            default -> throw new AssertionError(vector);
        };
    }

    /// Element by element, NULL greatest, a shorter list before a longer one.
    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        return switch (left) {
            case List<?> list -> {
                List<?> other = (List<?>) right;
                for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
                    int order = compare(list.get(i), other.get(i));
                    if (order != 0) {
                        yield order;
                    }
                }
                yield Integer.compare(list.size(), other.size());
            }
            case String text ->
                    Arrays.compareUnsigned(
                            text.getBytes(StandardCharsets.UTF_8),
                            ((String) right).getBytes(StandardCharsets.UTF_8));
            case Boolean bit -> bit.compareTo((Boolean) right);
            case Long whole -> whole.compareTo((Long) right);
            case Double number -> Double.compare(number + 0.0, (Double) right + 0.0);
            default -> ((BigInteger) left).compareTo((BigInteger) right);
        };
    }
}
