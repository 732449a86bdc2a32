package io.basaltdb.storage.table;

import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Up to [Batch#MAX_ROWS] rows of a [RowStore], column by column: a granule of the delta. All arrays have at least as many lanes as rows were
/// ever seen; how many rows there are, a [DeltaView] says.
///
/// @param firstSequence sequence number of its first row
/// @param births the commit at which each row was born; empty where births are not kept
/// @param deaths the commit at which each row died, 0 where it lives; null while all do
/// @param zones zone maps by column, filled in by readers once no row can come any more
record Chunk(
        long firstSequence,
        ChunkColumn[] columns,
        long[] births,
        long @Nullable [] deaths,
        AtomicReferenceArray<ZoneMap> zones) {
    /// No column of a chunk holds more bytes of text, unless a single row does.
    static final int MAX_TEXT_BYTES = 4 << 20;

    Chunk withColumns(ChunkColumn[] grown, long[] grownBirths) {
        return new Chunk(firstSequence, grown, grownBirths, deaths, zones);
    }

    Chunk withDeaths() {
        return new Chunk(firstSequence, columns, births, new long[Batch.MAX_ROWS], zones);
    }

    /// The chunk with a copy of the deaths.
    Chunk withOwnDeaths() {
        return new Chunk(
                firstSequence,
                columns,
                births,
                deaths == null ? new long[Batch.MAX_ROWS] : deaths.clone(),
                zones);
    }

    long sizeBytes() {
        long bytes = 8L * births.length + (deaths == null ? 0 : 8L * deaths.length);
        for (ChunkColumn column : columns) {
            bytes += column.sizeBytes();
        }
        return bytes;
    }

    /// The first `rows` lanes of each column.
    List<Vector> vectors(int rows) {
        List<Vector> vectors = new ArrayList<>(columns.length);
        for (ChunkColumn column : columns) {
            vectors.add(column.vector(rows));
        }
        return vectors;
    }

    /// The row numbers of a selection whose rows live at that commit, into `target`; returns how many.
    static int live(long[] deaths, Selection among, long commit, int[] target) {
        int[] rows = among.rows();
        int count = 0;
        for (int i = 0; i < among.count(); i++) {
            target[count] = rows[i];
            long death = deaths[rows[i]];
            count += death == 0 || death > commit ? 1 : 0;
        }
        return count;
    }

    /// The row numbers, of the first `rows`, whose rows live at that commit, into `target`; returns how many.
    static int live(long[] deaths, int rows, long commit, int[] target) {
        int count = 0;
        for (int i = 0; i < rows; i++) {
            target[count] = i;
            long death = deaths[i];
            count += death == 0 || death > commit ? 1 : 0;
        }
        return count;
    }
}
