package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Validity;

/// The bits as they are. Bytes: ⌈count / 64⌉ words of eight bytes; bits behind the last are zero.
record PlainBits() implements BitEncoding {
    static final int ID = 1;
    static final PlainBits INSTANCE = new PlainBits();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "plain";
    }

    @Override
    public void encode(long[] words, int count, EncodingScratch scratch, ByteSink sink) {
        int last = Validity.words(count) - 1;
        sink.putLongs(words, last);
        sink.putLong(words[last] & BitEncoding.lastMask(count));
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        int wordCount = Validity.words(count);
        source.getLongs(out, wordCount);
        if ((out[wordCount - 1] & ~BitEncoding.lastMask(count)) != 0) {
            throw ByteSource.malformed("padding is not zero");
        }
    }
}
