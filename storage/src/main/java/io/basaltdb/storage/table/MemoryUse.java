package io.basaltdb.storage.table;

/// What one kind of things takes of the memory.
///
/// @param name what they are: `deltas`
/// @param limitBytes what they may take
public record MemoryUse(String name, long heldBytes, long limitBytes) {}
