package io.basaltdb.formats.parquet.page;

import io.basaltdb.storage.io.RandomReader;

/// Walks through the bytes of a column chunk. For one thread.
final class ChunkInput implements AutoCloseable {
    /// Bytes that are read at once, where the chunk has as many.
    private static final int PIECE = 1 << 20;

    private static final byte[] NONE = {};

    private final RandomReader file;
    private final PageBuffers buffers;

    /// Where the chunk ends. A page may reach beyond it, since some writers left headers out of its size.
    private final long chunkEnd;

    private long next;
    private long bytesRead;
    private byte[] bytes = NONE;
    private int at;
    private int limit;

    ChunkInput(RandomReader file, PageBuffers buffers, long position, long sizeBytes) {
        this.file = file;
        this.buffers = buffers;
        this.next = position;
        this.chunkEnd = position + sizeBytes;
    }

    /// Lets at least so many bytes stand in one piece. What stood before in [#bytes] is gone then.
    ///
    /// @return how many stand there: fewer only where the file ends
    int require(int wanted) {
        int there = limit - at;
        if (there < wanted) {
            long ahead = Math.min(PIECE, chunkEnd - next);
            long more = Math.min(file.sizeBytes() - next, Math.max(wanted - there, ahead));
            if (there + more > PageBuffers.MOST_BYTES_OF_ONE - PageBuffers.SLACK) {
                throw new DamagedPageException("a page has " + wanted + " bytes");
            }
            if (more > 0) {
                fetch(there, (int) more);
            }
        }
        return limit - at;
    }

    private void fetch(int there, int more) {
        byte[] target = bytes;
        if (target.length < there + more + PageBuffers.SLACK) {
            target = buffers.take(there + more);
        }
        System.arraycopy(bytes, at, target, 0, there);
        if (target.length != bytes.length) {
            release();
            bytes = target;
        }
        at = 0;
        limit = there;
        file.read(next, bytes, there, more);
        next += more;
        bytesRead += more;
        limit += more;
    }

    /// Whether the chunk ends here.
    boolean isAtEnd() {
        return next - (limit - at) >= chunkEnd;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Where in [#bytes] it stands.
    int at() {
        return at;
    }

    /// Goes on by so many bytes, which need not have been read.
    void skip(int count) {
        int there = limit - at;
        if (count <= there) {
            at += count;
        } else {
            at = limit;
            next += count - there;
        }
    }

    long bytesRead() {
        return bytesRead;
    }

    private void release() {
        if (bytes.length > 0) {
            buffers.give(bytes);
        }
        bytes = NONE;
    }

    @Override
    public void close() {
        release();
        at = 0;
        limit = 0;
    }
}
