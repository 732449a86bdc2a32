package io.basaltdb.storage.table;

/// When an appender writes parts of its own.
///
/// @param bytes a part is written each time it holds so many bytes
/// @param rows or so many rows
/// @param minBytes what it holds at its end becomes a part from so many bytes on
/// @param minRows or so many rows
public record BulkLimits(long bytes, long rows, long minBytes, long minRows) {}
