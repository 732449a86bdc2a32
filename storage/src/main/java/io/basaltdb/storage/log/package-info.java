/// The one log: frames of bytes, group commit, recovery of frames. It does not know what the bytes mean.
///
/// Doors: `WriteAheadLog`, `GroupCommit`. Called by `catalog`'s Committer.
@NullMarked
package io.basaltdb.storage.log;

import org.jspecify.annotations.NullMarked;
