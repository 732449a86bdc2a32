package io.basaltdb.storage.encoding;

/// Values with few decimal places, as the whole numbers that they are when multiplied by a power of ten. Bytes: the exponent of that power
/// (one byte), a block with the whole numbers, the number of exceptions as a varint, per exception its index (two bytes),
/// ascending, and its bits (eight bytes).
///
/// A whole number below 2^53 divided by a power of ten up to 10^22, both exact, is rounded once: it is the double nearest to that
/// decimal fraction, and so what reading the fraction as text gives.
///
/// @param exponent used by the writer only
record DecimalDoubles(int exponent) implements DoubleEncoding {
    static final int ID = 3;

    /// The greatest exponent tried.
    private static final int MAX_EXPONENT = 14;

    /// One value in so many may be an exception.
    private static final int EXCEPTION_SHARE = 64;

    private static final int SAMPLE = 64;
    private static final double MAX_WHOLE = 0x1p51;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14
    };

    static DecimalDoubles ofExponent(int exponent) {
        return new DecimalDoubles(exponent);
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "decimal";
    }

    /// The least exponent that fits all values but a few, or -1. Judged by a sample first.
    static int exponent(double[] values, int count) {
        int step = Math.max(1, count / SAMPLE);
        for (int exponent = 0; exponent <= MAX_EXPONENT; exponent++) {
            double power = POWERS[exponent];
            int sampled = 0;
            int misses = 0;
            for (int i = 0; i < count; i += step) {
                sampled++;
                misses += fits(values[i], power) ? 0 : 1;
            }
            if (misses * 16 <= sampled
                    && exceptions(values, count, power) <= count / EXCEPTION_SHARE) {
                return exponent;
            }
        }
        return -1;
    }

    private static int exceptions(double[] values, int count, double power) {
        int exceptions = 0;
        for (int i = 0; i < count; i++) {
            exceptions += fits(values[i], power) ? 0 : 1;
        }
        return exceptions;
    }

    private static boolean fits(double value, double power) {
        long whole = Math.round(value * power);
        return Math.abs((double) whole) < MAX_WHOLE
                && Double.doubleToRawLongBits(whole / power) == Double.doubleToRawLongBits(value);
    }

    @Override
    public void encode(double[] values, int count, EncodingScratch scratch, ByteSink sink) {
        double power = POWERS[exponent];
        long[] wholes = scratch.outer;
        int exceptions = 0;
        long last = firstWhole(values, count, power);
        for (int i = 0; i < count; i++) {
            if (fits(values[i], power)) {
                last = Math.round(values[i] * power);
            } else {
                exceptions++;
            }
            wholes[i] = last;
        }
        sink.putByte(exponent);
        LongEncoding.write(wholes, count, scratch, sink);
        sink.putVarint(exceptions);
        for (int i = 0; i < count; i++) {
            if (!fits(values[i], power)) {
                sink.putShort(i);
                sink.putLong(Double.doubleToRawLongBits(values[i]));
            }
        }
    }

    /// What stands for an exception before the first value that fits.
    private static long firstWhole(double[] values, int count, double power) {
        for (int i = 0; i < count; i++) {
            if (fits(values[i], power)) {
                return Math.round(values[i] * power);
            }
        }
        return 0;
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, double[] out) {
        double power = readPower(source);
        LongEncoding.read(source, count, scratch, scratch.outer);
        divide(scratch.outer, count, power, out);
        readExceptions(source, count, out);
    }

    @Override
    public void decodeSome(
            ByteSource source,
            int count,
            int[] indexes,
            int indexCount,
            EncodingScratch scratch,
            double[] out) {
        double power = readPower(source);
        LongEncoding.readSome(source, count, indexes, indexCount, scratch, scratch.outer);
        for (int i = 0; i < indexCount; i++) {
            out[indexes[i]] = scratch.outer[indexes[i]] / power;
        }
        readExceptions(source, count, out);
    }

    private static double readPower(ByteSource source) {
        int stored = source.getByte();
        if (stored > MAX_EXPONENT) {
            throw ByteSource.malformed("a power of ten of " + stored);
        }
        return POWERS[stored];
    }

    private static void readExceptions(ByteSource source, int count, double[] out) {
        int exceptions = source.getCount(count);
        int last = -1;
        for (int i = 0; i < exceptions; i++) {
            int index = source.getShort();
            double value = Double.longBitsToDouble(source.getLong());
            if (index <= last || index >= count) {
                throw ByteSource.malformed("an exception at value " + index);
            }
            out[index] = value;
            last = index;
        }
    }

    private static void divide(long[] wholes, int count, double power, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = wholes[i] / power;
        }
    }
}
