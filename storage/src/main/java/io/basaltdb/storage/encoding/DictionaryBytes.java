package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Distinct strings once, in the order of their first appearance, and a code per value. Bytes: the number of distinct strings as a
/// varint, a block with their lengths, a [ByteHeap], a block with the codes.
record DictionaryBytes() implements BytesEncoding {
    static final int ID = 2;
    static final DictionaryBytes INSTANCE = new DictionaryBytes();

    private static final int SAMPLE = 256;

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "dictionary";
    }

    /// Number of distinct strings among the first `count`; `count` itself, and not counted to the end, where a sample at the beginning
    /// hardly repeats.
    static int countDistinct(BytesBlock values, int count, EncodingScratch scratch) {
        BytesTable table = scratch.writing().table;
        table.clear();
        for (int i = 0; i < count; i++) {
            table.add(values.heap, values.start[i], values.length[i]);
            if (i == SAMPLE && table.size() > SAMPLE * 3 / 4) {
                return count;
            }
        }
        return table.size();
    }

    @Override
    public void encode(BytesBlock values, int count, EncodingScratch scratch, ByteSink sink) {
        BytesTable table = scratch.writing().table;
        table.clear();
        BytesBlock distinct = scratch.writing().strings;
        long[] codes = scratch.writing().numbers;
        int known = 0;
        for (int i = 0; i < count; i++) {
            int code = table.add(values.heap, values.start[i], values.length[i]);
            if (code == known) {
                distinct.start[code] = values.start[i];
                distinct.length[code] = values.length[i];
                known++;
            }
            codes[i] = code;
        }
        byte[] own = distinct.heap;
        distinct.heap = values.heap;
        sink.putVarint(known);
        PlainBytes.INSTANCE.encode(distinct, known, scratch, sink);
        distinct.heap = own;
        LongEncoding.write(codes, count, scratch, sink);
    }

    @Override
    public void decode(
            ByteSource source,
            int count,
            @Nullable Selection wanted,
            EncodingScratch scratch,
            BytesBlock out) {
        int distinct = source.getCount(count);
        if (distinct == 0) {
            throw ByteSource.malformed("an empty dictionary");
        }
        PlainBytes.INSTANCE.decode(source, distinct, null, scratch, out);
        int[] starts = Arrays.copyOf(out.start, distinct);
        int[] lengths = Arrays.copyOf(out.length, distinct);
        long[] codes = scratch.outer;
        LongEncoding.read(source, count, scratch, codes);
        for (int i = 0; i < count; i++) {
            long code = codes[i];
            if (code < 0 || code >= distinct) {
                throw ByteSource.malformed("code " + code + " in a dictionary of " + distinct);
            }
            out.start[i] = starts[(int) code];
            out.length[i] = lengths[(int) code];
        }
    }
}
