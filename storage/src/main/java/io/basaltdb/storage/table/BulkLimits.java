package io.basaltdb.storage.table;

/// When an appender writes parts of its own.
///
/// Few large parts need fewer merges than many small ones. So as long as all appenders together hold little, each may hold several times as much.
///
/// @param bytes a part is written each time it holds so many bytes
/// @param rows or so many rows
/// @param minBytes what it holds at its end becomes a part from so many bytes on
/// @param minRows or so many rows
/// @param freeBytes while all appenders hold no more than that, `bytes` and `rows` count [#FREE_FACTOR] times
public record BulkLimits(long bytes, long rows, long minBytes, long minRows, long freeBytes) {
    private static final int FREE_FACTOR = 4;

    /// Whether an appender that holds so much must write a part.
    ///
    /// @param allBytes what all appenders hold, this one included
    boolean isFull(long heldBytes, long heldRows, long allBytes) {
        int factor = allBytes <= freeBytes ? FREE_FACTOR : 1;
        return heldBytes >= factor * bytes || heldRows >= factor * rows;
    }
}
