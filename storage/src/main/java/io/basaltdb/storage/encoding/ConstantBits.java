package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;

/// One bit for all. Bytes: 0 or 1.
record ConstantBits() implements BitEncoding {
    static final int ID = 0;
    static final ConstantBits INSTANCE = new ConstantBits();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "constant";
    }

    @Override
    public void encode(long[] words, int count, EncodingScratch scratch, ByteSink sink) {
        sink.putByte((int) (words[0] & 1));
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        int bit = source.getByte();
        if (bit > 1) {
            throw ByteSource.malformed("a bit of value " + bit);
        }
        int wordCount = Validity.words(count);
        Arrays.fill(out, 0, wordCount, -bit);
        out[wordCount - 1] &= BitEncoding.lastMask(count);
    }
}
