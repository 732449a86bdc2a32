package io.basaltdb.query.operator.sort;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopNBoundTest {
    private static final int ROWS = 256;

    @Test
    void knowsNothingBeforeEnoughRows() {
        TopNBound bound = new TopNBound(new SortKey(0, false, false), false, false, 3);
        bound.note(column(new Long[] {5L, null, 7L}), null);
        assertNull(bound.ranges());
        assertNull(bound.select(column(new Long[] {9L}), null, new int[1]));
        bound.note(column(new Long[] {6L}), null);
        Ranges ranges = bound.ranges();
        assertTrue(ranges != null && ranges.contains(Value.of(7)));
        assertFalse(ranges.contains(Value.of(8)));
        assertFalse(ranges.includesNull());
    }

    /// Nothing passes that cannot be among the first rows, and all that can does: ties too where more keys, or more of a text, may decide.
    @ParameterizedTest
    @EnumSource(Form.class)
    void passesWhatCanBeAmongTheFirst(Form form) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 300; round++) {
            Random random = new Random(seed + round);
            SortKey key = new SortKey(0, random.nextBoolean(), random.nextBoolean());
            int needed = 1 + random.nextInt(60);
            boolean isOnly = random.nextBoolean();
            TopNBound bound = new TopNBound(key, form != Form.LONG, isOnly, needed);
            boolean tiesPass = !isOnly || form != Form.LONG;
            List<@Nullable Long> seen = new ArrayList<>();
            for (int batch = 0; batch < 8; batch++) {
                Long[] values = values(random, random.nextBoolean() ? 20 : Integer.MAX_VALUE);
                Selection among = random.nextBoolean() ? null : some(random);
                Selection passed = bound.select(column(values, form), among, new int[ROWS]);
                assertEquals(
                        expected(seen, key, tiesPass, needed, values, among), rows(passed, among));
                bound.note(column(values, form), passed == null ? among : passed);
                rows(null, among).forEach(row -> seen.add(values[row]));
            }
        }
    }

    private static List<Integer> expected(
            List<@Nullable Long> seen,
            SortKey key,
            boolean tiesPass,
            int needed,
            Long[] values,
            @Nullable Selection among) {
        Comparator<Long> order =
                key.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<@Nullable Long> nulls =
                key.nullsFirst() ? Comparator.nullsFirst(order) : Comparator.nullsLast(order);
        List<@Nullable Long> sorted = new ArrayList<>(seen);
        sorted.sort(nulls);
        long known = seen.stream().filter(value -> value != null || key.nullsFirst()).count();
        List<Integer> all = rows(null, among);
        if (known < needed) {
            return all;
        }
        Long last = sorted.get(needed - 1);
        // Where only NULLs are known to come first, values still pass that cannot be told from
        // them.
        Long least = key.descending() ? Long.valueOf(Long.MAX_VALUE) : Long.valueOf(Long.MIN_VALUE);
        boolean lastPasses = tiesPass || last == null;
        all.removeIf(row -> {
            int place = nulls.compare(values[row], last == null ? least : last);
            return place > 0 || (place == 0 && !lastPasses);
        });
        return all;
    }

    private static List<Integer> rows(@Nullable Selection passed, @Nullable Selection among) {
        Selection rows = passed == null ? among : passed;
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < (rows == null ? ROWS : rows.count()); i++) {
            list.add(rows == null ? i : rows.rows()[i]);
        }
        return list;
    }

    private static Selection some(Random random) {
        int[] rows = new int[ROWS];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            rows[count] = i;
            count += random.nextInt(2);
        }
        return new Selection(rows, count);
    }

    private static Long[] values(Random random, int range) {
        Long[] values = new Long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            values[i] = random.nextInt(8) == 0 ? null : (long) random.nextInt(range);
        }
        return values;
    }

    /// How a column of keys lies in memory; a text has one number's digits, so that texts compare as the numbers do.
    private enum Form {
        LONG,
        TEXT,
        ORDERED_DICTIONARY,
        DICTIONARY
    }

    private static Vector column(Long[] values, Form form) {
        LongVector longs = column(values);
        if (form == Form.LONG) {
            return longs;
        }
        int[] lanes = IntStream.range(0, ROWS).toArray();
        if (form == Form.TEXT) {
            return texts(values, lanes, longs.validity());
        }
        Stream<Long> distinct = Stream.of(values).map(value -> value == null ? 0L : value);
        if (form == Form.ORDERED_DICTIONARY) {
            distinct = distinct.distinct().sorted();
        }
        Long[] entries = distinct.toArray(Long[]::new);
        int[] codes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            codes[i] = List.of(entries).indexOf(values[i] == null ? 0L : values[i]);
        }
        int[] all = IntStream.range(0, entries.length).toArray();
        Dictionary dictionary =
                new Dictionary(texts(entries, all, null), form == Form.ORDERED_DICTIONARY);
        return new DictionaryVector(ROWS, codes, dictionary, longs.validity());
    }

    private static BytesVector texts(Long[] values, int[] lanes, long @Nullable [] validity) {
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        int[] start = new int[lanes.length];
        int[] length = new int[lanes.length];
        for (int lane : lanes) {
            long value = values[lane] == null ? 0 : values[lane];
            byte[] text = Long.toString(value + 0x1000_0000_00L, 36).getBytes(US_ASCII);
            start[lane] = heap.size();
            length[lane] = text.length;
            heap.writeBytes(text);
        }
        return new BytesVector(
                Type.TEXT, lanes.length, heap.toByteArray(), start, length, validity);
    }

    private static LongVector column(Long[] values) {
        long[] longs = new long[values.length];
        long[] validity = new long[(values.length + 63) / 64];
        boolean hasNulls = false;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                longs[i] = -1;
                hasNulls = true;
            } else {
                longs[i] = values[i];
                validity[i >> 6] |= 1L << i;
            }
        }
        return new LongVector(Type.BIGINT, values.length, longs, hasNulls ? validity : null);
    }
}
