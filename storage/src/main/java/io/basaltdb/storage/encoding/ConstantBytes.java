package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One string for all. Bytes: its length as a varint, its bytes.
record ConstantBytes() implements BytesEncoding {
    static final int ID = 0;
    static final ConstantBytes INSTANCE = new ConstantBytes();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "constant";
    }

    @Override
    public void encode(BytesBlock values, int count, EncodingScratch scratch, ByteSink sink) {
        sink.putVarint(values.length[0]);
        sink.putBytes(values.heap, values.start[0], values.length[0]);
    }

    @Override
    public void decode(
            ByteSource source,
            int count,
            @Nullable Selection wanted,
            EncodingScratch scratch,
            BytesBlock out) {
        int length = source.getCount(source.remaining());
        int from = source.skip(length);
        out.ensureHeap(length);
        System.arraycopy(source.array(), from, out.heap, 0, length);
        out.heapSize = length;
        Arrays.fill(out.start, 0, count, 0);
        Arrays.fill(out.length, 0, count, length);
    }
}
