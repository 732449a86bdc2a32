package io.basaltdb.query.operator.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.OperatorCounters;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextNumbersTest {
    private final MemoryBudget memory = MemoryBudget.root("test", "memory_limit", 64 << 20);
    private final Map<String, Long> numberOf = new HashMap<>();
    private final Map<Long, String> textOf = new HashMap<>();

    /// Asked for nothing but whether to stop.
    private static final OperatorContext CONTEXT =
            new OperatorContext() {
                @Override
                public MemoryBudget memory() {
                    throw new AssertionError();
                }

                @Override
                public EvaluationContext evaluation() {
                    throw new AssertionError();
                }

                @Override
                public void checkCancelled() {}

                @Override
                public OperatorCounters counters() {
                    throw new AssertionError();
                }

                @Override
                public int laneCount() {
                    return 1;
                }

                @Override
                public int lane() {
                    return 0;
                }
            };

    private static BytesVector texts(List<String> texts) {
        List<Value> values = new ArrayList<>();
        texts.forEach(text -> values.add(Value.of(text)));
        return (BytesVector) ValueVectors.of(Type.TEXT, values);
    }

    private static List<String> some(Random random, int count, int distinct) {
        TreeSet<String> some = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            some.add("text " + random.nextInt(distinct));
        }
        return new ArrayList<>(some);
    }

    private static Dictionary ordered(List<String> texts) {
        return new Dictionary(texts(texts), true);
    }

    /// Numbers the rows, and checks that equal texts have equal numbers, whichever way they came.
    private void number(
            TextNumbers numbers, Vector rows, int @Nullable [] lanes, List<String> expected) {
        int count = expected.size();
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            int lane = lanes == null ? i : lanes[i];
            validity[i >> 6] |= (rows.isNull(lane) ? 0L : 1L) << i;
        }
        long[] found = new long[count];
        numbers.number(rows, lanes, count, validity, found, new int[count], CONTEXT);
        for (int i = 0; i < count; i++) {
            if ((validity[i >> 6] >>> i & 1) != 0) {
                String text = expected.get(i);
                assertEquals(
                        numberOf.computeIfAbsent(text, _ -> found[indexOf(expected, text)]),
                        found[i]);
                assertEquals(text, textOf.computeIfAbsent(found[i], _ -> text));
            }
        }
        Vector back =
                numbers.texts(new LongVector(Type.INTEGER, count, found, validity), Type.TEXT);
        for (int i = 0; i < count; i++) {
            assertEquals((validity[i >> 6] >>> i & 1) == 0, back.isNull(i));
            if (!back.isNull(i)) {
                assertEquals(expected.get(i), text(back, i));
            }
        }
    }

    private static int indexOf(List<String> texts, String text) {
        return texts.indexOf(text);
    }

    private static String text(Vector vector, int lane) {
        BytesVector bytes =
                vector instanceof DictionaryVector coded
                        ? (BytesVector) coded.dictionary().values()
                        : (BytesVector) vector;
        int at = vector instanceof DictionaryVector coded ? coded.codes()[lane] : lane;
        return new String(
                bytes.heap(), bytes.start()[at], bytes.length()[at], StandardCharsets.UTF_8);
    }

    /// Random rows of a dictionary, some of them null.
    private void numberCodes(
            TextNumbers numbers,
            Dictionary dictionary,
            List<String> texts,
            int count,
            Random random) {
        int[] codes = new int[count];
        long[] validity = new long[Validity.words(count)];
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            codes[i] = random.nextInt(texts.size());
            validity[i >> 6] |= (random.nextInt(5) == 0 ? 0L : 1L) << i;
            expected.add(texts.get(codes[i]));
        }
        number(numbers, new DictionaryVector(count, codes, dictionary, validity), null, expected);
    }

    @Test
    void givesEqualTextsOneNumberWhereverTheyLie() {
        Random random = new Random(11);
        List<String> firstTexts = some(random, 900, 2000);
        Dictionary first = ordered(firstTexts);
        TextNumbers numbers = TextNumbers.of(first, memory.reserve("test"));
        assertNotNull(numbers);
        for (int round = 0; round < 6; round++) {
            numberCodes(numbers, first, firstTexts, 200, random);
            List<String> texts = some(random, 1 + random.nextInt(1500), 3000);
            Dictionary second = ordered(texts);
            numberCodes(numbers, second, texts, 3, random);
            for (int batch = 0; batch < 4; batch++) {
                numberCodes(numbers, second, texts, 300, random);
            }
            Collections.shuffle(texts, random);
            Dictionary unordered = new Dictionary(texts(texts), false);
            numberCodes(numbers, unordered, texts, 300, random);
            List<String> plain = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                plain.add("text " + random.nextInt(3500));
            }
            number(numbers, texts(plain), null, plain);
            number(
                    numbers,
                    texts(plain),
                    new int[] {3, 7, 8},
                    List.of(plain.get(3), plain.get(7), plain.get(8)));
            String one = "text " + random.nextInt(4000);
            number(
                    numbers,
                    new ConstantVector(Type.TEXT, 3, Value.of(one)),
                    null,
                    List.of(one, one, one));
        }
        numbers.close();
        assertEquals(0, memory.usedBytes());
    }

    /// With one part there is nothing but its dictionary: nothing is copied.
    @Test
    void leavesTheCodesOfTheFirstDictionaryAsTheyAre() {
        Dictionary dictionary = ordered(List.of("a", "b", "c"));
        try (TextNumbers numbers = TextNumbers.of(dictionary, memory.reserve("test"))) {
            assertNotNull(numbers);
            long[] found = new long[2];
            numbers.number(
                    new DictionaryVector(2, new int[] {2, 0}, dictionary, null),
                    null,
                    2,
                    null,
                    found,
                    new int[2],
                    CONTEXT);
            assertEquals(2, found[0]);
            assertEquals(0, found[1]);
            Vector back = numbers.texts(new LongVector(Type.INTEGER, 2, found, null), Type.TEXT);
            assertSame(dictionary, assertInstanceOf(DictionaryVector.class, back).dictionary());
        }
    }

    /// A dictionary that the memory limit leaves no room for is none; a second one is then looked up row by row.
    @Test
    void keepsWithinTheLimit() {
        MemoryBudget small = MemoryBudget.root("test", "memory_limit", 20_000);
        List<String> many = some(new Random(3), 5000, 1 << 20);
        assertNull(TextNumbers.of(ordered(many), small.reserve("test")));
        assertEquals(0, small.usedBytes());

        List<String> few = List.of("a", "b");
        try (TextNumbers numbers = TextNumbers.of(ordered(few), small.reserve("test"))) {
            assertNotNull(numbers);
            numberCodes(numbers, ordered(many), many.subList(0, 20), 30, new Random(4));
        }
        assertEquals(0, small.usedBytes());
    }
}
