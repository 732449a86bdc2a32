package io.basaltdb.storage.encoding;

/// Chooses encodings from what is known of the values. Pure functions: the same values give the same bytes.
///
/// The smaller form wins, but what is slower to decode has to save more: adding up differences and spreading runs cost about as
/// much as reading a fifth more bytes.
public final class EncodingChooser {
    private EncodingChooser() {}

    public static LongEncoding longs(long[] values, int count, LongProfile profile) {
        if (profile.min() == profile.max()) {
            return ConstantLongs.INSTANCE;
        }
        LongEncoding best = PackedLongs.INSTANCE;
        long bestBytes = best.sizeBytes(profile);
        long deltaBytes = DeltaLongs.INSTANCE.sizeBytes(profile);
        if (isWorth(deltaBytes, bestBytes)) {
            best = DeltaLongs.INSTANCE;
            bestBytes = deltaBytes;
        }
        long runBytes = RunLongs.INSTANCE.sizeBytes(profile);
        if (isWorth(runBytes, bestBytes)) {
            best = RunLongs.INSTANCE;
        }
        if (best instanceof PackedLongs && PatchedLongs.pays(values, count, profile)) {
            best = PatchedLongs.INSTANCE;
        }
        return best;
    }

    public static BitEncoding bits(long[] words, int count) {
        int runs = BitEncoding.runCount(words, count);
        if (runs == 1) {
            return ConstantBits.INSTANCE;
        }
        // A run takes about eight bits.
        return runs * 8 < count / 2 ? RunBits.INSTANCE : PlainBits.INSTANCE;
    }

    /// Only what gives every value back bit for bit, -0.0 and all NaNs included.
    public static DoubleEncoding doubles(double[] values, int count, EncodingScratch scratch) {
        int exponent = DecimalDoubles.exponent(values, count);
        if (exponent >= 0) {
            return DecimalDoubles.ofExponent(exponent);
        }
        long[] bits = scratch.outer;
        if (FloatDoubles.fits(values, count)) {
            return FloatDoubles.INSTANCE;
        }
        for (int i = 0; i < count; i++) {
            bits[i] = Double.doubleToRawLongBits(values[i]);
        }
        LongProfile profile = LongProfile.of(bits, count);
        long bytes =
                profile.min() == profile.max()
                        ? 0
                        : Math.min(
                                PackedLongs.INSTANCE.sizeBytes(profile),
                                RunLongs.INSTANCE.sizeBytes(profile));
        return isWorth(bytes, 8L * count) ? BitwiseDoubles.INSTANCE : PlainDoubles.INSTANCE;
    }

    /// The distinct values of a granule are worth a dictionary where each occurs three times on average.
    public static BytesEncoding bytes(int count, int distinctCount) {
        if (distinctCount == 1) {
            return ConstantBytes.INSTANCE;
        }
        return distinctCount <= count / 3 ? DictionaryBytes.INSTANCE : PlainBytes.INSTANCE;
    }

    /// Whether a form that is slower to decode saves a fifth at least.
    static boolean isWorth(long bytes, long thanBytes) {
        return bytes <= thanBytes - thanBytes / 5;
    }

    /// Whether it looks, after the first rows of a string column, as if no dictionary will pay. Values repeat more the more rows are seen, so
    /// that little is said against one early.
    public static boolean givesUpDictionary(long rows, long distinct) {
        if (rows < 1 << 16) {
            return false;
        }
        int maxPercent = rows < 1 << 18 ? 90 : rows < 1 << 20 ? 80 : 70;
        return distinct * 100 > rows * maxPercent;
    }

    /// Whether a part-wide dictionary of strings pays, now that all is known. Beside fewer bytes it gives equality by code: what groups,
    /// counts or compares such strings costs 0.5 ns per row instead of 20 over the bytes. So where each value occurs twice on average it may
    /// cost two bytes per row, and else half a byte. Both forms compress their strings about as well.
    ///
    /// @param rows values that are not NULL
    /// @param distinctBytes bytes of the distinct values
    /// @param valueBytes bytes of all values
    public static boolean usesDictionary(
            long rows, long distinct, long distinctBytes, long valueBytes) {
        long codeBytes = rows * BitPacking.width(Math.max(0, distinct - 1)) / 8;
        long savedBytes = (valueBytes - distinctBytes) * 2 / 5;
        long worth = distinct * 2 <= rows ? 2 * rows : rows / 2;
        return distinct > 0 && distinct * 4 <= rows * 3 && codeBytes <= savedBytes + worth;
    }
}
