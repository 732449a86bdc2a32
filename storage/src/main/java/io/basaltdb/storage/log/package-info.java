/// The one log: frames of bytes in preallocated files, and their recovery. It does not know what the bytes mean.
///
/// Doors: [WriteAheadLog], which appends and forces, and [LogRecovery], which reads what an earlier life left. Called by `catalog`'s
/// Committer, which gathers many commits before one force, and by the root package's open.
///
/// **Files** are `log/<number>.log`, ten decimal digits, ascending. Each begins with a header of 64 bytes; all numbers are little-endian:
///
/// | bytes | what |
/// |---|---|
/// | 0–7 | magic `BASALTLG` |
/// | 8–11 | format version, 3 |
/// | 12–15 | feature flags, 0; an unknown flag is refused |
/// | 16–23 | file number |
/// | 24–31 | epoch: counts the recoveries of the database, from 1 |
/// | 32–39 | the first commit number that the file may hold |
/// | 40–59 | zero |
/// | 60–63 | CRC32C of bytes 0–59 |
///
/// **Frames** follow without gap, each a multiple of 8 bytes long:
///
/// | bytes | what |
/// |---|---|
/// | 0–3 | length of the payload; 0 with a kind of 0 ends the file |
/// | 4–7 | generation: the low half of the epoch |
/// | 8–11 | kind: 1 commit, 2 mark (no payload) |
/// | 12–15 | CRC32C of bytes 0–11, of bytes 16–31 and of the payload with its padding |
/// | 16–23 | the position in this file up to which everything was known to be forced when the frame was written |
/// | 24–31 | commit number |
/// | 32– | payload, zero padding to a multiple of 8 |
///
/// **What a bad frame means.** Below a position that some later frame calls forced it is corruption, and named; above, it is the torn end
/// of a write that nobody was told of, and cut. A file that is followed by another of the same epoch was forced whole. Commit
/// numbers are dense: a hole between two files is corruption too.
///
/// **`log/closed`** says how far the log reached when the database was last closed: magic `BASALTCL`, last commit (8), number of its file
/// (8), CRC32C of these 24 bytes, zero (4). A log that ends before it is corrupt; without it, or where it is damaged, nothing is checked.
///
/// **Recovery never forces a file again**: pages that once failed to be written may be called clean. What it replayed beyond the known
/// forced position is copied into a new file, which is forced before anything is read; so a commit may stand in two files, and the
/// second is skipped.
@NullMarked
package io.basaltdb.storage.log;

import org.jspecify.annotations.NullMarked;
