package io.basaltdb.storage.catalog;

import io.basaltdb.storage.part.PartSummary;

/// A part that a seal or merge puts into a table, with the rows in it that are dead already.
///
/// @param deadRows row numbers, ascending; those dead above the floor are still there, with their deaths
/// @param deaths the commit at which each of them died
public record PlacedPart(PartSummary summary, int[] deadRows, long[] deaths) {
    public PlacedPart {
        assert deadRows.length == deaths.length;
    }
}
