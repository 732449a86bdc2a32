package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.BitEncoding;
import io.basaltdb.storage.encoding.BlockCompression;
import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.BytesEncoding;
import io.basaltdb.storage.encoding.DoubleEncoding;
import io.basaltdb.storage.encoding.EncodingScratch;
import io.basaltdb.storage.encoding.LongEncoding;
import io.basaltdb.storage.encoding.LongProfile;
import io.basaltdb.storage.vector.Validity;
import org.jspecify.annotations.Nullable;

/// The bytes of one granule, see the package: form, NULLs, values.
final class GranuleBlock {
    /// The block is as it is.
    static final int PLAIN = 0;

    /// The block is compressed: behind the form, the plain length (four bytes), then the compressed bytes.
    static final int COMPRESSED = 1;

    static final int NO_NULLS = 0;
    static final int SOME_NULLS = 1;
    static final int ALL_NULL = 2;

    /// A wide value of the granule fits 64 bits, every one.
    static final int NARROW = 0;

    static final int WIDE = 1;

    private GranuleBlock() {}

    /// Appends NULLs and values; the caller wrote the form.
    ///
    /// @param profile of numbers that are LONG, where one is not NULL
    static void writeValues(
            GranuleBuffer buffer,
            @Nullable LongProfile profile,
            EncodingScratch scratch,
            ByteSink sink) {
        if (writeNulls(buffer.validity, buffer.count, buffer.nullCount, scratch, sink)) {
            return;
        }
        int count = buffer.count;
        switch (buffer.type.physical()) {
            case LONG -> {
                if (profile == null) {
                    throw new AssertionError("numbers without a profile");
                }
                LongEncoding.write(buffer.longs, profile, scratch, sink);
            }
            case DOUBLE -> DoubleEncoding.write(buffer.doubles, count, scratch, sink);
            case BITS -> BitEncoding.write(buffer.bits, count, scratch, sink);
            case BYTES -> BytesEncoding.write(buffer.bytes, count, scratch, sink);
            case WIDE -> {
                boolean narrow = fitLongs(buffer.high, buffer.longs, count);
                sink.putByte(narrow ? NARROW : WIDE);
                LongEncoding.write(buffer.longs, count, scratch, sink);
                if (!narrow) {
                    LongEncoding.write(buffer.high, count, scratch, sink);
                }
            }
        }
    }

    /// Appends which rows are NULL; returns whether all are.
    static boolean writeNulls(
            long[] validity, int count, int nullCount, EncodingScratch scratch, ByteSink sink) {
        if (nullCount == 0) {
            sink.putByte(NO_NULLS);
        } else if (nullCount == count) {
            sink.putByte(ALL_NULL);
            return true;
        } else {
            sink.putByte(SOME_NULLS);
            BitEncoding.write(validity, count, scratch, sink);
            assert Validity.count(validity, count) == count - nullCount;
        }
        return false;
    }

    /// Appends NULLs and the codes of the strings.
    static void writeCodes(
            GranuleBuffer buffer, int[] ranks, EncodingScratch scratch, ByteSink sink) {
        int count = buffer.count;
        if (writeNulls(buffer.validity, count, buffer.nullCount, scratch, sink)) {
            return;
        }
        long[] codes = scratch.outer;
        for (int i = 0; i < count; i++) {
            codes[i] = ranks[buffer.codes[i]];
        }
        LongEncoding.write(codes, count, scratch, sink);
    }

    private static boolean fitLongs(long[] high, long[] low, int count) {
        long other = 0;
        for (int i = 0; i < count; i++) {
            other |= high[i] ^ low[i] >> 63;
        }
        return other == 0;
    }

    /// Puts the compressed form of a block in its place if that saves half: numbers in lighter encodings are read many times faster, so
    /// less does not pay.
    ///
    /// @param sink the block alone, its form first
    /// @return whether it saved half
    static boolean compress(ByteSink sink, EncodingScratch scratch, ByteSink spare) {
        int plain = sink.size() - 1;
        spare.clear();
        int packed = BlockCompression.compress(sink.array(), 1, plain, scratch, spare);
        if (packed == 0 || packed + 4 > plain / 2) {
            return false;
        }
        sink.clear();
        sink.putByte(COMPRESSED);
        sink.putInt(plain);
        sink.putBytes(spare.array(), 0, packed);
        return true;
    }
}
