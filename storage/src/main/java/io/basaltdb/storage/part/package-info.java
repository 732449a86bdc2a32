/// Immutable rows on disk: one file per part with its indexes and footer, and its delete vectors.
///
/// Doors: `PartWriter`, `PartReader`, `PartCheck`. Called by `table` and by `basalt check`.
@NullMarked
package io.basaltdb.storage.part;

import org.jspecify.annotations.NullMarked;
