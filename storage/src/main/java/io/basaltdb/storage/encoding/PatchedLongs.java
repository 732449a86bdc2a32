package io.basaltdb.storage.encoding;

/// Bit packing in which few large values are kept apart: the packed words hold the low bits of all, and a list adds what is missing in
/// some. Bytes: the least value as a signed varint, the width (one byte), the number of exceptions as a varint, the words of
/// [BitPacking], then per exception its index (two bytes), ascending, and then per exception the missing high bits as a varint.
record PatchedLongs() implements LongEncoding {
    static final int ID = 4;
    static final PatchedLongs INSTANCE = new PatchedLongs();

    /// Bytes of an exception's index.
    private static final int EXCEPTION_BYTES = 2;

    /// Below this width there is little to save.
    private static final int MIN_WIDTH = 8;

    @Override
    public int id() {
        return ID;
    }

    @Override
    public String title() {
        return "patched";
    }

    /// Nothing that the profile holds says how many values are exceptions: see [#pays].
    @Override
    public long sizeBytes(LongProfile profile) {
        return Long.MAX_VALUE;
    }

    /// Whether a few exceptions make the other values so much narrower that a fifth is saved.
    static boolean pays(long[] values, int count, LongProfile profile) {
        if (profile.width() < MIN_WIDTH) {
            return false;
        }
        int[] countByWidth = new int[Long.SIZE + 1];
        countWidths(values, count, profile.min(), countByWidth);
        int width = bestWidth(count, countByWidth);
        return EncodingChooser.isWorth(width, profile.width());
    }

    /// The width at which the values take the fewest bytes, given how many values have each width; the greatest width that occurs
    /// where no exceptions pay.
    static int bestWidth(int count, int[] countByWidth) {
        int widest = Long.SIZE;
        while (widest > 0 && countByWidth[widest] == 0) {
            widest--;
        }
        int best = widest;
        long bestBytes = 4L * BitPacking.words(count, widest);
        long exceptions = 0;
        for (int width = widest - 1; width >= 0; width--) {
            exceptions += countByWidth[width + 1];
            if (exceptions > count / 16) {
                break;
            }
            int missing = widest - width;
            long bytes =
                    4L * BitPacking.words(count, width)
                            + exceptions * (EXCEPTION_BYTES + (missing + 6) / 7)
                            + 2;
            if (bytes < bestBytes) {
                bestBytes = bytes;
                best = width;
            }
        }
        return best;
    }

    /// Counts the values by the bits that they need above `min`.
    static void countWidths(long[] values, int count, long min, int[] countByWidth) {
        for (int i = 0; i < count; i++) {
            countByWidth[BitPacking.width(values[i] - min)]++;
        }
    }

    @Override
    public void encode(
            long[] values, int count, LongProfile profile, EncodingScratch scratch, ByteSink sink) {
        int[] countByWidth = new int[Long.SIZE + 1];
        long min = profile.min();
        countWidths(values, count, min, countByWidth);
        int width = bestWidth(count, countByWidth);
        long mask = width == Long.SIZE ? -1L : (1L << width) - 1;
        long[] low = scratch.inner;
        int exceptions = 0;
        for (int i = 0; i < count; i++) {
            long value = values[i] - min;
            low[i] = value & mask;
            exceptions += (value & ~mask) != 0 ? 1 : 0;
        }
        sink.putSignedVarint(min);
        sink.putByte(width);
        sink.putVarint(exceptions);
        BitPacking.pack(low, count, 0, width, scratch.words);
        sink.putInts(scratch.words, BitPacking.words(count, width));
        for (int i = 0; i < count; i++) {
            if ((values[i] - min & ~mask) != 0) {
                sink.putShort(i);
            }
        }
        for (int i = 0; i < count; i++) {
            if ((values[i] - min & ~mask) != 0) {
                sink.putVarint((values[i] - min) >>> width);
            }
        }
    }

    @Override
    public void decode(ByteSource source, int count, EncodingScratch scratch, long[] out) {
        long min = source.getSignedVarint();
        int width = PackedLongs.readWidth(source);
        int exceptions = source.getCount(count);
        source.getInts(scratch.words, BitPacking.words(count, width));
        BitPacking.unpack(scratch.words, count, width, min, out);
        PackedLongs.expectPadding(out, count, min);
        readExceptions(source, count, width, exceptions, out);
    }

    @Override
    public void decodeSome(
            ByteSource source,
            int count,
            int[] wanted,
            int wantedCount,
            EncodingScratch scratch,
            long[] out) {
        long min = source.getSignedVarint();
        int width = PackedLongs.readWidth(source);
        int exceptions = source.getCount(count);
        int words = source.skip(BitPacking.words(count, width) * Integer.BYTES);
        int lanes = BitPacking.lanes(count);
        for (int i = 0; i < wantedCount; i++) {
            out[wanted[i]] = min + BitPacking.get(source.array(), words, lanes, width, wanted[i]);
        }
        readExceptions(source, count, width, exceptions, out);
    }

    private static void readExceptions(
            ByteSource source, int count, int width, int exceptions, long[] out) {
        int indexes = source.skip(exceptions * EXCEPTION_BYTES);
        byte[] bytes = source.array();
        int last = -1;
        for (int i = 0; i < exceptions; i++) {
            int at = indexes + i * EXCEPTION_BYTES;
            int index = (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
            long high = source.getVarint();
            if (index <= last || index >= count || width == Long.SIZE) {
                throw ByteSource.malformed("an exception at value " + index);
            }
            out[index] += high << width;
            last = index;
        }
    }
}
