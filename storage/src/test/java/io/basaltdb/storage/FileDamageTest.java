package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Any file of a database that was closed may be damaged in any bit, cut, gone, doubled or swapped: what is read is right, or an error names the
/// file.
@Timeout(600)
final class FileDamageTest {
    private static final long SEED = Long.getLong("test.seed", 20_261_122);

    private final Map<String, byte[]> good = new LinkedHashMap<>();
    private int tableId;
    private int keyedId;
    private TreeSet<Long> rows;
    private TreeMap<Long, Long> values;

    private static DatabaseOptions options() {
        return DatabaseOptions.defaults()
                .withManualSteps(new Random(5))
                .withSeal(1 << 20, 40)
                .withLog(1 << 12, 3_000, 1 << 10)
                .withMerge(1 << 24, 3);
    }

    /// A database of every kind of file and record: parts with dead rows, a manifest with a delta and a token, log behind it.
    @BeforeEach
    void fill() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database database = Database.open(disk, new ManualClock(), options())) {
            TableDefinition table = ModelDatabase.create(database, "t", false);
            tableId = table.id();
            keyedId = KeyedRows.create(database, "k").id();
            for (int i = 0; i < 12; i++) {
                try (Transaction transaction = database.begin()) {
                    ModelDatabase.append(
                            transaction, tableId, LongStream.range(i * 10, i * 10 + 10).toArray());
                    TreeMap<Long, Long> upserts = new TreeMap<>();
                    for (long k = i; k < 15; k++) {
                        upserts.put(k, i * 100 + k);
                    }
                    KeyedRows.upsert(transaction, keyedId, upserts);
                    transaction.inserted(tableId, new InsertToken("token " + i, i, i), 10);
                    transaction.commit();
                }
                for (int k = 0; k < 6; k++) {
                    database.backgroundStep();
                }
            }
            for (int k = 0; k < 200; k++) {
                database.backgroundStep();
            }
            ModelDatabase.insert(database, tableId, 1000, 1001);
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                rows = new TreeSet<>(ModelDatabase.scan(snapshot.table(tableId)).keySet());
                values = KeyedRows.scan(snapshot.table(keyedId));
            }
        }
        for (String path : disk.files()) {
            good.put(path, disk.content(path));
        }
        for (String kind : List.of("log/", "manifest/", "parts/")) {
            assertTrue(good.keySet().stream().anyMatch(path -> path.startsWith(kind)), kind);
        }
        assertEquals("", outcome(good, "a whole database"));
    }

    private static Disk disk(Map<String, byte[]> files) {
        Disk disk = new MemoryDisk("memory", 1L << 30);
        files.forEach((path, bytes) -> {
            disk.createDirectory(path.substring(0, path.indexOf('/')));
            try (AppendWriter writer = disk.create(path, 0)) {
                writer.append(bytes, 0, bytes.length);
            }
        });
        return disk;
    }

    /// Opens and reads everything; what is wrong fails the test, the error that was reported is returned.
    private String outcome(Map<String, byte[]> files, String what) {
        try (Database database = Database.open(disk(files), new ManualClock(), options());
                DatabaseSnapshot snapshot = database.snapshot()) {
            assertEquals(
                    rows,
                    new TreeSet<>(ModelDatabase.scan(snapshot.table(tableId)).keySet()),
                    what);
            assertEquals(values, KeyedRows.scan(snapshot.table(keyedId)), what);
            try (Transaction transaction = database.begin()) {
                for (int i = 0; i < 12; i++) {
                    UsedToken token = transaction.usedToken(tableId, "token " + i);
                    assertTrue(token != null && token.contentHigh() == i, what);
                }
            }
            return "";
        } catch (BasaltException reported) {
            assertTrue(
                    reported.code().kind() == ErrorCode.Kind.CORRUPTION
                            || reported.code() == ErrorCode.FORMAT_TOO_NEW,
                    () -> what + ": " + reported.text());
            return reported.text();
        } catch (RuntimeException | AssertionError other) {
            throw new AssertionError(what + ": " + other, other);
        }
    }

    private static String name(String path) {
        String leaf = path.substring(path.indexOf('/') + 1);
        return leaf.endsWith(".part") ? leaf.substring(0, leaf.length() - 5) : path;
    }

    private void assertFound(Map<String, byte[]> files, String path, String what) {
        String reported = outcome(files, what);
        assertTrue(
                reported.isEmpty() || reported.contains(name(path)),
                () -> what + " is reported without the name of the file: " + reported);
    }

    private void flip(String path, int at, int bit) {
        Map<String, byte[]> files = new LinkedHashMap<>(good);
        byte[] bad = good.get(path).clone();
        bad[at] ^= (byte) (1 << bit);
        files.put(path, bad);
        assertFound(files, path, path + ", bit " + bit + " of byte " + at);
    }

    private void flipEveryBit(String kind) {
        good.forEach((path, bytes) -> {
            for (int at = 0; path.startsWith(kind) && at < bytes.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    flip(path, at, bit);
                }
            }
        });
    }

    @Tag("D6")
    @Test
    void everyFlippedBitOfALogFileIsFoundOrHarmless() {
        flipEveryBit("log/");
    }

    @Tag("D6")
    @Test
    void everyFlippedBitOfAManifestIsFoundOrHarmless() {
        flipEveryBit("manifest/");
    }

    @Tag("D6")
    @Test
    void everyFlippedBitOfAPartIsFoundOrHarmless() {
        flipEveryBit("parts/");
    }

    @Tag("D8")
    @Test
    void cutFilesAreFound() {
        good.forEach((path, bytes) -> {
            for (int length = 0; length < bytes.length; length += 1 + length / 40) {
                Map<String, byte[]> files = new LinkedHashMap<>(good);
                files.put(path, Arrays.copyOf(bytes, length));
                assertFound(files, path, path + " cut to " + length + " bytes");
            }
        });
    }

    @Tag("D8")
    @Test
    void longerFilesAreFoundOrHarmless() {
        Random random = new Random(SEED);
        good.forEach((path, bytes) -> {
            for (int more : List.of(1, 8, 32, 4096)) {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
                assertFound(with(path, longer), path, path + " with zeros at its end");
                for (int at = bytes.length; at < longer.length; at++) {
                    longer[at] = (byte) random.nextInt();
                }
                assertFound(with(path, longer), path, path + " with anything at its end");
            }
        });
    }

    private Map<String, byte[]> with(String path, byte[] bytes) {
        Map<String, byte[]> files = new LinkedHashMap<>(good);
        files.put(path, bytes);
        return files;
    }

    @Tag("D8")
    @Test
    void tornFilesAreFound() {
        good.forEach((path, bytes) -> {
            for (int sector = 0; sector < bytes.length; sector += 512) {
                byte[] torn = bytes.clone();
                Arrays.fill(torn, sector, Math.min(bytes.length, sector + 512), (byte) 0);
                assertFound(with(path, torn), path, path + " without its bytes from " + sector);
            }
        });
    }

    @Tag("D8")
    @Test
    void missingFilesAreFound() {
        for (String path : good.keySet()) {
            Map<String, byte[]> files = new LinkedHashMap<>(good);
            files.remove(path);
            outcome(files, "without " + path);
        }
    }

    @Tag("D8")
    @Test
    void filesThatDoNotBelongThereAreFoundOrHarmless() {
        for (String path :
                List.of(
                        "parts/00000000-0000-0000-0000-000000000001.part",
                        "parts/notes.txt",
                        "manifest/ffffffffffffffff.manifest",
                        "manifest/00000000000000ff.manifest",
                        "log/9999999999.log",
                        "log/0000000000.log",
                        "log/readme")) {
            assertFound(with(path, new byte[0]), path, "with an empty " + path);
            assertFound(with(path, new byte[5000]), path, "with zeros as " + path);
        }
        for (String path : good.keySet()) {
            String kind = path.substring(0, path.indexOf('/'));
            String twin =
                    switch (kind) {
                        case "parts" -> "parts/00000000-0000-0000-0000-000000000001.part";
                        case "manifest" -> "manifest/ffffffffffffffff.manifest";
                        default -> "log/9999999999.log";
                    };
            assertFound(with(twin, good.get(path)), twin, path + " a second time as " + twin);
        }
    }

    @Tag("D8")
    @Test
    void swappedFilesAreFound() {
        List<String> paths = List.copyOf(good.keySet());
        for (String a : paths) {
            for (String b : paths) {
                if (a.compareTo(b) < 0 && !a.endsWith("closed") && !b.endsWith("closed")) {
                    Map<String, byte[]> files = with(a, good.get(b));
                    files.put(b, good.get(a));
                    String what = a + " and " + b + " swapped";
                    String reported = outcome(files, what);
                    assertTrue(
                            reported.contains(name(a)) || reported.contains(name(b)),
                            () -> what + ": " + reported);
                }
            }
        }
    }

    /// A file as a later version would write it: with a feature that this one does not know.
    private Map<String, byte[]> withFeature(String kind, int checksumAt) {
        Map<String, byte[]> files = new LinkedHashMap<>(good);
        good.forEach((path, bytes) -> {
            if (path.startsWith(kind) && !path.endsWith("closed")) {
                byte[] newer = bytes.clone();
                newer[12] = 4;
                CRC32C checksum = new CRC32C();
                checksum.update(newer, 0, checksumAt);
                for (int i = 0; i < 4; i++) {
                    newer[checksumAt + i] = (byte) (checksum.getValue() >>> 8 * i);
                }
                files.put(path, newer);
            }
        });
        return files;
    }

    @Tag("D14")
    @Test
    void filesOfALaterVersionAreRefusedByName() {
        String log = outcome(withFeature("log/", 60), "log");
        assertTrue(log.contains("log/") && log.contains("feature flags 4"), log);
        String manifest = outcome(withFeature("manifest/", 28), "manifest");
        assertTrue(manifest.contains("manifest/") && manifest.contains("flags 4"), manifest);
    }
}
