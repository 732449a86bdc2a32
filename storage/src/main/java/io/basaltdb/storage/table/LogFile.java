package io.basaltdb.storage.table;

/// One file of the log, for those who watch the database.
///
/// @param sizeBytes that it takes on the disk, or, while it is written, what is in it
/// @param lastCommit the last commit in it so far
/// @param isWritten whether commits still go into it
public record LogFile(String path, long sizeBytes, long lastCommit, boolean isWritten) {}
