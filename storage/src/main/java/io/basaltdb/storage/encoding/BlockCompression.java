package io.basaltdb.storage.encoding;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// LZ4 on top of other forms. Blocks are decompressed by [Lz4Block], only where their checksum was verified, and only to an exact
/// length. No native library is loaded.
public final class BlockCompression {
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();

    private BlockCompression() {}

    /// Appends the compressed bytes and returns how many they are; 0, and nothing is appended, where they would not be fewer.
    public static int compress(byte[] source, int offset, int length, ByteSink sink) {
        int room = COMPRESSOR.maxCompressedLength(length);
        sink.reserve(room);
        int packed = COMPRESSOR.compress(source, offset, length, sink.array(), sink.size(), room);
        if (packed >= length) {
            return 0;
        }
        sink.advance(packed);
        return packed;
    }

    /// Decompresses into exactly `targetLength` bytes.
    public static void decompress(
            byte[] source,
            int offset,
            int length,
            byte[] target,
            int targetOffset,
            int targetLength) {
        int written;
        try {
            written =
                    Lz4Block.decompress(source, offset, length, target, targetOffset, targetLength);
        } catch (IndexOutOfBoundsException e) {
            throw ByteSource.malformed("compressed bytes cannot be decompressed");
        }
        if (written != targetLength) {
            throw ByteSource.malformed(
                    written + " bytes after decompression, expected " + targetLength);
        }
    }
}
