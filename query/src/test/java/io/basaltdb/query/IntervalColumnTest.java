package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Columns of intervals against a list of them, through seals and merges: what is equal, greater, grouped and joined follows from lengths alone, and every interval comes back
/// with its parts.
@Timeout(120)
class IntervalColumnTest {
    private static final long SEED = Long.getLong("test.seed", 4711);

    /// An interval that was put in.
    private record Span(int id, long months, long days, long micros) {
        BigInteger length() {
            return BigInteger.valueOf(months * 30 + days)
                    .multiply(BigInteger.valueOf(IntervalBits.MICROS_PER_DAY))
                    .add(BigInteger.valueOf(micros));
        }

        String sql() {
            return "(%d, make_interval(0, %d, 0, %d, %d, 0, %d.%06d))"
                    .formatted(
                            id,
                            months,
                            days,
                            micros / 3_600_000_000L,
                            micros % 3_600_000_000L / 1_000_000,
                            micros % 1_000_000);
        }
    }

    @Test
    void theOrderOfTheFormIsThatOfLengths() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            long[] a = parts(random);
            long[] b = random.nextInt(4) == 0 ? a : parts(random);
            Value left = IntervalBits.of(a[0], a[1], a[2]);
            Value right = IntervalBits.of(b[0], b[1], b[2]);
            int lengths = length(a).compareTo(length(b));
            int form = Value.compare(left, right);
            assertEquals(lengths != 0 ? lengths : Integer.signum(form), Integer.signum(form));
            BigInteger bits = Value.unscaled(left);
            long high = bits.shiftRight(64).longValue();
            long low = bits.longValue();
            assertEquals(a[0], IntervalBits.months(low));
            assertEquals(a[1], IntervalBits.days(low));
            assertEquals(a[2], IntervalBits.micros(high, low));
            assertEquals(
                    length(a),
                    Value.unscaled(
                            Value.of(
                                    IntervalBits.lengthHigh(high),
                                    IntervalBits.lengthLow(high, low))));
        }
    }

    private static BigInteger length(long[] parts) {
        return new Span(0, parts[0], parts[1], parts[2]).length();
    }

    private static long[] parts(Random random) {
        return new long[] {
            part(random, IntervalBits.MAX_MONTHS),
            part(random, IntervalBits.MAX_DAYS),
            random.nextInt(5) == 0 ? Long.MIN_VALUE : part(random, Long.MAX_VALUE)
        };
    }

    private static long part(Random random, long most) {
        return switch (random.nextInt(4)) {
            case 0 -> most;
            case 1 -> -most;
            case 2 -> random.nextInt(7) - 3;
            default -> random.nextLong(most) * (random.nextBoolean() ? 1 : -1);
        };
    }

    @Test
    void queriesSeeLengthsAndKeepParts() {
        Random random = new Random(SEED);
        List<Span> spans = new ArrayList<>();
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new SplittableRandom(SEED))
                        .withSeal(1 << 20, 300)
                        .withLog(1 << 20, 1 << 30, 1);
        try (TestSessions sessions = TestSessions.inMemory(options)) {
            TestSessions.Client client = sessions.client();
            client.run("CREATE TABLE t (id INTEGER, i INTERVAL) ORDER BY (i)");
            for (int batch = 0; batch < 5; batch++) {
                List<Span> more = new ArrayList<>();
                for (int n = 0; n < 250; n++) {
                    more.add(span(batch * 250 + n, random));
                }
                spans.addAll(more);
                client.run(
                        "INSERT INTO t VALUES "
                                + more.stream().map(Span::sql).collect(Collectors.joining(", ")));
                sessions.settle();
                check(client, spans);
            }
        }
    }

    /// Which of several equal intervals a query shows follows from the intervals alone: not from the order of rows, from parts of the table, from workers or a reopening.
    @Test
    void equalIntervalsAreShownAlikeWhereverTheyLie() {
        Random random = new Random(SEED);
        List<Span> spans = new ArrayList<>();
        for (int id = 0; id < 400; id++) {
            spans.add(span(id, random));
        }
        List<List<String>> wanted = wanted(spans);
        for (int workers : List.of(1, 4)) {
            for (int rowsAtOnce : List.of(1, 37, 400)) {
                for (String order : List.of("", " ORDER BY (id)", " ORDER BY (i)")) {
                    checkAlike(spans, wanted, workers, rowsAtOnce, order);
                    Collections.shuffle(spans, random);
                }
            }
        }
    }

    private static final List<String> SHOWING =
            List.of(
                    "SELECT i, count(*) FROM t GROUP BY i ORDER BY i",
                    "SELECT DISTINCT i FROM t ORDER BY i",
                    "SELECT i FROM t UNION SELECT i FROM t ORDER BY i",
                    "SELECT i FROM t INTERSECT SELECT i FROM t ORDER BY i",
                    "SELECT i FROM t EXCEPT SELECT i FROM t WHERE id < 0 ORDER BY i",
                    "SELECT i FROM t GROUP BY ROLLUP (i) HAVING grouping(i) = 0 ORDER BY i",
                    "SELECT i FROM t GROUP BY GROUPING SETS ((i), (id)) HAVING grouping(i) = 0 ORDER BY i",
                    "SELECT min(i), max(i) FROM t",
                    "SELECT id % 3, i, min(i), max(i), count(*) FROM t GROUP BY ROLLUP (id % 3, i) ORDER BY 1, 2, 5",
                    "SELECT min(i) OVER (PARTITION BY i), max(i) OVER (PARTITION BY i) FROM t ORDER BY id",
                    "SELECT sum(i), avg(i), approx_count_distinct(i) FROM t");

    /// What the first queries of [#SHOWING] must give.
    private static List<List<String>> wanted(List<Span> spans) {
        TreeMap<BigInteger, Value> least = new TreeMap<>();
        TreeMap<BigInteger, Long> counts = new TreeMap<>();
        for (Span span : spans) {
            Value value = IntervalBits.of(span.months(), span.days(), span.micros());
            least.merge(span.length(), value, (a, b) -> Value.compare(a, b) <= 0 ? a : b);
            counts.merge(span.length(), 1L, Long::sum);
        }
        List<String> shown =
                least.values().stream()
                        .map(value -> ValueText.format(value, Type.INTERVAL, ZoneOffset.UTC))
                        .toList();
        List<Long> numbers = List.copyOf(counts.values());
        List<List<String>> wanted = new ArrayList<>();
        wanted.add(
                IntStream.range(0, shown.size())
                        .mapToObj(at -> shown.get(at) + "|" + numbers.get(at))
                        .toList());
        for (int at = 1; at <= 6; at++) {
            wanted.add(shown);
        }
        return wanted;
    }

    /// @param wanted grows by the answers that were not there
    private static void checkAlike(
            List<Span> spans,
            List<List<String>> wanted,
            int workers,
            int rowsAtOnce,
            String order) {
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new SplittableRandom(SEED))
                        .withSeal(1 << 20, 60)
                        .withLog(1 << 20, 1 << 30, 1);
        EngineOptions engine =
                new EngineOptions(
                        workers,
                        1 << 28,
                        Thread.ofPlatform().daemon().name("interval-worker-", 0).factory());
        MemoryDisk disk = new MemoryDisk("the test", 1L << 29);
        try (TestSessions sessions = new TestSessions(disk, new SystemClock(), options, engine)) {
            TestSessions.Client client = sessions.client();
            client.run("CREATE TABLE t (id INTEGER, i INTERVAL)" + order);
            for (int from = 0; from < spans.size(); from += rowsAtOnce) {
                client.run(
                        "INSERT INTO t VALUES "
                                + spans
                                        .subList(from, Math.min(from + rowsAtOnce, spans.size()))
                                        .stream()
                                        .map(Span::sql)
                                        .collect(Collectors.joining(", ")));
                if (from % 90 == 37) {
                    sessions.database().backgroundStep();
                }
            }
            checkShown(client, wanted);
            for (int step = 0; sessions.database().backgroundStep(); step++) {
                if (rowsAtOnce == 37 && step % 5 == 0) {
                    checkShown(client, wanted);
                }
            }
            checkShown(client, wanted);
        }
        try (TestSessions again = new TestSessions(disk, new SystemClock(), options, engine)) {
            checkShown(again.client(), wanted);
            assertEquals(
                    spans.stream()
                            .sorted(Comparator.comparing(Span::id))
                            .map(IntervalColumnTest::text)
                            .toList(),
                    again.client().rows("SELECT i FROM t ORDER BY id"));
        }
    }

    private static void checkShown(TestSessions.Client client, List<List<String>> wanted) {
        for (int at = 0; at < SHOWING.size(); at++) {
            List<String> rows = client.rows(SHOWING.get(at));
            if (at == wanted.size()) {
                wanted.add(rows);
            }
            assertEquals(wanted.get(at), rows, SHOWING.get(at));
        }
    }

    private static String text(Span span) {
        return ValueText.format(
                IntervalBits.of(span.months(), span.days(), span.micros()),
                Type.INTERVAL,
                ZoneOffset.UTC);
    }

    private static Span span(int id, Random random) {
        int units = random.nextInt(9);
        return switch (random.nextInt(4)) {
            case 0 -> new Span(id, units, 0, 0);
            case 1 -> new Span(id, 0, 30L * units, 0);
            case 2 -> new Span(id, 0, 0, 30 * units * IntervalBits.MICROS_PER_DAY);
            default -> new Span(id, units, -units, random.nextLong(1L << 40));
        };
    }

    private static void check(TestSessions.Client client, List<Span> spans) {
        assertEquals(
                spans.stream()
                        .sorted(
                                Comparator.comparing(Span::length)
                                        .reversed()
                                        .thenComparing(Span::id))
                        .map(span -> "" + span.id())
                        .toList(),
                client.rows("SELECT id FROM t ORDER BY i DESC, id"));
        TreeMap<BigInteger, Long> groups =
                spans.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Span::length, TreeMap::new, Collectors.counting()));
        assertEquals(
                groups.entrySet().stream()
                        .map(group -> group.getKey() + "|" + group.getValue())
                        .toList(),
                client.rows("SELECT interval_length(i), count(*) FROM t GROUP BY i ORDER BY i"));
        assertEquals(
                List.of(groups.size() + "|" + groups.values().stream().mapToLong(n -> n * n).sum()),
                client.rows(
                        "SELECT (SELECT count(DISTINCT i) FROM t), count(*) FROM t a JOIN t b ON a.i = b.i"));
        for (int months = 0; months < 9; months++) {
            BigInteger limit = new Span(0, months, 0, 0).length();
            String other = "INTERVAL '" + 30 * months + "' DAY";
            assertEquals(
                    List.of(
                            count(spans, limit, -1)
                                    + "|"
                                    + count(spans, limit, 0)
                                    + "|"
                                    + count(spans, limit, 1)),
                    client.rows(
                            "SELECT (SELECT count(*) FROM t WHERE i < %1$s), (SELECT count(*) FROM t WHERE i = %1$s), (SELECT count(*) FROM t WHERE i > %1$s)"
                                    .formatted(other)));
        }
        assertEquals(
                spans.stream()
                        .map(span -> span.months() + "|" + span.days() + "|" + span.micros())
                        .toList(),
                client.rows(
                        "SELECT extract(year FROM i) * 12 + extract(month FROM i), extract(day FROM i),"
                                + " (extract(hour FROM i) * 60 + extract(minute FROM i)) * 60000000 + extract(microsecond FROM i)"
                                + " FROM t ORDER BY id"));
    }

    private static long count(List<Span> spans, BigInteger limit, int sign) {
        return spans.stream().filter(span -> span.length().compareTo(limit) == sign).count();
    }
}
