package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;

/// Runs of equal bits. Bytes: the first bit (one byte), the number of runs as a varint, a block of numbers with the length of each run less
/// one.
record RunBits() implements BitEncoding {
    static final int ID = 2;
    static final RunBits INSTANCE = new RunBits();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "run length";
    }

    @Override
    public void encode(long[] words, int count, EncodingScratch scratch, ByteSink sink) {
        long[] lengths = scratch.outer;
        int runs = 0;
        int from = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || bit(words, i) != bit(words, from)) {
                lengths[runs++] = i - 1L - from;
                from = i;
            }
        }
        sink.putByte((int) (words[0] & 1));
        sink.putVarint(runs);
        LongEncoding.write(lengths, runs, scratch, sink);
    }

    private static long bit(long[] words, int index) {
        return words[index >> 6] >>> index & 1;
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        int bit = source.getByte();
        int runs = source.getCount(count);
        if (bit > 1 || runs == 0) {
            throw ByteSource.malformed("runs of bits that do not begin");
        }
        long[] lengths = scratch.outer;
        LongEncoding.read(source, runs, scratch, lengths);
        Arrays.fill(out, 0, Validity.words(count), 0);
        long from = 0;
        for (int run = 0; run < runs; run++) {
            long length = lengths[run];
            if (length < 0 || length >= count - from) {
                throw ByteSource.malformed("a run of " + length + " bits");
            }
            if ((bit + run & 1) != 0) {
                setBits(out, (int) from, (int) (from + length));
            }
            from += length + 1;
        }
        if (from != count) {
            throw ByteSource.malformed("runs of " + from + " bits, expected " + count);
        }
    }

    /// Sets the bits from `first` to `last`, both inclusive.
    private static void setBits(long[] words, int first, int last) {
        int firstWord = first >> 6;
        int lastWord = last >> 6;
        long firstMask = -1L << first;
        long lastMask = -1L >>> (63 - (last & 63));
        if (firstWord == lastWord) {
            words[firstWord] |= firstMask & lastMask;
            return;
        }
        words[firstWord] |= firstMask;
        Arrays.fill(words, firstWord + 1, lastWord, -1L);
        words[lastWord] |= lastMask;
    }
}
