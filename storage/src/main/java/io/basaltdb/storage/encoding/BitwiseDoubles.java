package io.basaltdb.storage.encoding;

/// The bits of each value as a number: for constants, runs, and values that share sign and exponent. Bytes: a block of numbers.
record BitwiseDoubles() implements DoubleEncoding {
    static final int ID = 1;
    static final BitwiseDoubles INSTANCE = new BitwiseDoubles();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "bitwise";
    }

    @Override
    public void encode(double[] values, int count, EncodingScratch scratch, ByteSink sink) {
        long[] bits = scratch.outer;
        for (int i = 0; i < count; i++) {
            bits[i] = Double.doubleToRawLongBits(values[i]);
        }
        LongEncoding.write(bits, count, scratch, sink);
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, double[] out) {
        LongEncoding.read(source, count, scratch, scratch.outer);
        fromBits(scratch.outer, count, out);
    }

    @Override
    public void decodeSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            double[] out) {
        LongEncoding.readSome(source, count, indexes, indexCount, scratch, scratch.outer);
        for (int i = 0; i < indexCount; i++) {
            out[indexes[i]] = Double.longBitsToDouble(scratch.outer[indexes[i]]);
        }
    }

    private static void fromBits(long[] bits, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = Double.longBitsToDouble(bits[i]);
        }
    }
}
