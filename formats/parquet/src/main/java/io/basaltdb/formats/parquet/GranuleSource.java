package io.basaltdb.formats.parquet;

import io.basaltdb.storage.vector.Vector;

/// The values of one column of a row group, a granule at a time, forward only.
interface GranuleSource extends AutoCloseable {
    /// The values of that granule, in the type of the file, lent until the next one is read.
    ///
    /// @param granule none that was read or passed before
    Vector read(int granule);

    /// Bytes of the file read so far.
    long bytesRead();

    @Override
    void close();
}
