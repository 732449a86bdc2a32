package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Columns of INET beside a model: what is inserted, changed and deleted through seals, merges and reopenings.
@Timeout(120)
class InetColumnTest {
    /// PostgreSQL's order: version, bits that both prefixes have, length of the prefix, address.
    private record Address(boolean isV4, BigInteger number, int bits)
            implements Comparable<Address> {
        @Override
        public int compareTo(Address other) {
            if (isV4 != other.isV4) {
                return isV4 ? -1 : 1;
            }
            int behind = (isV4 ? 32 : 128) - Math.min(bits, other.bits);
            int order = number.shiftRight(behind).compareTo(other.number.shiftRight(behind));
            order = order != 0 ? order : Integer.compare(bits, other.bits);
            return order != 0 ? order : number.compareTo(other.number);
        }

        boolean isWithin(Address other, int more) {
            int behind = (isV4 ? 32 : 128) - other.bits;
            return isV4 == other.isV4
                    && bits >= other.bits + more
                    && number.shiftRight(behind).equals(other.number.shiftRight(behind));
        }

        /// With all groups written out: not as it is shown.
        String sql() {
            StringBuilder text = new StringBuilder();
            int groups = isV4 ? 4 : 8;
            int width = isV4 ? 8 : 16;
            for (int i = groups - 1; i >= 0; i--) {
                int group = number.shiftRight(i * width).intValue() & ((1 << width) - 1);
                text.append(isV4 ? Integer.toString(group) : Integer.toHexString(group));
                text.append(i == 0 ? "" : isV4 ? "." : ":");
            }
            return "'" + text + "/" + bits + "'";
        }
    }

    private record Row(int id, Address address) {}

    private static Address address(Random random) {
        boolean isV4 = random.nextInt(3) > 0;
        int most = isV4 ? 32 : 128;
        BigInteger number =
                isV4
                        ? BigInteger.valueOf(0x0A000000L + random.nextInt(40))
                        : BigInteger.valueOf(0x20010DB8L)
                                .shiftLeft(96)
                                .add(BigInteger.valueOf(random.nextInt(40)));
        return new Address(isV4, number, random.nextInt(3) > 0 ? most : random.nextInt(most + 1));
    }

    @Test
    void rowsKeepTheirAddressesThroughEverything() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("InetColumnTest seed " + seed);
        Random random = new Random(seed);
        MemoryDisk disk = new MemoryDisk("the test", 1L << 29);
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new SplittableRandom(seed))
                        .withSeal(1 << 20, 200)
                        .withLog(1 << 20, 1 << 30, 1);
        TreeMap<Integer, Row> rows = new TreeMap<>();
        for (int opening = 0; opening < 4; opening++) {
            try (TestSessions sessions = new TestSessions(disk, options)) {
                TestSessions.Client client = sessions.client();
                if (opening == 0) {
                    client.run(
                            "CREATE TABLE t (id INTEGER PRIMARY KEY, a INET, l INET[]) ORDER BY (a)");
                    client.run("CREATE TABLE k (a INET PRIMARY KEY, least INTEGER)");
                }
                for (int step = 0; step < 6; step++) {
                    change(client, rows, random);
                    if (random.nextBoolean()) {
                        sessions.settle();
                    }
                    check(client, rows, random);
                }
            }
            assertEquals(List.of(), DatabaseCheck.problems(disk));
        }
    }

    private static void change(
            TestSessions.Client client, TreeMap<Integer, Row> rows, Random random) {
        int first = rows.isEmpty() ? 0 : rows.lastKey() + 1;
        List<Row> more = new ArrayList<>();
        for (int n = random.nextInt(300); n >= 0; n--) {
            more.add(new Row(first + more.size(), address(random)));
        }
        client.run(
                "INSERT INTO t (id, a) VALUES "
                        + more.stream()
                                .map(row -> "(" + row.id() + ", " + row.address().sql() + ")")
                                .collect(Collectors.joining(", ")));
        more.forEach(row -> rows.put(row.id(), row));
        Address gone = address(random);
        client.run("DELETE FROM t WHERE a = " + gone.sql());
        rows.values().removeIf(row -> row.address().equals(gone));
        Address after = address(random);
        Address before = address(random);
        int every = 5 + random.nextInt(20);
        client.run(
                "UPDATE t SET a = %1$s, l = [a, '::1', NULL] WHERE a >= %2$s AND id %% %3$d = 0"
                        .formatted(after.sql(), before.sql(), every));
        rows.replaceAll((id, row) ->
                row.address().compareTo(before) >= 0 && id % every == 0 ? new Row(id, after) : row);
        client.run("DELETE FROM k");
        client.run("INSERT INTO k SELECT a, min(id) FROM t GROUP BY a");
    }

    private static long within(TreeMap<Integer, Row> rows, Address network, int more) {
        return rows.values().stream().filter(row -> row.address().isWithin(network, more)).count();
    }

    private static void check(
            TestSessions.Client client, TreeMap<Integer, Row> rows, Random random) {
        List<Row> ordered =
                rows.values().stream()
                        .sorted(Comparator.comparing(Row::address).thenComparingInt(Row::id))
                        .toList();
        assertEquals(
                ordered.stream().map(row -> "" + row.id()).toList(),
                client.rows("SELECT id FROM t ORDER BY a, id"));
        TreeMap<Address, Long> groups =
                rows.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Row::address, TreeMap::new, Collectors.counting()));
        assertEquals(
                groups.values().stream().map(count -> "" + count).toList(),
                client.rows("SELECT count(*) FROM t GROUP BY a ORDER BY a"));
        assertEquals(
                List.of(rows.size() + "|" + groups.size()),
                client.rows("SELECT count(*), count(DISTINCT a) FROM t JOIN k USING (a)"));
        for (int i = 0; i < 10; i++) {
            Address at = address(random);
            long below = rows.values().stream().filter(r -> r.address().compareTo(at) < 0).count();
            long equal = groups.getOrDefault(at, 0L);
            assertEquals(
                    List.of(below + "|" + equal + "|" + (equal == 0 ? 0 : 1)),
                    client.rows(
                            "SELECT (SELECT count(*) FROM t WHERE a < %1$s), (SELECT count(*) FROM t WHERE a = %1$s), (SELECT count(*) FROM k WHERE a = %1$s)"
                                    .formatted(at.sql())));
        }
        for (int i = 0; i < 10; i++) {
            Address at = address(random);
            assertEquals(
                    List.of(
                            within(rows, at, 0)
                                    + "|"
                                    + within(rows, at, 1)
                                    + "|"
                                    + within(rows, at, 0)
                                    + "|"
                                    + within(rows, at, 1)),
                    client.rows(
                            ("SELECT (SELECT count(*) FROM t WHERE a <<= %1$s), (SELECT count(*) FROM t WHERE %1$s >> a),"
                                            + " count(*) FILTER (WHERE a + 0 <<= %1$s), count(*) FILTER (WHERE a + 0 << %1$s) FROM t")
                                    .formatted(at.sql())));
        }
        assertEquals(
                List.of("0"),
                client.rows(
                        "SELECT count(*) FROM t WHERE l[2] <> '::1' OR l[3] IS NOT NULL OR len(l) <> 3 OR a::TEXT::INET <> a"));
    }
}
