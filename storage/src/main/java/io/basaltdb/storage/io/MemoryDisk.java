package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A disk that lives and dies with the process: for databases in memory. Forcing does nothing, since nothing survives.
///
/// The monitor of the disk guards the names; each file guards its own bytes and is never entered under the monitor once it has a name.
public final class MemoryDisk implements Disk {
    private final String name;
    private final long limitBytes;
    private final TreeMap<String, MemoryFile> files = new TreeMap<>();
    private final TreeSet<String> directories = new TreeSet<>();
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicBoolean locked = new AtomicBoolean();

    /// @param name what messages call it
    /// @param limitBytes with so many bytes in all files the disk is full
    public MemoryDisk(String name, long limitBytes) {
        this.name = name;
        this.limitBytes = limitBytes;
        directories.add("");
    }

    @Override
    public synchronized AppendWriter create(String path, long sizeBytes) {
        DiskPath.checked(path);
        if (files.containsKey(path) || directories.contains(path)) {
            throw DiskPath.alreadyExists(this, path);
        }
        if (!directories.contains(DiskPath.parent(path))) {
            throw DiskPath.noDirectory(this, path);
        }
        MemoryFile file = new MemoryFile(this, path);
        file.extend(sizeBytes);
        files.put(path, file);
        return new MemoryAppendWriter(file, 0);
    }

    @Override
    public AppendWriter reopen(String path, long position, long sizeBytes) {
        MemoryFile file = file(path);
        if (file.sizeBytes() < position) {
            throw DiskPath.endsEarly(path, position, 0, file.sizeBytes());
        }
        file.truncate(position);
        file.extend(sizeBytes);
        return new MemoryAppendWriter(file, position);
    }

    @Override
    public RandomReader open(String path) {
        return new MemoryRandomReader(file(path));
    }

    private synchronized MemoryFile file(String path) {
        @Nullable MemoryFile file = files.get(DiskPath.checked(path));
        if (file == null) {
            throw DiskPath.notFound(this, path);
        }
        return file;
    }

    @Override
    public synchronized boolean exists(String path) {
        DiskPath.checked(path);
        return files.containsKey(path) || directories.contains(path);
    }

    @Override
    public synchronized List<String> list(String directory) {
        DiskPath.checked(directory);
        String prefix = directory.isEmpty() ? "" : directory + "/";
        TreeSet<String> names = new TreeSet<>();
        addNames(files.keySet(), prefix, names);
        addNames(directories, prefix, names);
        return List.copyOf(names);
    }

    private static void addNames(Iterable<String> paths, String prefix, Set<String> names) {
        for (String path : paths) {
            if (path.startsWith(prefix) && path.length() > prefix.length()) {
                String rest = path.substring(prefix.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash));
            }
        }
    }

    @Override
    public synchronized void createDirectory(String directory) {
        String path = DiskPath.checked(directory);
        while (directories.add(path)) {
            path = DiskPath.parent(path);
        }
    }

    @Override
    public void delete(String path) {
        @Nullable MemoryFile file = remove(DiskPath.checked(path));
        if (file != null) {
            release(file.delete());
        }
    }

    private synchronized @Nullable MemoryFile remove(String path) {
        return files.remove(path);
    }

    @Override
    public synchronized void forceDirectory(String directory) {
        if (!directories.contains(DiskPath.checked(directory))) {
            throw DiskPath.notFound(this, directory);
        }
    }

    @Override
    public DirectoryLock lock() {
        if (!locked.compareAndSet(false, true)) {
            throw new BasaltException(
                    ErrorCode.LOCKED, describe() + " is open already; use that connection");
        }
        return () -> locked.set(false);
    }

    @Override
    public long freeBytes() {
        return limitBytes - usedBytes.get();
    }

    @Override
    public String describe() {
        return name;
    }

    /// Takes bytes of the limit, or fails with DISK_FULL.
    void acquire(String path, long bytes) {
        long used = usedBytes.addAndGet(bytes);
        if (used > limitBytes) {
            usedBytes.addAndGet(-bytes);
            throw DiskPath.full(this, path, bytes, limitBytes - (used - bytes));
        }
    }

    void release(long bytes) {
        usedBytes.addAndGet(-bytes);
    }
}
