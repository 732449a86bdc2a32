package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Selection;
import org.jspecify.annotations.Nullable;

/// The strings one after the other. Bytes: a block of numbers with their lengths, a [ByteHeap].
record PlainBytes() implements BytesEncoding {
    static final int ID = 1;
    static final PlainBytes INSTANCE = new PlainBytes();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "plain";
    }

    @Override
    public void encode(BytesBlock values, int count, EncodingScratch scratch, ByteSink sink) {
        long[] lengths = scratch.outer;
        for (int i = 0; i < count; i++) {
            lengths[i] = values.length[i];
        }
        LongEncoding.write(lengths, count, scratch, sink);
        ByteHeap.write(values, count, scratch, sink);
    }

    @Override
    public void decode(
            ByteSource source,
            int count,
            @Nullable Selection wanted,
            EncodingScratch scratch,
            BytesBlock out) {
        long[] lengths = scratch.outer;
        LongEncoding.read(source, count, scratch, lengths);
        int heapSize = place(lengths, count, out);
        ByteHeap.read(source, heapSize, count, wanted, out);
    }

    /// Lays strings of those lengths out one behind the other; returns where the last ends.
    private static int place(long[] lengths, int count, BytesBlock out) {
        long at = 0;
        long wrong = 0;
        for (int i = 0; i < count; i++) {
            long length = lengths[i];
            wrong |= length | Integer.MAX_VALUE - length;
            out.start[i] = (int) at;
            out.length[i] = (int) length;
            at += length;
        }
        if (wrong < 0 || at > ByteHeap.MAX_BYTES) {
            throw ByteSource.malformed("strings of impossible length");
        }
        return (int) at;
    }
}
