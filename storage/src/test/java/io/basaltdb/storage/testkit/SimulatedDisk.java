package io.basaltdb.storage.testkit;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.DirectoryLock;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.RandomReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A disk in memory that behaves as badly as real ones may. What was written is remembered as a list of unsynced writes per file, and
/// creations and deletions as a list per directory. [#crash] keeps the files and names that were forced and any subset of the rest:
/// of the 4 KiB sectors of unsynced writes each may be there or not and the last one torn. Files opened before a crash are dead.
///
/// Faults: [#failAt] makes the n-th call fail, once or for ever; [#crashAt] ends everything at the n-th call; [#capacityBytes]
/// fills the disk up; [#flipBit] rots it. A force that failed leaves its writes in doubt for ever: they are read back, a later force says
/// "done" without keeping them. Everything follows from the seed that crash is given.
public final class SimulatedDisk implements Disk {
    private static final int SECTOR = 4096;

    /// What happens at the chosen call.
    public enum Fault {
        IO_ERROR_ONCE,
        IO_ERROR_FOREVER,
        DISK_FULL_ONCE,
        /// Half of the bytes are written, then it fails.
        SHORT_WRITE_ONCE,
        CRASH
    }

    private sealed interface Unsynced {
        record Write(int position, byte[] bytes) implements Unsynced {}

        record Length(int length) implements Unsynced {}
    }

    private record Rename(String name, @Nullable SimulatedFile file) {}

    private static final class SimulatedFile {
        Bytes content = new Bytes();
        Bytes durable = new Bytes();
        List<Unsynced> unsynced = new ArrayList<>();
        // Writes whose force failed: still read back, never kept by a later force.
        final List<Unsynced> inDoubt = new ArrayList<>();
        boolean isDirectory;
    }

    /// Bytes that grow.
    private static final class Bytes {
        byte[] array = new byte[0];
        int length;

        void apply(Unsynced change) {
            switch (change) {
                case Unsynced.Length(int changed) -> resize(changed);
                case Unsynced.Write(int position, byte[] bytes) -> {
                    resize(Math.max(length, position + bytes.length));
                    System.arraycopy(bytes, 0, array, position, bytes.length);
                }
            }
        }

        private void resize(int changed) {
            if (changed > array.length) {
                array = Arrays.copyOf(array, Math.max(changed, 2 * array.length));
            } else if (changed < length) {
                Arrays.fill(array, changed, length, (byte) 0);
            }
            length = changed;
        }

        Bytes copy() {
            Bytes copy = new Bytes();
            copy.array = Arrays.copyOf(array, length);
            copy.length = length;
            return copy;
        }
    }

    private static final class SimulatedDirectory {
        final Map<String, SimulatedFile> names = new HashMap<>();
        final Map<String, SimulatedFile> durable = new HashMap<>();
        final List<Rename> unsynced = new ArrayList<>();
    }

    // Everything below is guarded by this.
    private Map<String, SimulatedDirectory> directories = new HashMap<>();
    private int life;
    private int lockedInLife = -1;
    private long calls;
    private long faultAt = Long.MAX_VALUE;
    private Fault fault = Fault.IO_ERROR_ONCE;
    private long capacityBytes = Long.MAX_VALUE;
    private boolean off;
    private @Nullable String lastFault;

    public SimulatedDisk() {
        directories.put("", new SimulatedDirectory());
    }

    /// Calls so far, to choose the n of [#failAt] from.
    public synchronized long calls() {
        return calls;
    }

    /// Makes the n-th call from now on (0: the next) fail that way.
    public synchronized void failAt(long n, Fault chosen) {
        faultAt = calls + n;
        fault = chosen;
        lastFault = null;
    }

    public synchronized void noMoreFaults() {
        faultAt = Long.MAX_VALUE;
    }

    /// The call that the last fault struck, or null.
    public synchronized @Nullable String lastFault() {
        return lastFault;
    }

    public synchronized void capacityBytes(long bytes) {
        capacityBytes = bytes;
    }

    public synchronized void flipBit(String path, long bit) {
        SimulatedFile file = existing(path);
        file.content.array[(int) (bit >>> 3)] ^= (byte) (1 << (bit & 7));
        if (bit >>> 3 < file.durable.length) {
            file.durable.array[(int) (bit >>> 3)] ^= (byte) (1 << (bit & 7));
        }
    }

