package io.basaltdb.formats.parquet;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.CompressionCodec;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How the Parquet library is used: without native code of its own, and silent.
final class ParquetLibrary {
    private static final String NATIVE_GZIP = "hardwood.uselibdeflate";

    /// Held, since a logger that nobody holds forgets its level.
    private static final Logger LOGGER = Logger.getLogger("dev.hardwood");

    static {
        if (LOGGER.getLevel() == null) {
            LOGGER.setLevel(Level.WARNING);
        }
        if (System.getProperty(NATIVE_GZIP) == null) {
            System.setProperty(NATIVE_GZIP, "false");
        }
    }

    private ParquetLibrary() {}

    /// Threads that decode for one reader; lanes of a query have a reader each.
    static HardwoodContext threads() {
        return HardwoodContext.create(1);
    }

    /// Why pages of that compression cannot be read; null where they can.
    static @Nullable String refusal(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, GZIP, LZ4, LZ4_RAW -> null;
            case SNAPPY ->
                    absent(codec, "org.xerial.snappy.Snappy", "org.xerial.snappy:snappy-java");
            case ZSTD -> absent(codec, "com.github.luben.zstd.Zstd", "com.github.luben:zstd-jni");
            case BROTLI, LZO ->
                    codec
                            + " compression is not supported; SNAPPY, ZSTD, GZIP, LZ4_RAW and none are";
        };
    }

    /// As [#refusal], of pages of flat columns, for which we unpack SNAPPY ourselves.
    static @Nullable String refusalOfFlat(CompressionCodec codec) {
        return codec == CompressionCodec.SNAPPY ? null : refusal(codec);
    }

    private static @Nullable String absent(CompressionCodec codec, String type, String library) {
        try {
            Class.forName(type, false, HardwoodContext.class.getClassLoader());
            return null;
        } catch (ClassNotFoundException e) {
            return codec
                    + " compression needs the library "
                    + library
                    + " on the class path; GZIP, LZ4_RAW and none need no library";
        }
    }
}
