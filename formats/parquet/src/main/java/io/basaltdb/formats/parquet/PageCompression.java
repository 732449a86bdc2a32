package io.basaltdb.formats.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// How the pages that we write are packed; by its number in the format.
enum PageCompression {
    UNCOMPRESSED(0),
    SNAPPY(1),
    GZIP(2);

    private final int number;

    PageCompression(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    void pack(ByteBuilder page, SnappyBlock snappy, ByteBuilder target) {
        switch (this) {
            case UNCOMPRESSED -> target.put(page);
            case SNAPPY -> snappy.pack(page.array(), page.size(), target);
            case GZIP -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                    gzip.write(page.array(), 0, page.size());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                target.put(packed.toByteArray(), 0, packed.size());
            }
        }
    }
}
