/// One column of one part: granules, marks, zone maps, checksums.
///
/// Doors: `SegmentWriter`, `SegmentReader`, [ZoneMap]. Called by `part` only; zone maps are seen by everyone who prunes.
@NullMarked
package io.basaltdb.storage.segment;

import org.jspecify.annotations.NullMarked;
