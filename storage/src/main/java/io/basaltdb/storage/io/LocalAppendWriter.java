package io.basaltdb.storage.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Writes a file of a [LocalDisk] through its channel.
final class LocalAppendWriter implements AppendWriter {
    /// Bytes per system call: the JDK copies heap arrays through a buffer of that size that each thread keeps.
    private static final int STEP_BYTES = 1 << 18;

    private final LocalDisk disk;
    private final String path;
    private final FileChannel channel;
    private long position;
    private boolean poisoned;

    LocalAppendWriter(LocalDisk disk, String path, FileChannel channel, long position) {
        this.disk = disk;
        this.path = path;
        this.channel = channel;
        this.position = position;
    }

    void preallocate(long from, long to) {
        byte[] zeros = new byte[(int) Math.max(0, Math.min(STEP_BYTES, to - from))];
        long at = from;
        while (at < to) {
            int step = (int) Math.min(zeros.length, to - at);
            write(zeros, 0, step, at, to - at);
            at += step;
        }
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        refusePoisoned();
        write(bytes, offset, length, position, length);
        position += length;
    }

    private void write(byte[] bytes, int offset, int length, long at, long neededBytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        int end = offset + length;
        try {
            while (buffer.position() < end) {
                buffer.limit(Math.min(end, buffer.position() + STEP_BYTES));
                while (buffer.hasRemaining()) {
                    channel.write(buffer, at + buffer.position() - offset);
                }
            }
        } catch (IOException e) {
            poisoned = true;
            throw disk.failure("write", path, neededBytes, e);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void force() {
        refusePoisoned();
        try {
            channel.force(false);
        } catch (IOException e) {
            poisoned = true;
            throw disk.failure("force", path, 0, e);
        }
    }

    @Override
    public void truncateToPosition() {
        refusePoisoned();
        try {
            channel.truncate(position);
        } catch (IOException e) {
            poisoned = true;
            throw disk.failure("truncate", path, 0, e);
        }
    }

    private void refusePoisoned() {
        if (poisoned) {
            throw DiskPath.poisoned(path);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw disk.failure("close", path, 0, e);
        }
    }
}
