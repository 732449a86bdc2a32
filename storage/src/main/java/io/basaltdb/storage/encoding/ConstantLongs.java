package io.basaltdb.storage.encoding;

import java.util.Arrays;

/// One number for all. Bytes: the number as a signed varint.
record ConstantLongs() implements LongEncoding {
    static final int ID = 0;
    static final ConstantLongs INSTANCE = new ConstantLongs();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "constant";
    }

    @Override
    public long sizeBytes(LongProfile profile) {
        return 10;
    }

    @Override
    public void encode(
            long[] values, int count, LongProfile profile, EncodingScratch scratch, ByteSink sink) {
        assert profile.min() == profile.max();
        sink.putSignedVarint(profile.min());
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        Arrays.fill(out, 0, count, source.getSignedVarint());
    }
}
