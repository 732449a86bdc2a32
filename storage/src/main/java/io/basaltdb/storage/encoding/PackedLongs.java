package io.basaltdb.storage.encoding;

/// Frame of reference and bit packing. Bytes: the least value as a signed varint, the width (one byte, 0 … 64), the words of
/// [BitPacking].
record PackedLongs() implements LongEncoding {
    static final int ID = 1;
    static final PackedLongs INSTANCE = new PackedLongs();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "packed";
    }

    @Override
    public long sizeBytes(LongProfile profile) {
        return 11 + 4L * BitPacking.words(profile.count(), profile.width());
    }

    @Override
    public void encode(
            long[] values, int count, LongProfile profile, EncodingScratch scratch, ByteSink sink) {
        int width = profile.width();
        sink.putSignedVarint(profile.min());
        sink.putByte(width);
        BitPacking.pack(values, count, profile.min(), width, scratch.words);
        sink.putInts(scratch.words, BitPacking.words(count, width));
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        long base = source.getSignedVarint();
        int width = readWidth(source);
        source.getInts(scratch.words, BitPacking.words(count, width));
        BitPacking.unpack(scratch.words, count, width, base, out);
        expectPadding(out, count, base);
    }

    @Override
    public void decodeSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            long[] out) {
        long base = source.getSignedVarint();
        int width = readWidth(source);
        int words = source.skip(BitPacking.words(count, width) * Integer.BYTES);
        int lanes = BitPacking.lanes(count);
        for (int i = 0; i < indexCount; i++) {
            int index = indexes[i];
            out[index] = base + BitPacking.get(source.array(), words, lanes, width, index);
        }
    }

    static int readWidth(ByteSource source) {
        int width = source.getByte();
        if (width > Long.SIZE) {
            throw ByteSource.malformed("numbers of " + width + " bits");
        }
        return width;
    }

    /// The lanes behind the last value hold packed zeros.
    static void expectPadding(long[] out, int count, long base) {
        for (int i = count, end = BitPacking.paddedCount(count); i < end; i++) {
            if (out[i] != base) {
                throw ByteSource.malformed("padding is not zero");
            }
        }
    }
}
