package io.basaltdb.formats.parquet;

import org.jspecify.annotations.Nullable;

/// The values of a batch in the physical type of their leaf, whoever read them. What is given is lent until the next batch. A lane that is NULL may hold anything; its bytes
/// lie inside of the heap, its code in the dictionary.
interface LeafValues {
    /// Bit i of word i / 64 is set where lane i is not NULL; null where none is.
    long @Nullable [] validity();

    /// Of BOOLEAN: bit i of word i / 64.
    long[] bits();

    /// Of INT32.
    int[] ints();

    /// Of INT64.
    long[] longs();

    /// Of FLOAT and DOUBLE.
    double[] doubles();

    /// Of all others.
    Bytes bytes();

    /// Of all others, where the file has a dictionary for all lanes; null where it has none.
    @Nullable Codes codes();

    /// A run of bytes per lane.
    ///
    /// @param from the runs lie between here and `to`, with at most lengths of runs between them; as large as `to` where that is not known
    record Bytes(byte[] heap, int[] starts, int[] lengths, int from, int to) {}

    /// A number of an entry per lane.
    ///
    /// @param entries the same object as long as the dictionary is the same one; an entry may be there several times
    record Codes(int[] codes, Bytes entries, int entryCount) {}
}
