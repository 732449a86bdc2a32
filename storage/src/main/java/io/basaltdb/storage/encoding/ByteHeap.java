package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Selection;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The bytes of a granule's strings, end to end, in stretches of [#STRETCH_BYTES] that are compressed one by one, so that reading a few
/// strings decompresses a few stretches.
///
/// Bytes: the form (one byte): 0, and the bytes as they are; or 1, and per stretch its compressed length as a varint, 0 where it is
/// kept as it is, then the stretches one after the other. The length of the whole is known from outside.
final class ByteHeap {
    /// Most bytes of one granule's heap.
    static final int MAX_BYTES = 1 << 30;

    static final int STRETCH_BYTES = 1 << 15;

    private static final int PLAIN = 0;
    private static final int COMPRESSED = 1;

    /// Below this size there is nothing to gain.
    private static final int MIN_COMPRESSED_BYTES = 128;

    /// No compressed byte stands for more.
    private static final int MAX_RATIO = 256;

    private ByteHeap() {}

    /// Writes the first `count` strings of the block, which need not lie in order.
    static void write(BytesBlock values, int count, EncodingScratch scratch, ByteSink sink) {
        int size = 0;
        boolean endToEnd = true;
        for (int i = 0; i < count; i++) {
            endToEnd &= values.start[i] == values.start[0] + size;
            size = Math.addExact(size, values.length[i]);
        }
        int origin = sink.size();
        sink.putByte(PLAIN);
        sink.reserve(size);
        if (endToEnd && count > 0) {
            sink.putBytes(values.heap, values.start[0], size);
        } else {
            for (int i = 0; i < count; i++) {
                sink.putBytes(values.heap, values.start[i], values.length[i]);
            }
        }
        if (size >= MIN_COMPRESSED_BYTES) {
            compress(scratch.writing(), sink, origin, size);
        }
    }

    /// Puts the compressed form in place of the plain one where it saves a fifth.
    private static void compress(WritingScratch scratch, ByteSink sink, int origin, int size) {
        byte[] plain = sink.array();
        int stretches = stretches(size);
        ByteSink packed = scratch.packed;
        ByteSink lengths = scratch.lengths;
        packed.clear();
        lengths.clear();
        int at = origin + 1;
        Lz4Writer writer = scratch.lz4;
        writer.begin(plain);
        for (int s = 0; s < stretches; s++) {
            int length = Math.min(STRETCH_BYTES, origin + 1 + size - at);
            int packedLength = BlockCompression.compress(writer, at, length, packed);
            lengths.putVarint(packedLength);
            if (packedLength == 0) {
                packed.putBytes(plain, at, length);
            }
            at += length;
        }
        if (EncodingChooser.isWorth(lengths.size() + packed.size(), size)) {
            sink.truncate(origin);
            sink.putByte(COMPRESSED);
            sink.putBytes(lengths.array(), 0, lengths.size());
            sink.putBytes(packed.array(), 0, packed.size());
        }
    }

    private static int stretches(int size) {
        return (size + STRETCH_BYTES - 1) / STRETCH_BYTES;
    }

    /// Fills the heap of `values`, whose starts and lengths are known.
    ///
    /// @param wanted the strings whose bytes must be there; null: all
    static void read(
            ByteSource source, int size, int count, @Nullable Selection wanted, BytesBlock values) {
        int form = source.getByte();
        if (form == PLAIN) {
            int from = source.skip(size);
            values.ensureHeap(size);
            System.arraycopy(source.array(), from, values.heap, 0, size);
        } else if (form == COMPRESSED) {
            readCompressed(source, size, count, wanted, values);
        } else {
            throw ByteSource.malformed("unknown form " + form + " of strings");
        }
        values.heapSize = size;
    }

    private static void readCompressed(
            ByteSource source, int size, int count, @Nullable Selection wanted, BytesBlock values) {
        int stretches = stretches(size);
        if (stretches > source.remaining() || size / MAX_RATIO > source.remaining()) {
            throw ByteSource.malformed("strings of impossible length");
        }
        values.ensureHeap(size);
        int[] lengths = new int[stretches];
        for (int s = 0; s < stretches; s++) {
            lengths[s] = source.getCount(STRETCH_BYTES);
        }
        @Nullable BitSet touched =
                wanted == null || wanted.count() == count
                        ? null
                        : touched(values, wanted, stretches);
        for (int s = 0; s < stretches; s++) {
            int to = s * STRETCH_BYTES;
            int plainLength = Math.min(STRETCH_BYTES, size - to);
            boolean kept = lengths[s] == 0;
            int from = source.skip(kept ? plainLength : lengths[s]);
            if (touched != null && !touched.get(s)) {
                continue;
            }
            if (kept) {
                System.arraycopy(source.array(), from, values.heap, to, plainLength);
            } else {
                BlockCompression.decompress(
                        source.array(), from, lengths[s], values.heap, to, plainLength);
            }
        }
    }

    private static BitSet touched(BytesBlock values, Selection wanted, int stretches) {
        BitSet touched = new BitSet(stretches);
        for (int i = 0; i < wanted.count(); i++) {
            int row = wanted.rows()[i];
            if (values.length[row] > 0) {
                int first = values.start[row] / STRETCH_BYTES;
                int last = (values.start[row] + values.length[row] - 1) / STRETCH_BYTES;
                touched.set(first, last + 1);
            }
        }
        return touched;
    }
}
