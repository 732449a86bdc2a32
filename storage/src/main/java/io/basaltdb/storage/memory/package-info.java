/// Memory is reserved before it is allocated: a tree of budgets in bytes.
///
/// Doors: [MemoryBudget], [Reservation], [LongArrays]. Everyone who keeps arrays beyond a batch reserves them first; at the limit the
/// reservation fails with a clear error and nothing was allocated. Scratch arrays of fixed size per worker are not reserved one by one.
@NullMarked
package io.basaltdb.storage.memory;

import org.jspecify.annotations.NullMarked;
