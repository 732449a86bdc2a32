package io.basaltdb.storage.encoding;

/// Differences of neighbours, packed, all modulo 2^64: for sorted and slowly changing numbers. Bytes: the first value as a signed
/// varint, the least difference likewise, the width (one byte), the words of [BitPacking] of the differences less the least; the
/// first difference is written as the least.
record DeltaLongs() implements LongEncoding {
    static final int ID = 2;
    static final DeltaLongs INSTANCE = new DeltaLongs();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "delta";
    }

    @Override
    public long sizeBytes(LongProfile profile) {
        return 21 + 4L * BitPacking.words(profile.count(), profile.deltaWidth());
    }

    @Override
    public void encode(
            long[] values, int count, LongProfile profile, EncodingScratch scratch, ByteSink sink) {
        long[] deltas = scratch.inner;
        deltas[0] = profile.minDelta();
        for (int i = 1; i < count; i++) {
            deltas[i] = values[i] - values[i - 1];
        }
        int width = profile.deltaWidth();
        sink.putSignedVarint(values[0]);
        sink.putSignedVarint(profile.minDelta());
        sink.putByte(width);
        BitPacking.pack(deltas, count, profile.minDelta(), width, scratch.words);
        sink.putInts(scratch.words, BitPacking.words(count, width));
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        long first = source.getSignedVarint();
        long minDelta = source.getSignedVarint();
        int width = PackedLongs.readWidth(source);
        if (width == 0) {
            count(out, count, first, minDelta);
            return;
        }
        source.getInts(scratch.words, BitPacking.words(count, width));
        BitPacking.unpack(scratch.words, count, width, minDelta, out);
        PackedLongs.expectPadding(out, count, minDelta);
        if (out[0] != minDelta) {
            throw ByteSource.malformed("padding is not zero");
        }
        sum(out, count, first - minDelta);
    }

    /// Numbers that count up evenly are known without the others.
    @Override
    public void decodeSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            long[] out) {
        int begun = source.position();
        long first = source.getSignedVarint();
        long step = source.getSignedVarint();
        if (PackedLongs.readWidth(source) == 0) {
            for (int i = 0; i < indexCount; i++) {
                out[indexes[i]] = first + indexes[i] * step;
            }
            return;
        }
        source.reset(source.array(), begun, source.position() - begun + source.remaining());
        decode(source, count, scratch, out);
    }

    private static void count(long[] out, int count, long first, long step) {
        for (int i = 0; i < count; i++) {
            out[i] = first + i * step;
        }
    }

    private static void sum(long[] out, int count, long start) {
        long sum = start;
        for (int i = 0; i < count; i++) {
            sum += out[i];
            out[i] = sum;
        }
    }
}
