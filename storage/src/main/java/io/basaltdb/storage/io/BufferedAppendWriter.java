package io.basaltdb.storage.io;

/// Gathers small appends for another writer, and forces them in steps, so that whoever forces another file of the disk meanwhile never waits for
/// all that a large one has left in the system's cache. For one thread.
public final class BufferedAppendWriter implements AppendWriter {
    private final AppendWriter target;
    private final byte[] buffer;
    private final long stepBytes;
    private int buffered;
    private long forced;

    /// @param stepBytes how much is appended before it is forced without being asked for
    public BufferedAppendWriter(AppendWriter target, int bufferBytes, long stepBytes) {
        this.target = target;
        this.buffer = new byte[bufferBytes];
        this.stepBytes = stepBytes;
        this.forced = target.position();
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        if (length > buffer.length - buffered) {
            flush();
        }
        if (length > buffer.length) {
            target.append(bytes, offset, length);
            forceStep();
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }
    }

    private void flush() {
        if (buffered > 0) {
            int length = buffered;
            buffered = 0;
            target.append(buffer, 0, length);
            forceStep();
        }
    }

    private void forceStep() {
        if (target.position() - forced >= stepBytes) {
            target.force();
            forced = target.position();
        }
    }

    @Override
    public long position() {
        return target.position() + buffered;
    }

    @Override
    public void force() {
        flush();
        target.force();
    }

    @Override
    public void truncateToPosition() {
        flush();
        target.truncateToPosition();
    }

    /// Closes the target; what was not forced may be lost.
    @Override
    public void close() {
        target.close();
    }
}
