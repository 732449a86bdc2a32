package io.basaltdb.query.execution;

/// How far a query is: rows and encoded bytes read so far, and the rows that there are to read (0 where unknown).
public record QueryProgress(long rowsRead, long bytesRead, long rowsTotal) {}
