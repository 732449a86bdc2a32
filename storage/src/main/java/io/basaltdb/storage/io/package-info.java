/// The seam to files and clocks.
///
/// Doors: [Disk], [AppendWriter], [RandomReader], [Clock]; for production [LocalDisk], [MemoryDisk], [SystemClock]. Only this package (and the test kit's simulated disk) may touch files,
/// channels, mappings and wall time; everything else gets a [Disk] and a [Clock] by constructor, so that a seeded simulator can lose
/// unsynced writes, tear them, fill up, fail at the n-th call and flip bits.
///
/// Paths are relative to the database directory, with `/` between names, never absolute, never `..`. What is written is
/// durable only once the file was forced, and a creation or deletion only once its directory was forced.
@NullMarked
package io.basaltdb.storage.io;

import org.jspecify.annotations.NullMarked;
