package io.basaltdb.storage.catalog;

/// When a commit was made.
public record CommitTime(long commit, long wallMicros) {}
