package io.basaltdb.storage.io;

import java.util.ArrayList;
import java.util.List;

/// Holds what is appended in memory, until it is written behind what another writer has. For one thread.
public final class HeldAppendWriter implements AppendWriter {
    private static final int FIRST_STEP_BYTES = 1 << 12;
    private static final int STEP_BYTES = 1 << 18;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] step = new byte[FIRST_STEP_BYTES];
    private int used;
    private long fullBytes;

    @Override
    public void append(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (used == step.length) {
                full.add(step);
                fullBytes += used;
                step = new byte[Math.min(STEP_BYTES, 2 * step.length)];
                used = 0;
            }
            int count = Math.min(step.length - used, length - done);
            System.arraycopy(bytes, offset + done, step, used, count);
            used += count;
            done += count;
        }
    }

    @Override
    public long position() {
        return fullBytes + used;
    }

    /// Appends everything to the other one.
    public void writeTo(AppendWriter target) {
        for (byte[] bytes : full) {
            target.append(bytes, 0, bytes.length);
        }
        target.append(step, 0, used);
    }

    /// Nothing of this is a file's yet.
    @Override
    public void force() {}

    @Override
    public void truncateToPosition() {}

    @Override
    public void close() {}
}
