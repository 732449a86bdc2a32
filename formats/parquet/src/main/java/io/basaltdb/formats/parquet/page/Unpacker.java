package io.basaltdb.formats.parquet.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.hardwood.internal.compression.Decompressor;
import dev.hardwood.internal.compression.GzipDecompressor;
import dev.hardwood.internal.compression.lz4.Lz4Decompressor;
import dev.hardwood.internal.compression.lz4.Lz4RawDecompressor;
import dev.hardwood.metadata.CompressionCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Unpacks pages. For one thread.
abstract sealed class Unpacker implements AutoCloseable {
    /// Pages up to that size may be packed to nothing.
    private static final int SMALL = 1 << 16;

    private final String name;

    /// A packed byte stands for so many at most.
    private final int mostPerByte;

    private Unpacker(CompressionCodec codec, int mostPerByte) {
        this.name = codec.name();
        this.mostPerByte = mostPerByte;
    }

    /// @throws UnreadPageException where pages of that compression are not unpacked here
    static Unpacker of(CompressionCodec codec) {
        return switch (codec) {
            case SNAPPY -> new Snappy();
            case ZSTD -> new ZStandard();
            case GZIP -> new Library(codec, 1032, new GzipDecompressor());
            case LZ4 -> new Library(codec, 256, new Lz4Decompressor());
            case LZ4_RAW -> new Library(codec, 256, new Lz4RawDecompressor());
            case UNCOMPRESSED, LZO, BROTLI -> throw new UnreadPageException(codec.name());
        };
    }

    /// Refuses what cannot be, before an array is made for it.
    void check(byte[] from, int at, int packedBytes, int plainBytes) {
        if (plainBytes > SMALL && plainBytes > (long) packedBytes * mostPerByte) {
            throw damaged(null);
        }
    }

    /// @param to has [PageBuffers#SLACK] bytes behind `plainBytes`
    /// @throws DamagedPageException where these are not so many bytes packed
    abstract void unpack(byte[] from, int at, int packedBytes, byte[] to, int plainBytes);

    DamagedPageException damaged(@Nullable Throwable cause) {
        String reason = "a page is not packed as " + name + " packs";
        return cause == null
                ? new DamagedPageException(reason)
                : new DamagedPageException(reason, cause);
    }

    @Override
    public void close() {}

    private static final class Snappy extends Unpacker {
        Snappy() {
            super(CompressionCodec.SNAPPY, 32);
        }

        @Override
        void unpack(byte[] from, int at, int packedBytes, byte[] to, int plainBytes) {
            SnappyReader.unpack(from, at, at + packedBytes, to, plainBytes);
        }
    }

    private static final class ZStandard extends Unpacker {
        private final ZstdDecompressCtx context = new ZstdDecompressCtx();

        ZStandard() {
            // A block of 128 KiB that repeats one byte takes four.
            super(CompressionCodec.ZSTD, 1 << 15);
        }

        @Override
        void check(byte[] from, int at, int packedBytes, int plainBytes) {
            super.check(from, at, packedBytes, plainBytes);
            long said = Zstd.getFrameContentSize(from, at, packedBytes);
            if (said > 0 && said != plainBytes) {
                throw damaged(null);
            }
        }

        @Override
        void unpack(byte[] from, int at, int packedBytes, byte[] to, int plainBytes) {
            try {
                int size = context.decompressByteArray(to, 0, plainBytes, from, at, packedBytes);
                if (size != plainBytes) {
                    throw damaged(null);
                }
            } catch (ZstdException e) {
                throw damaged(e);
            }
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /// Those of the Parquet library.
    private static final class Library extends Unpacker {
        private final Decompressor library;

        Library(CompressionCodec codec, int mostPerByte, Decompressor library) {
            super(codec, mostPerByte);
            this.library = library;
        }

        @Override
        void unpack(byte[] from, int at, int packedBytes, byte[] to, int plainBytes) {
            byte[] plain;
            try {
                plain =
                        library.decompress(
                                ByteBuffer.wrap(from, at, packedBytes).slice(), plainBytes);
            } catch (IOException | RuntimeException e) {
                throw damaged(e);
            }
            if (plain.length < plainBytes) {
                throw damaged(null);
            }
            System.arraycopy(plain, 0, to, 0, plainBytes);
        }
    }
}
