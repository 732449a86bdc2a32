package io.basaltdb.storage.table;

/// Bytes of part files that were written for a table, since the manifest that its database was opened with.
///
/// @param first by seals and loads: each row once
/// @param merged by merges: rows again
public record WrittenBytes(long first, long merged) {
    public static final WrittenBytes NOTHING = new WrittenBytes(0, 0);

    WrittenBytes plus(WrittenBytes more) {
        return new WrittenBytes(first + more.first, merged + more.merged);
    }

    /// How many bytes were written for each byte of rows; 1 where nothing was merged.
    public double amplification() {
        return first == 0 ? 1 : (double) (first + merged) / first;
    }
}
