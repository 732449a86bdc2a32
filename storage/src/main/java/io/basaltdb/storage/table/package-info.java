/// A table at work: delta, append, seal, merge, purge, snapshots and splits.
///
/// Doors: [Transaction], [DatabaseSnapshot], [TableSnapshot], [Split], `MergePolicy`. The query engine reads through snapshots and
/// their splits and writes through transactions; nothing else of storage's inside is visible to it.
@NullMarked
package io.basaltdb.storage.table;

import org.jspecify.annotations.NullMarked;
