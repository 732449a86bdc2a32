package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Validity;

/// The encodings of single bits: BOOLEAN values and validity. A block is the encoding's id (one byte) and what it wrote.
public sealed interface BitEncoding extends Encoding permits ConstantBits, PlainBits, RunBits {
    /// Words behind the last bit are not looked at; bits behind it may be anything.
    void encode(long[] words, int count, EncodingScratch scratch, ByteSink sink);

    /// Writes ⌈count / 64⌉ words into `out`, which has room for [Batch#MAX_ROWS] bits; bits behind the last are zero.
    void decode(ByteSource source, int count, EncodingScratch scratch, long[] out);

    static void write(long[] words, int count, EncodingScratch scratch, ByteSink sink) {
        write(EncodingChooser.bits(words, count), words, count, scratch, sink);
    }

    static void write(
            BitEncoding encoding, long[] words, int count, EncodingScratch scratch, ByteSink sink) {
        sink.putByte(encoding.id());
        encoding.encode(words, count, scratch, sink);
    }

    static BitEncoding read(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        BitEncoding encoding = byId(source.getByte());
        encoding.decode(source, count, scratch, out);
        return encoding;
    }

    static BitEncoding byId(int id) {
        return switch (id) {
            case ConstantBits.ID -> ConstantBits.INSTANCE;
            case PlainBits.ID -> PlainBits.INSTANCE;
            case RunBits.ID -> RunBits.INSTANCE;
            default -> throw ByteSource.malformed("unknown encoding " + id + " of bits");
        };
    }

    /// The last word's bits that count.
    static long lastMask(int count) {
        return (count & 63) == 0 ? -1L : (1L << count) - 1;
    }

    /// Number of runs of equal bits.
    static int runCount(long[] words, int count) {
        int runs = 1;
        int last = Validity.words(count) - 1;
        for (int w = 0; w <= last; w++) {
            // Bit i of `changes` says that bit i + 1 differs from bit i.
            long next = w < last ? words[w + 1] << 63 : words[w] & Long.MIN_VALUE;
            long changes = words[w] ^ (words[w] >>> 1 | next);
            if (w == last) {
                int rest = count - (w << 6);
                changes &= (1L << (rest - 1)) - 1;
            }
            runs += Long.bitCount(changes);
        }
        return runs;
    }
}