    /// Cuts the file, as damage does, not as a program.
    public synchronized void damageLength(String path, int length) {
        SimulatedFile file = existing(path);
        file.content.apply(new Unsynced.Length(length));
        file.durable.apply(new Unsynced.Length(Math.min(length, file.durable.length)));
    }

    public synchronized byte[] content(String path) {
        return existing(path).content.copy().array;
    }

    /// The paths of all files, sorted.
    public synchronized List<String> files() {
        TreeSet<String> paths = new TreeSet<>();
        directories.forEach((directory, entries) ->
                entries.names.forEach((name, file) -> {
                    if (!file.isDirectory) {
                        paths.add(join(directory, name));
                    }
                }));
        return List.copyOf(paths);
    }

    /// The process dies, the machine goes on: all that was written stays, what was opened is dead.
    public synchronized void kill() {
        life++;
        off = false;
        noMoreFaults();
    }

    /// The power goes off and on again: what was not forced is kept in part, by chance.
    public synchronized void crash(Random random) {
        life++;
        off = false;
        noMoreFaults();
        double keepNames = chance(random);
        double keepSectors = chance(random);
        Map<String, SimulatedDirectory> survivors = new HashMap<>();
        directories
                .entrySet()
                .forEach(entry ->
                        survivors.put(
                                entry.getKey(), survivor(entry.getValue(), random, keepNames)));
        List<SimulatedFile> done = new ArrayList<>();
        for (SimulatedDirectory directory : survivors.values()) {
            for (SimulatedFile file : directory.names.values()) {
                if (!done.contains(file)) {
                    done.add(file);
                    lose(file, random, keepSectors);
                }
            }
        }
        dropUnreachable(survivors);
        directories = survivors;
    }

