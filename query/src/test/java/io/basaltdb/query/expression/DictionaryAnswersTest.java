package io.basaltdb.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.SharedResults;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Expressions over a large dictionary give what they give over the rows' texts, by one lane and by several that share the answers.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DictionaryAnswersTest {
    private static final int ENTRIES = 40_000;
    private static final Expression URL = new Expression.Column(0, Type.TEXT);
    private static final List<Expression> EXPRESSIONS =
            List.of(
                    Expressions.call("like", List.of(URL, text("%a7%"))),
                    Expressions.call("length", List.of(URL)),
                    Expressions.call(
                            "regexp_replace",
                            List.of(URL, text("^https?://([^/]+)/.*$"), text("\\1"))),
                    Expressions.call("nullif", List.of(URL, text("http://h1.x/0000001"))),
                    new Expression.Coalesce(List.of(URL, text("none")), Type.TEXT),
                    new Expression.Cast(
                            Expressions.call("length", List.of(URL)), Type.DOUBLE, false),
                    new Expression.Is(URL, Expression.Is.Test.NULL));

    private final Dictionary dictionary = dictionary();

    private static Expression text(String value) {
        return new Expression.Literal(Value.of(value), Type.TEXT);
    }

    private static EvaluationContext context(SharedResults shared) {
        return new EvaluationContext(List.of(), 0, ZoneOffset.UTC, "me", "main").withShared(shared);
    }

    private static Dictionary dictionary() {
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            texts.add(
                    "http://h%d.x/%07x"
                            .formatted(i * 9 / ENTRIES, i)
                            .getBytes(StandardCharsets.UTF_8));
        }
        int[] start = new int[ENTRIES];
        int[] length = new int[ENTRIES];
        byte[] heap = new byte[texts.stream().mapToInt(text -> text.length).sum()];
        int at = 0;
        for (int i = 0; i < ENTRIES; i++) {
            start[i] = at;
            length[i] = texts.get(i).length;
            System.arraycopy(texts.get(i), 0, heap, at, length[i]);
            at += length[i];
        }
        return new Dictionary(new BytesVector(Type.TEXT, ENTRIES, heap, start, length, null), true);
    }

    private DictionaryVector rows(Random random) {
        int size = Batch.MAX_ROWS;
        int[] codes = random.ints(size, 0, ENTRIES).toArray();
        long[] validity = new long[Validity.words(size)];
        Validity.fill(validity, size);
        for (int i = 0; i < size; i += 1 + random.nextInt(40)) {
            Validity.setNull(validity, i);
        }
        return new DictionaryVector(
                size, codes, dictionary, random.nextBoolean() ? validity : null);
    }

    private static Vector flat(DictionaryVector coded) {
        BytesVector values = (BytesVector) coded.dictionary().values();
        int[] start = new int[coded.size()];
        int[] length = new int[coded.size()];
        for (int i = 0; i < coded.size(); i++) {
            start[i] = values.start()[coded.codes()[i]];
            length[i] = values.length()[coded.codes()[i]];
        }
        return new BytesVector(
                Type.TEXT, coded.size(), values.heap(), start, length, coded.validity());
    }

    private Batch check(EvaluationContext context, Random random, int batches) {
        Projector coded = Projector.of(EXPRESSIONS, context);
        Projector flat = Projector.of(EXPRESSIONS, context(SharedResults.none()));
        Batch last = new Batch(0, List.of());
        for (int b = 0; b < batches; b++) {
            DictionaryVector rows = rows(random);
            Batch expected = flat.project(new Batch(rows.size(), List.of(flat(rows))));
            last = coded.project(new Batch(rows.size(), List.of(rows)));
            for (int e = 0; e < EXPRESSIONS.size(); e++) {
                for (int i = 0; i < rows.size(); i++) {
                    assertEquals(
                            LaneValue.at(expected.column(e), i),
                            LaneValue.at(last.column(e), i),
                            EXPRESSIONS.get(e) + " of row " + i);
                }
            }
        }
        return last;
    }

    @Test
    void answersAsRowsDo() {
        MemoryBudget budget = MemoryBudget.root("test", "memory_limit", 1L << 30);
        try (SharedResults shared = SharedResults.within(budget)) {
            Batch last = check(context(shared), new Random(7), 12);
            DictionaryVector hosts = assertInstanceOf(DictionaryVector.class, last.column(2));
            assertEquals(9, hosts.dictionary().size(), "hosts are coded again");
            assertTrue(budget.usedBytes() > ENTRIES, "answers are counted");
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void answersWithoutRoomToo() {
        check(context(SharedResults.none()), new Random(8), 8);
        MemoryBudget budget = MemoryBudget.root("test", "memory_limit", 400_000);
        try (SharedResults shared = SharedResults.within(budget)) {
            check(context(shared), new Random(9), 8);
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void lanesShare() throws Exception {
        MemoryBudget budget = MemoryBudget.root("test", "memory_limit", 1L << 30);
        try (ExecutorService lanes = Executors.newFixedThreadPool(4);
                SharedResults shared = SharedResults.within(budget)) {
            List<Future<Batch>> results = new ArrayList<>();
            for (int lane = 0; lane < 4; lane++) {
                int seed = lane;
                results.add(lanes.submit(() -> check(context(shared), new Random(seed), 10)));
            }
            List<Dictionary> hosts = new ArrayList<>();
            for (Future<Batch> result : results) {
                hosts.add(((DictionaryVector) result.get().column(2)).dictionary());
            }
            assertEquals(1, hosts.stream().distinct().count(), "one dictionary for all lanes");
        }
    }
}
