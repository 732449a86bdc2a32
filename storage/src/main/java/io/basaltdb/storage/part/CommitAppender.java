package io.basaltdb.storage.part;

/// Takes the birth commits of a part's rows, first row to last. For one thread.
public interface CommitAppender extends AutoCloseable {
    /// Copies the first `count` numbers.
    void append(long[] births, int count);

    /// Ends the segment, which must have all rows of the part by now.
    @Override
    void close();
}
