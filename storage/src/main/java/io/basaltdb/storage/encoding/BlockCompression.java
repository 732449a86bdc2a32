package io.basaltdb.storage.encoding;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/// LZ4 on top of other forms. Only the safe decompressor is used, only on bytes whose checksum was verified, and only to an exact
/// length.
///
/// The native library is loaded only where the property `basalt.native` says so, as the launcher does: four times as fast to
/// decompress, but an embedding program should not get a native library unasked.
public final class BlockCompression {
    private static final LZ4Factory FACTORY =
            Boolean.getBoolean("basalt.native")
                    ? LZ4Factory.fastestInstance()
                    : LZ4Factory.safeInstance();
    private static final LZ4Compressor COMPRESSOR = FACTORY.fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR = FACTORY.safeDecompressor();

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
                    DECOMPRESSOR.decompress(
                            source, offset, length, target, targetOffset, targetLength);
        } catch (LZ4Exception e) {
            throw ByteSource.malformed("compressed bytes cannot be decompressed");
        }
        if (written != targetLength) {
            throw ByteSource.malformed(
                    written + " bytes after decompression, expected " + targetLength);
        }
    }
}
