package io.basaltdb.storage.catalog;

import io.basaltdb.storage.part.PartSummary;
import java.util.List;

/// What the manifest holds of one table.
///
/// @param structureCommit the commit that created or last truncated it
/// @param firstSequence sequence number of the first row of `delta`
/// @param delta the delta's rows with their births and deaths; `table` knows how
/// @param sketches a distinct-count sketch per column, by column id, over all parts that the table ever had; empty bytes: none
/// @param tokens in the order of their commits
/// @param historyFloor the commit with which its history begins; `Long.MAX_VALUE` where it keeps none
/// @param goneParts parts that went as a whole, and are kept for the history
public record TableCheckpoint(
        int tableId,
        long structureCommit,
        long firstSequence,
        byte[] delta,
        List<PartCheckpoint> parts,
        List<ColumnSketch> sketches,
        List<TokenCheckpoint> tokens,
        long historyFloor,
        List<GonePartCheckpoint> goneParts) {
    public TableCheckpoint {
        parts = List.copyOf(parts);
        sketches = List.copyOf(sketches);
        tokens = List.copyOf(tokens);
        goneParts = List.copyOf(goneParts);
    }

    /// A part at a commit.
    ///
    /// @param addedAt the commit that made it visible
    /// @param deleteVector rows dead at or below the floor, as [io.basaltdb.storage.part.DeleteVector] writes them; empty: none
    /// @param deadRows rows dead above the floor, with their deaths
    public record PartCheckpoint(
            PartSummary summary,
            long addedAt,
            byte[] deleteVector,
            int[] deadRows,
            long[] deaths) {}

    /// A part that the table has no more.
    ///
    /// @param goneAt the commit that took it
    public record GonePartCheckpoint(PartCheckpoint part, long goneAt) {}

    /// A sketch of one column's distinct values.
    public record ColumnSketch(int columnId, byte[] sketch) {}

    /// An idempotency token that is kept.
    ///
    /// @param commit the one that used it up
    public record TokenCheckpoint(UsedToken token, long commit) {}
}
