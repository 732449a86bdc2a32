package io.basaltdb.storage.table;

import java.util.UUID;

/// What one writer of a staged ingest has written: named in the commit, or left out of it.
///
/// @param task as its writer was called
public record StagedTask(UUID ingest, int tableId, String task, long rowCount, int partCount) {}
