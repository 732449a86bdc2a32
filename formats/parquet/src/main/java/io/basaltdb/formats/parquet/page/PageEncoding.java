package io.basaltdb.formats.parquet.page;

/// How the values of a page are written, by [the format's](https://parquet.apache.org/docs/file-format/data-pages/encodings/) numbers.
enum PageEncoding {
    PLAIN,
    DICTIONARY,
    RLE,
    DELTA_BINARY_PACKED,
    DELTA_LENGTH_BYTE_ARRAY,
    DELTA_BYTE_ARRAY,
    BYTE_STREAM_SPLIT,
    /// One that is not read here.
    OTHER;

    static PageEncoding of(int number) {
        return switch (number) {
            case 0 -> PLAIN;
            // The former is what the latter was called in files of version 1.
            case 2, 8 -> DICTIONARY;
            case 3 -> RLE;
            case 5 -> DELTA_BINARY_PACKED;
            case 6 -> DELTA_LENGTH_BYTE_ARRAY;
            case 7 -> DELTA_BYTE_ARRAY;
            case 9 -> BYTE_STREAM_SPLIT;
            default -> OTHER;
        };
    }
}