    private static double chance(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0.0;
            case 1 -> 1.0;
            case 2 -> 0.5;
            default -> random.nextDouble();
        };
    }

    private static SimulatedDirectory survivor(
            SimulatedDirectory directory, Random random, double keep) {
        SimulatedDirectory result = new SimulatedDirectory();
        result.names.putAll(directory.durable);
        for (Rename rename : directory.unsynced) {
            if (random.nextDouble() < keep) {
                if (rename.file == null) {
                    result.names.remove(rename.name);
                } else {
                    result.names.put(rename.name, rename.file);
                }
            }
        }
        result.durable.putAll(result.names);
        return result;
    }

    private static void lose(SimulatedFile file, Random random, double keep) {
        Bytes content = file.durable;
        List<Unsynced> all = new ArrayList<>(file.inDoubt);
        all.addAll(file.unsynced);
        for (int i = 0; i < all.size(); i++) {
            switch (all.get(i)) {
                case Unsynced.Length length -> {
                    if (random.nextDouble() < keep) {
                        content.apply(length);
                    }
                }
                case Unsynced.Write(int position, byte[] bytes) -> {
                    int from = 0;
                    while (from < bytes.length) {
                        int to =
                                Math.min(
                                        bytes.length,
                                        from + SECTOR - ((position + from) & (SECTOR - 1)));
                        boolean last = i == all.size() - 1 && to == bytes.length;
                        int torn = last ? from + random.nextInt(to - from + 1) : to;
                        if (random.nextDouble() < keep && torn > from) {
                            content.apply(
                                    new Unsynced.Write(
                                            position + from,
                                            Arrays.copyOfRange(bytes, from, torn)));
                        }
                        from = to;
                    }
                }
            }
        }
        file.content = content.copy();
        file.unsynced = new ArrayList<>();
        file.inDoubt.clear();
    }

    private static void dropUnreachable(Map<String, SimulatedDirectory> survivors) {
        boolean dropped = true;
        while (dropped) {
            dropped = false;
            for (String path : List.copyOf(survivors.keySet())) {
                if (!path.isEmpty()) {
                    SimulatedDirectory parent = survivors.get(parent(path));
                    if (parent == null || !parent.names.containsKey(leaf(path))) {
                        survivors.remove(path);
                        dropped = true;
                    }
                }
            }
        }
    }

    @Override
    public synchronized AppendWriter create(String path, long sizeBytes) {
        enter("create " + path);
        SimulatedDirectory directory = directory(parent(path));
        if (directory.names.containsKey(leaf(path))) {
            throw new BasaltException(ErrorCode.IO_ERROR, path + " exists already");
        }
        needRoom(path, sizeBytes);
        SimulatedFile file = new SimulatedFile();
        directory.names.put(leaf(path), file);
        directory.unsynced.add(new Rename(leaf(path), file));
        preallocate(file, sizeBytes);
        return new Writer(file, path, 0);
    }

    @Override
    public synchronized AppendWriter reopen(String path, long position, long sizeBytes) {
        enter("reopen " + path);
        SimulatedFile file = existing(path);
        needRoom(path, sizeBytes - file.content.length);
        change(file, new Unsynced.Length((int) position));
        preallocate(file, sizeBytes);
        return new Writer(file, path, position);
    }

    private static void preallocate(SimulatedFile file, long sizeBytes) {
        if (sizeBytes > file.content.length) {
            change(file, new Unsynced.Length((int) sizeBytes));
        }
    }

    @Override
    public synchronized RandomReader open(String path) {
        enter("open " + path);
        return new Reader(existing(path), path);
    }

    @Override
    public synchronized boolean exists(String path) {
        enter("exists " + path);
        SimulatedDirectory directory = directories.get(parent(path));
        return directory != null && directory.names.containsKey(leaf(path));
    }

    @Override
    public synchronized List<String> list(String directory) {
        enter("list " + directory);
        SimulatedDirectory entries = directories.get(directory);
        return entries == null ? List.of() : entries.names.keySet().stream().sorted().toList();
    }

    @Override
    public synchronized void createDirectory(String directory) {
        enter("createDirectory " + directory);
        if (directories.containsKey(directory)) {
            return;
        }
        SimulatedFile entry = new SimulatedFile();
        entry.isDirectory = true;
        SimulatedDirectory parent = directory(parent(directory));
        parent.names.put(leaf(directory), entry);
        parent.unsynced.add(new Rename(leaf(directory), entry));
        directories.put(directory, new SimulatedDirectory());
    }

    @Override
    public synchronized void delete(String path) {
        enter("delete " + path);
        SimulatedDirectory directory = directories.get(parent(path));
        if (directory != null && directory.names.remove(leaf(path)) != null) {
            directory.unsynced.add(new Rename(leaf(path), null));
        }
    }

    @Override
    public synchronized void forceDirectory(String directory) {
        enter("forceDirectory " + directory);
        SimulatedDirectory entries = directory(directory);
        entries.unsynced.clear();
        entries.durable.clear();
        entries.durable.putAll(entries.names);
    }

    @Override
    public synchronized DirectoryLock lock() {
        if (lockedInLife == life) {
            throw new BasaltException(ErrorCode.LOCKED, "simulated disk is locked");
        }
        int taken = life;
        lockedInLife = taken;
        return () -> {
            synchronized (this) {
                lockedInLife = lockedInLife == taken ? -1 : lockedInLife;
            }
        };
    }

    @Override
    public synchronized long freeBytes() {
        return Math.max(0, capacityBytes - usedBytes());
    }

    @Override
    public String describe() {
        return "simulated disk";
    }

    /// Bytes of all files.
    public synchronized long usedBytes() {
        long used = 0;
        for (SimulatedDirectory directory : directories.values()) {
            for (SimulatedFile file : directory.names.values()) {
                used += file.content.length;
            }
        }
        return used;
    }

    private void needRoom(String path, long bytes) {
        if (capacityBytes != Long.MAX_VALUE && bytes > freeBytes()) {
            throw full(path, bytes);
        }
    }

    private BasaltException full(String path, long bytes) {
        return new BasaltException(
                ErrorCode.DISK_FULL,
                path + ": disk full, needs " + bytes + " bytes, free are " + freeBytes());
    }

    private void enter(String what) {
        if (off) {
            throw new SimulatedCrash("after the crash: " + what);
        }
        long call = calls++;
        if (call < faultAt) {
            return;
        }
        lastFault = what;
        switch (fault) {
            case IO_ERROR_ONCE, SHORT_WRITE_ONCE -> {
                faultAt = Long.MAX_VALUE;
                throw new BasaltException(ErrorCode.IO_ERROR, "injected: " + what);
            }
            case IO_ERROR_FOREVER ->
                    throw new BasaltException(ErrorCode.IO_ERROR, "injected for ever: " + what);
            case DISK_FULL_ONCE -> {
                faultAt = Long.MAX_VALUE;
                throw full(what, 1);
            }
            case CRASH -> {
                off = true;
                throw new SimulatedCrash(what);
            }
        }
    }

    private boolean strikesNow() {
        return !off && calls >= faultAt;
    }

    private SimulatedDirectory directory(String path) {
        SimulatedDirectory directory = directories.get(path);
        if (directory == null) {
            throw new BasaltException(ErrorCode.FILE_NOT_FOUND, path + " does not exist");
        }
        return directory;
    }

    private SimulatedFile existing(String path) {
        SimulatedDirectory directory = directories.get(parent(path));
        SimulatedFile file = directory == null ? null : directory.names.get(leaf(path));
        if (file == null) {
            throw new BasaltException(ErrorCode.FILE_NOT_FOUND, path + " does not exist");
        }
        return file;
    }

    private static void change(SimulatedFile file, Unsynced change) {
        file.unsynced.add(change);
        file.content.apply(change);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    private final class Reader implements RandomReader {
        private final SimulatedFile file;
        private final String path;
        private final int openedInLife = life;

        Reader(SimulatedFile file, String path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) {
            synchronized (SimulatedDisk.this) {
                check(openedInLife, path);
                enter("read " + path);
                if (position < 0 || position + length > file.content.length) {
                    throw new BasaltException(
                            ErrorCode.IO_ERROR,
                            path
                                    + " ends at byte "
                                    + file.content.length
                                    + ", wanted "
                                    + length
                                    + " bytes at "
                                    + position);
                }
                System.arraycopy(file.content.array, (int) position, target, offset, length);
            }
        }

        @Override
        public long sizeBytes() {
            synchronized (SimulatedDisk.this) {
                return file.content.length;
            }
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public void close() {}
    }

    private void check(int openedInLife, String path) {
        if (openedInLife != life) {
            throw new SimulatedCrash(path + " was opened before the crash");
        }
    }

    private final class Writer implements AppendWriter {
        private final SimulatedFile file;
        private final String path;
        private final int openedInLife = life;
        private long position;
        private boolean failed;
        private boolean closed;

        Writer(SimulatedFile file, String path, long position) {
            this.file = file;
            this.path = path;
            this.position = position;
        }

        @Override
        public void append(byte[] bytes, int offset, int length) {
            synchronized (SimulatedDisk.this) {
                checkOpen();
                if (strikesNow() && (fault == Fault.SHORT_WRITE_ONCE || fault == Fault.CRASH)) {
                    write(bytes, offset, length / 2);
                }
                enter("append " + path);
                needRoom(path, position + length - file.content.length);
                write(bytes, offset, length);
                position += length;
            }
        }

        private void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                change(
                        file,
                        new Unsynced.Write(
                                (int) position,
                                Arrays.copyOfRange(bytes, offset, offset + length)));
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void force() {
            synchronized (SimulatedDisk.this) {
                checkOpen();
                try {
                    enter("force " + path);
                } catch (BasaltException failure) {
                    failed = true;
                    file.inDoubt.addAll(file.unsynced);
                    file.unsynced = new ArrayList<>();
                    throw failure;
                }
                for (Unsynced change : file.unsynced) {
                    file.durable.apply(change);
                }
                file.unsynced = new ArrayList<>();
            }
        }

        @Override
        public void truncateToPosition() {
            synchronized (SimulatedDisk.this) {
                checkOpen();
                enter("truncate " + path);
                change(file, new Unsynced.Length((int) position));
            }
        }

        private void checkOpen() {
            check(openedInLife, path);
            if (failed || closed) {
                throw new BasaltException(
                        ErrorCode.IO_ERROR,
                        path + (failed ? ": an earlier force failed" : ": closed"));
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
