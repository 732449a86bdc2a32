package io.basaltdb.storage.io;

/// Gathers small appends for another writer. For one thread.
public final class BufferedAppendWriter implements AppendWriter {
    private final AppendWriter target;
    private final byte[] buffer;
    private int buffered;

    public BufferedAppendWriter(AppendWriter target, int bufferBytes) {
        this.target = target;
        this.buffer = new byte[bufferBytes];
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        if (length > buffer.length - buffered) {
            flush();
        }
        if (length > buffer.length) {
            target.append(bytes, offset, length);
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
