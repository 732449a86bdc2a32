package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.RandomReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A part that is broken on the disk: found, served around, mended, given up.
@Tag("D7")
@Timeout(120)
class QuarantineTest {
    private final MemoryDisk disk = new MemoryDisk("the test", 1L << 28);

    private TestSessions open() {
        return new TestSessions(
                disk, DatabaseOptions.defaults().withManualSteps(new Random(1)).withSeal(1, 4));
    }

    private byte[] bytes(String path) {
        try (RandomReader reader = disk.open(path)) {
            byte[] bytes = new byte[(int) reader.sizeBytes()];
            reader.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    private void replace(String path, byte[] bytes) {
        disk.delete(path);
        try (AppendWriter writer = disk.create(path, 0)) {
            writer.append(bytes, 0, bytes.length);
        }
    }

    private static BasaltException failure(TestSessions.Client client, String sql) {
        return assertThrows(BasaltException.class, () -> client.rows(sql), sql);
    }

    /// Two parts in t and one in whole; returns the name of t's first.
    private String fill() {
        try (TestSessions sessions = open()) {
            TestSessions.Client client = sessions.client();
            client.run("CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT)");
            client.run("CREATE TABLE whole (id BIGINT)");
            client.run("INSERT INTO t SELECT i, 'row ' || i FROM range(5000) r(i)");
            sessions.settle();
            client.run("INSERT INTO t SELECT i, 'row ' || i FROM range(5000, 5010) r(i)");
            client.run("INSERT INTO whole VALUES (1), (2), (3), (4), (5)");
            sessions.settle();
            client.run("DELETE FROM t WHERE id = 7");
            assertEquals(List.of(), client.rows("CHECK TABLE t"));
            List<String> parts =
                    client.rows(
                            "SELECT name FROM system.parts WHERE table_name = 't' AND kind = 'part'"
                                    + " ORDER BY row_count DESC");
            assertEquals(2, parts.size(), "merged too early for this test");
            return parts.getFirst();
        }
    }

    /// A copy of the file with a broken byte in the second granule of the second column.
    private byte[] broken(byte[] good) {
        String text = new String(good, java.nio.charset.StandardCharsets.ISO_8859_1);
        int at = text.indexOf("row 4999") > 0 ? text.indexOf("row 4999") : good.length * 2 / 3;
        byte[] bad = good.clone();
        bad[at] ^= 1;
        return bad;
    }

    @Test
    void aBrokenPartIsServedAroundMendedAndGivenUp() {
        String part = fill();
        String path = "parts/" + part + ".part";
        byte[] good = bytes(path);
        replace(path, broken(good));
        try (TestSessions sessions = open()) {
            TestSessions.Client client = sessions.client();
            BasaltException damage = failure(client, "SELECT max(name), min(length(name)) FROM t");
            assertEquals("XX001", damage.code().sqlState());
            assertTrue(damage.text().contains(part), damage::text);
            assertTrue(damage.text().contains("column"), damage::text);
            assertTrue(damage.text().contains("granule"), damage::text);
            assertEquals(List.of("15"), client.rows("SELECT sum(id) FROM whole"));
            assertEquals(List.of("5009"), client.rows("SELECT count(*) FROM t"), "no need of it");
            client.run("INSERT INTO t SELECT i, 'row ' || i FROM range(6000, 6040) r(i)");
            sessions.settle();
            String known =
                    "SELECT name FROM system.parts WHERE damage LIKE '%"
                            + part
                            + "%' AND table_name = 't'";
            assertEquals(List.of(part), client.rows(known));
            List<String> problems = client.rows("CHECK TABLE t");
            assertEquals(1, problems.size(), problems::toString);
            assertTrue(problems.getFirst().startsWith(part + "|"), problems::toString);
            BasaltException still = failure(client, "RESTORE PART '" + part + "'");
            assertTrue(still.text().contains(path), still::text);

            replace(path, good);
            client.run("RESTORE PART '" + part + "'");
            assertEquals(List.of(), client.rows(known));
            assertEquals(List.of(), client.rows("CHECK TABLE t"));
            assertEquals(List.of("5049"), client.rows("SELECT count(name) FROM t"));
        }
    }

    @Test
    void aLostPartIsGivenUp() {
        String part = fill();
        String path = "parts/" + part + ".part";
        disk.delete(path);
        try (TestSessions sessions = open()) {
            TestSessions.Client client = sessions.client();
            assertEquals(List.of("15"), client.rows("SELECT sum(id) FROM whole"));
            assertTrue(failure(client, "SELECT max(name) FROM t").text().contains(part));
            String upsert =
                    "INSERT INTO t VALUES (3, 'new') ON CONFLICT DO UPDATE SET name = excluded.name";
            assertTrue(failure(client, upsert).text().contains(part), "its key may be in the part");
            assertEquals(
                    List.of("5000"),
                    client.rows("SELECT row_count FROM system.parts WHERE name = '" + part + "'"));
            assertEquals("42704", client.refusal("DROP PART 'nothing' FORGET"));
            client.run("BEGIN");
            assertEquals("25001", client.refusal("DROP PART '" + part + "' FORGET"));
            client.run("ROLLBACK");
            client.run("DROP PART '" + part + "' FORGET");
            assertEquals(List.of("10"), client.rows("SELECT count(name) FROM t"));
            client.run(upsert);
            sessions.settle();
            assertEquals(List.of(), client.rows("CHECK TABLE t"));
        }
        try (TestSessions sessions = open()) {
            TestSessions.Client client = sessions.client();
            assertEquals(List.of("11|new"), client.rows("SELECT count(*), min(name) FROM t"));
            assertEquals(List.of(), client.rows("CHECK TABLE t"));
        }
    }
}
