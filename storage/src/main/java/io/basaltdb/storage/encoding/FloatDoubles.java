package io.basaltdb.storage.encoding;

/// Values that a 32-bit float holds exactly, as every REAL is. Bytes: a block with the float bits of each as a number from 0 to
/// 2^32 - 1.
record FloatDoubles() implements DoubleEncoding {
    static final int ID = 2;
    static final FloatDoubles INSTANCE = new FloatDoubles();

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "float";
    }

    static boolean fits(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            float narrow = (float) values[i];
            if (Double.doubleToRawLongBits(narrow) != Double.doubleToRawLongBits(values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void encode(double[] values, int count, EncodingScratch scratch, ByteSink sink) {
        long[] bits = scratch.outer;
        for (int i = 0; i < count; i++) {
            bits[i] = Float.floatToRawIntBits((float) values[i]) & 0xFFFF_FFFFL;
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
            out[indexes[i]] = Float.intBitsToFloat((int) scratch.outer[indexes[i]]);
        }
    }

    private static void fromBits(long[] bits, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = Float.intBitsToFloat((int) bits[i]);
        }
    }
}
