package io.basaltdb.storage.encoding;

/// A way to lay the values of a granule down as bytes. Which way was taken stands as one byte before them.
public sealed interface Encoding permits LongEncoding, DoubleEncoding, BitEncoding, BytesEncoding {
    /// The byte in the file; unique among the encodings of a physical form; never given to another.
    int id();

    /// What system tables call it.
    String title();
}
