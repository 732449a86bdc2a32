package io.basaltdb.storage.encoding;

/// LZ4 on top of other forms, in Java alone. Blocks are compressed by an [Lz4Writer] and decompressed by [Lz4Block], only where their checksum was verified,
/// and only to an exact length.
public final class BlockCompression {
    private BlockCompression() {}

    /// Appends the compressed bytes and returns how many they are; 0, and nothing is appended, where they would not be fewer.
    public static int compress(
            byte[] source, int offset, int length, EncodingScratch scratch, ByteSink sink) {
        Lz4Writer writer = scratch.writing().lz4;
        writer.begin(source);
        return compress(writer, offset, length, sink);
    }

    /// The same for blocks that follow each other in the writer's array.
    static int compress(Lz4Writer writer, int offset, int length, ByteSink sink) {
        sink.reserve(Lz4Writer.room(length));
        int packed = writer.write(offset, length, sink.array(), sink.size()) - sink.size();
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
