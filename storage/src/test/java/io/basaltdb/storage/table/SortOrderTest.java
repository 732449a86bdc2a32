package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Against a stable sort by single values.
final class SortOrderTest {
    private static final List<Type> TYPES =
            List.of(
                    Type.BIGINT,
                    Type.INTEGER,
                    Type.DOUBLE,
                    new Type.Decimal(38, 3),
                    Type.BOOLEAN,
                    Type.TEXT);

    @RepeatedTest(60)
    void agreesWithAComparator(RepetitionInfo info) {
        Random random = new Random(1000 + info.getCurrentRepetition());
        List<Type> types = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            types.add(TYPES.get(random.nextInt(TYPES.size())));
        }
        RowStore store = new RowStore(types, false, 0);
        int batches = 1 + random.nextInt(6);
        int variety = 1 << random.nextInt(16);
        for (int b = 0; b < batches; b++) {
            int size = random.nextInt(3) == 0 ? random.nextInt(10) : random.nextInt(3000);
            List<Vector> columns = new ArrayList<>();
            for (Type type : types) {
                columns.add(vector(type, size, variety, random));
            }
            store.append(columns, size, null, 0);
        }
        DeltaView view = store.view();
        int[] keys = new int[types.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i;
        }
        int[] rows = SortOrder.all(view);
        Integer[] expected = Arrays.stream(rows).boxed().toArray(Integer[]::new);
        Arrays.sort(expected, (a, b) -> compare(view, keys, a, b));
        assertArrayEquals(
                Arrays.stream(expected).mapToInt(Integer::intValue).toArray(),
                SortOrder.sorted(view, rows, keys),
                () -> "types " + types);
    }

    private static int compare(DeltaView view, int[] keys, int left, int right) {
        for (int key : keys) {
            int order = Value.compare(value(view, key, left), value(view, key, right));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Value value(DeltaView view, int column, int address) {
        int chunk = SortOrder.chunk(address);
        return VectorValues.value(
                view.chunks()[chunk].columns()[column].vector(view.rows(chunk)),
                SortOrder.lane(address));
    }

    private static Vector vector(Type type, int size, int variety, Random random) {
        long @Nullable [] validity = null;
        if (random.nextBoolean()) {
            validity = new long[Validity.words(size)];
            for (int i = 0; i < size; i++) {
                validity[i >> 6] |= (random.nextInt(5) == 0 ? 0L : 1L) << i;
            }
        }
        long[] longs = new long[size];
        for (int i = 0; i < size; i++) {
            longs[i] = number(variety, random);
        }
        return switch (type.physical()) {
            case LONG -> new LongVector(type, size, longs, validity);
            case DOUBLE -> {
                double[] doubles = new double[size];
                for (int i = 0; i < size; i++) {
                    doubles[i] =
                            switch (random.nextInt(20)) {
                                case 0 -> Double.NaN;
                                case 1 -> -0.0;
                                case 2 -> 0.0;
                                case 3 -> Double.NEGATIVE_INFINITY;
                                default -> longs[i] / 8.0;
                            };
                }
                yield new DoubleVector(type, size, doubles, validity);
            }
            case WIDE -> {
                long[] high = new long[size];
                for (int i = 0; i < size; i++) {
                    high[i] = random.nextBoolean() ? longs[i] >> 63 : number(3, random) >> 20;
                }
                yield new WideVector(type, size, high, longs, validity);
            }
            case BITS -> new BitVector(type, size, longs, validity);
            case BYTES -> text(type, size, variety, random, validity);
        };
    }

    private static long number(int variety, Random random) {
        return switch (random.nextInt(50)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextInt(variety) - variety / 2;
        };
    }

    private static Vector text(
            Type type, int size, int variety, Random random, long @Nullable [] validity) {
        byte[][] words = new byte[Math.min(variety, 200)][];
        for (int w = 0; w < words.length; w++) {
            String prefix =
                    random.nextInt(3) == 0 ? "" : "http://" + "p".repeat(random.nextInt(50));
            words[w] =
                    (prefix + Integer.toString(w, 36) + "\0".repeat(random.nextInt(3))).getBytes();
        }
        int[] start = new int[size];
        int[] length = new int[size];
        byte[] heap = new byte[0];
        for (int i = 0; i < size; i++) {
            byte[] word = words[random.nextInt(words.length)];
            start[i] = heap.length;
            length[i] = word.length;
            heap = Arrays.copyOf(heap, heap.length + word.length);
            System.arraycopy(word, 0, heap, start[i], word.length);
        }
        return new BytesVector(type, size, heap, start, length, validity);
    }
}
