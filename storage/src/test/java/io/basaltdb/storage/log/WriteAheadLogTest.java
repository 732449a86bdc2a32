package io.basaltdb.storage.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.testkit.SimulatedDisk.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WriteAheadLogTest {
    private static final int FILE_BYTES = 1 << 16;

    private static WriteAheadLog recover(SimulatedDisk disk, long from, List<String> commits) {
        return LogRecovery.recover(
                disk,
                FILE_BYTES,
                from,
                (commit, bytes, at, length, path) ->
                        commits.add(
                                commit
                                        + ":"
                                        + new String(bytes, at, length, StandardCharsets.UTF_8)));
    }

    private static void append(WriteAheadLog log, long commit, String text) {
        ByteWriter payload = new ByteWriter(16);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        payload.putBytes(bytes, 0, bytes.length);
        log.ensureRoom(WriteAheadLog.frameBytes(payload.size()));
        log.append(commit, payload);
    }

    @Test
    void bytesAreAsSpecified() {
        SimulatedDisk disk = new SimulatedDisk();
        WriteAheadLog log = recover(disk, 0, new ArrayList<>());
        append(log, 1, "basalt");
        log.force();
        log.mark();
        log.close();
        assertEquals(List.of("log/0000000001.log", "log/closed"), disk.files());
        byte[] file = disk.content("log/0000000001.log");
        assertEquals(64 + 40 + 32, file.length);
        String expected =
                "424153414c544c47"
                        + "03000000"
                        + "00000000" // magic, version, features
                        + "0100000000000000" // file
                        + "0100000000000000" // epoch
                        + "0100000000000000" // first commit
                        + "00".repeat(20)
                        + "f8d84d94"
                        + "06000000"
                        + "01000000"
                        + "01000000"
                        + "4c54c1da" // commit
                        + "4000000000000000"
                        + "0100000000000000"
                        + "626173616c740000"
                        + "00000000"
                        + "01000000"
                        + "02000000"
                        + "1f4b0c97" // mark
                        + "6800000000000000"
                        + "0100000000000000";
        assertEquals(expected, HexFormat.of().formatHex(file));
    }

    @Test
    void replaysInOrderOverManyFiles() {
        SimulatedDisk disk = new SimulatedDisk();
        List<String> written = new ArrayList<>();
        WriteAheadLog log = recover(disk, 0, new ArrayList<>());
        for (long commit = 1; commit <= 500; commit++) {
            append(log, commit, "x".repeat((int) (commit * 7 % 900)));
            written.add(commit + ":" + "x".repeat((int) (commit * 7 % 900)));
            if (commit % 5 == 0) {
                log.force();
            }
        }
        assertTrue(log.fileCount() > 3);
        log.close();
        List<String> read = new ArrayList<>();
        WriteAheadLog again = recover(disk, 0, read);
        assertEquals(written, read);
        assertEquals(2, again.epoch());
        append(again, 501, "more");
        again.force();
        again.deleteThrough(400);
        again.close();
        List<String> rest = new ArrayList<>();
        recover(disk, 400, rest).close();
        assertEquals("401:" + "x".repeat(401 * 7 % 900), rest.getFirst());
        assertEquals("501:more", rest.getLast());
    }

    @Test
    void cutsATornTailAndKeepsWhatWasForced() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            SimulatedDisk disk = new SimulatedDisk();
            long next = 1;
            long forced = 0;
            for (int life = 0; life < 4; life++) {
                List<String> read = new ArrayList<>();
                WriteAheadLog log = recover(disk, 0, read);
                assertTrue(read.size() >= forced, "seed " + seed + ": forced commits are gone");
                assertTrue(read.size() < next, "seed " + seed + ": commits from nowhere");
                next = read.size() + 1L;
                forced = read.size(); // once replayed they are durable
                for (int i = random.nextInt(30); i > 0; i--) {
                    append(log, next, "c" + next + "y".repeat(random.nextInt(3000)));
                    next++;
                    if (random.nextInt(3) == 0) {
                        log.force();
                        forced = next - 1;
                    } else if (random.nextInt(3) == 0) {
                        log.flush();
                    }
                    if (random.nextInt(9) == 0) {
                        log.mark();
                    }
                }
                disk.crash(random);
            }
        }
    }

    @Test
    void namesDamageBelowTheForcedMark() {
        SimulatedDisk disk = new SimulatedDisk();
        WriteAheadLog log = recover(disk, 0, new ArrayList<>());
        for (long commit = 1; commit <= 5; commit++) {
            append(log, commit, "commit number " + commit);
            log.force();
        }
        log.close();
        byte[] good = disk.content("log/0000000001.log");
        for (int bit = 0; bit < good.length * 8; bit++) {
            disk.flipBit("log/0000000001.log", bit);
            List<String> read = new ArrayList<>();
            try {
                LogRecovery.check(disk, 0, (commit, b, at, length, path) -> read.add("" + commit));
                assertTrue(
                        bit >= (good.length - 32) * 8 && read.size() == 5,
                        "bit " + bit + " was flipped and nobody saw it");
            } catch (BasaltException damage) {
                assertTrue(
                        damage.code() == ErrorCode.LOG_CORRUPT
                                || damage.code() == ErrorCode.FORMAT_TOO_NEW,
                        damage::text);
                assertTrue(damage.text().contains("log/0000000001.log"), damage::text);
            }
            disk.flipBit("log/0000000001.log", bit);
        }
    }

    @Test
    void namesAMissingFile() {
        SimulatedDisk disk = new SimulatedDisk();
        WriteAheadLog log = recover(disk, 0, new ArrayList<>());
        for (long commit = 1; commit <= 200; commit++) {
            append(log, commit, "z".repeat(700));
            log.force();
        }
        log.close();
        disk.delete("log/0000000002.log");
        BasaltException missing =
                assertThrows(BasaltException.class, () -> recover(disk, 0, new ArrayList<>()));
        assertEquals(ErrorCode.LOG_CORRUPT, missing.code());
        assertTrue(missing.text().contains("a file is missing"), missing::text);
    }

    @Test
    void neverForcesAgainAfterAFailure() {
        SimulatedDisk disk = new SimulatedDisk();
        WriteAheadLog log = recover(disk, 0, new ArrayList<>());
        append(log, 1, "one");
        log.force();
        append(log, 2, "two");
        disk.failAt(1, Fault.IO_ERROR_ONCE);
        assertThrows(BasaltException.class, log::force);
        long calls = disk.calls();
        BasaltException refused = assertThrows(BasaltException.class, log::force);
        assertEquals(ErrorCode.READ_ONLY, refused.code());
        assertEquals(calls, disk.calls(), "the disk was asked again");
        log.close();
        List<String> read = new ArrayList<>();
        recover(disk, 0, read).close();
        disk.crash(new Random(1));
        List<String> afterCrash = new ArrayList<>();
        recover(disk, 0, afterCrash);
        assertEquals(read, afterCrash, "what was replayed once must stay");
    }

    @Test
    void aFullDiskChangesNothing() {
        SimulatedDisk disk = new SimulatedDisk();
        WriteAheadLog log = recover(disk, 0, new ArrayList<>());
        append(log, 1, "one");
        log.force();
        disk.capacityBytes(4096);
        BasaltException full =
                assertThrows(BasaltException.class, () -> append(log, 2, "w".repeat(5000)));
        assertEquals(ErrorCode.DISK_FULL, full.code());
        disk.capacityBytes(Long.MAX_VALUE);
        append(log, 2, "w".repeat(5000));
        log.force();
        log.close();
        List<String> read = new ArrayList<>();
        recover(disk, 0, read);
        assertEquals(Arrays.asList("1:one", "2:" + "w".repeat(5000)), read);
    }
}
