package io.basaltdb.storage.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of one file of a [MemoryDisk], in steps of one size. Its monitor guards everything. A deleted file stays readable for
/// those who have it open.
final class MemoryFile {
    private static final int STEP_BYTES = 1 << 16;

    private final MemoryDisk disk;
    private final String path;
    private final List<byte[]> steps = new ArrayList<>();
    private long sizeBytes;
    private boolean deleted;

    MemoryFile(MemoryDisk disk, String path) {
        this.disk = disk;
        this.path = path;
    }

    String path() {
        return path;
    }

    synchronized long sizeBytes() {
        return sizeBytes;
    }

    /// Fills with zeros up to that size; does nothing where the file is as large already.
    synchronized void extend(long newSizeBytes) {
        if (newSizeBytes <= sizeBytes) {
            return;
        }
        if (!deleted) {
            disk.acquire(path, newSizeBytes - sizeBytes);
        }
        while ((long) steps.size() * STEP_BYTES < newSizeBytes) {
            steps.add(new byte[STEP_BYTES]);
        }
        sizeBytes = newSizeBytes;
    }

    synchronized void truncate(long newSizeBytes) {
        if (newSizeBytes >= sizeBytes) {
            return;
        }
        int kept = (int) ((newSizeBytes + STEP_BYTES - 1) / STEP_BYTES);
        steps.subList(kept, steps.size()).clear();
        int tail = (int) (newSizeBytes % STEP_BYTES);
        if (tail != 0) {
            Arrays.fill(steps.get(kept - 1), tail, STEP_BYTES, (byte) 0);
        }
        if (!deleted) {
            disk.release(sizeBytes - newSizeBytes);
        }
        sizeBytes = newSizeBytes;
    }

    synchronized void write(long position, byte[] bytes, int offset, int length) {
        extend(position + length);
        int done = 0;
        while (done < length) {
            int at = (int) ((position + done) % STEP_BYTES);
            int count = Math.min(STEP_BYTES - at, length - done);
            byte[] step = steps.get((int) ((position + done) / STEP_BYTES));
            System.arraycopy(bytes, offset + done, step, at, count);
            done += count;
        }
    }

    synchronized void read(long position, byte[] target, int offset, int length) {
        if (position < 0 || length < 0 || position > sizeBytes - length) {
            throw DiskPath.endsEarly(path, position, length, sizeBytes);
        }
        int done = 0;
        while (done < length) {
            int at = (int) ((position + done) % STEP_BYTES);
            int count = Math.min(STEP_BYTES - at, length - done);
            byte[] step = steps.get((int) ((position + done) / STEP_BYTES));
            System.arraycopy(step, at, target, offset + done, count);
            done += count;
        }
    }

    /// Marks the file deleted; returns the bytes that the disk gets back.
    synchronized long delete() {
        deleted = true;
        return sizeBytes;
    }
}
