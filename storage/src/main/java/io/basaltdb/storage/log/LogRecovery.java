package io.basaltdb.storage.log;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Disk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the frames that an earlier life left, in commit order, each once, and opens the log for the next life.
public final class LogRecovery {
    /// Receives one commit's bytes; they are lent.
    public interface Consumer {
        void commit(long commit, byte[] bytes, int from, int length, String path);
    }

    /// Where a commit's bytes stand in a file.
    private record Payload(long commit, int start, int end) {}

    private final Disk disk;
    private final long fromCommit;
    private final List<WriteAheadLog.OldFile> files = new ArrayList<>();
    private final SortedMap<Long, byte[]> unforced = new TreeMap<>();
    private long epoch;
    private long lastNumber;
    private long lastCommit;

    private LogRecovery(Disk disk, long fromCommit) {
        this.disk = disk;
        this.fromCommit = fromCommit;
        this.lastCommit = fromCommit;
    }

    /// Replays every commit above `fromCommit` and returns the log, ready for the commit after the last. When it returns, everything that
    /// the consumer saw is durable.
    public static WriteAheadLog recover(
            Disk disk, long maxFileBytes, long fromCommit, Consumer consumer) {
        LogRecovery recovery = replay(disk, fromCommit, consumer);
        for (String torn : recovery.tornFiles()) {
            disk.delete(torn);
        }
        return WriteAheadLog.create(
                disk,
                maxFileBytes,
                recovery.epoch + 1,
                recovery.lastNumber + 1,
                recovery.lastCommit,
                recovery.files,
                recovery.unforced);
    }

    /// Only reads: for the checker.
    public static long check(Disk disk, long fromCommit, Consumer consumer) {
        return replay(disk, fromCommit, consumer).lastCommit;
    }

    private static LogRecovery replay(Disk disk, long fromCommit, Consumer consumer) {
        LogRecovery recovery = new LogRecovery(disk, fromCommit);
        List<Long> numbers = new ArrayList<>();
        for (String name : disk.list(LogFormat.DIRECTORY)) {
            long number = LogFormat.numberOf(name);
            if (number >= 0) {
                numbers.add(number);
            }
        }
        for (long number : numbers) {
            recovery.read(number, consumer);
        }
        recovery.checkEnd(ClosedMark.read(disk));
        return recovery;
    }

    private void checkEnd(ClosedMark mark) {
        if (lastCommit < mark.commit()) {
            throw new BasaltException(
                    ErrorCode.LOG_CORRUPT,
                    LogFormat.path(mark.fileNumber())
                            + " should hold commit "
                            + mark.commit()
                            + ", with which the database was closed, but the log ends at commit "
                            + lastCommit
                            + ": the file is missing or was cut; restore the database from a"
                            + " backup");
        }
    }

    private List<String> tornFiles() {
        List<String> torn = new ArrayList<>();
        for (String name : disk.list(LogFormat.DIRECTORY)) {
            long number = LogFormat.numberOf(name);
            if (number >= 0 && files.stream().noneMatch(file -> file.number() == number)) {
                torn.add(LogFormat.path(number));
            }
        }
        return torn;
    }

    private void read(long number, Consumer consumer) {
        lastNumber = Math.max(lastNumber, number);
        LogFile file = LogFile.read(disk, number);
        if (!file.hasHeader(number)) {
            return;
        }
        if (file.firstCommit() > lastCommit + 1) {
            throw new BasaltException(
                    ErrorCode.LOG_CORRUPT,
                    file.path()
                            + " begins with commit "
                            + file.firstCommit()
                            + ", but the log before it ends at commit "
                            + lastCommit
                            + ": a file is missing or was cut; restore the database from a backup");
        }
        if (file.epoch() == epoch) {
            unforced.clear(); // the file before was forced whole when this one was begun
        }
        epoch = file.epoch();
        Deque<Payload> behind = new ArrayDeque<>();
        long last = file.firstCommit() - 1;
        while (file.next()) {
            while (!behind.isEmpty() && behind.getFirst().end() <= file.forced()) {
                behind.removeFirst();
            }
            if (file.kind() == LogFormat.KIND_COMMIT) {
                last = take(file, last, consumer);
                int start = file.payloadStart();
                behind.add(new Payload(last, start, start + file.payloadLength()));
            }
            file.advance();
        }
        unforced.subMap(file.firstCommit(), last + 1).clear();
        for (Payload payload : behind) {
            if (payload.commit() > fromCommit) {
                unforced.put(
                        payload.commit(),
                        Arrays.copyOfRange(file.bytes(), payload.start(), payload.end()));
            }
        }
        files.add(new WriteAheadLog.OldFile(number, file.bytes().length, last));
    }

    private long take(LogFile file, long previous, Consumer consumer) {
        long commit = file.commit();
        if (commit != previous + 1) {
            throw file.corrupt(
                    "the frame at byte "
                            + file.position()
                            + " holds commit "
                            + commit
                            + ", expected "
                            + (previous + 1));
        }
        int from = file.payloadStart();
        int length = file.payloadLength();
        if (commit > lastCommit) {
            consumer.commit(commit, file.bytes(), from, length, file.path());
            lastCommit = commit;
        }
        return commit;
    }
}
