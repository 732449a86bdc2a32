package io.basaltdb.formats.text;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;

/// Where the granules of a text begin.
///
/// @param starts position of the first record of each granule, and behind them the end of the text
/// @param lines one-based line on which each granule begins
/// @param recordCount records of the whole text
record RecordIndex(long[] starts, long[] lines, long recordCount) {
    private static final int PIECE_BYTES = 1 << 18;

    int granuleCount() {
        return starts.length - 1;
    }

    int rowCount(int granule) {
        return (int) Math.min(Batch.MAX_ROWS, recordCount - (long) granule * Batch.MAX_ROWS);
    }

    /// Walks the text from `from`, where line `line` begins. Empty lines are no records.
    static RecordIndex of(TextFile file, RecordEnds ends, long from, long line) {
        return new Walk(file, ends, from, line).walk();
    }

    private static final class Walk {
        private final TextFile file;
        private final RecordEnds ends;
        private final byte[] piece = new byte[PIECE_BYTES];
        private long[] starts = new long[16];
        private long[] lines = new long[16];
        private int granules;
        private long records;
        private long recordStart;
        private long line;
        private long pendingLines;
        private boolean blank = true;

        Walk(TextFile file, RecordEnds ends, long from, long line) {
            this.file = file;
            this.ends = ends;
            this.recordStart = from;
            this.line = line;
        }

        RecordIndex walk() {
            long position = recordStart;
            try (TextFile.Cursor cursor = file.open()) {
                int count = cursor.read(position, piece, 0, PIECE_BYTES);
                while (count > 0) {
                    take(position, count);
                    position += count;
                    count = cursor.read(position, piece, 0, PIECE_BYTES);
                }
            }
            if (ends.isOpen()) {
                throw new BasaltException(
                        ErrorCode.BAD_COPY_FORMAT,
                        "file "
                                + file.path()
                                + ", line "
                                + line
                                + ": a quote that begins in this record never ends");
            }
            if (!blank) {
                record(position);
            }
            add(position, line);
            return new RecordIndex(
                    Arrays.copyOf(starts, granules), Arrays.copyOf(lines, granules - 1), records);
        }

        private void take(long position, int count) {
            int from = 0;
            while (from < count) {
                int end = ends.next(piece, from, count);
                blank &= isBlank(from, end < 0 ? count : end);
                if (end < 0) {
                    pendingLines += newlines(from, count);
                    return;
                }
                if (!blank) {
                    record(position + end);
                }
                line += pendingLines + newlines(from, end);
                pendingLines = 0;
                recordStart = position + end;
                blank = true;
                from = end;
            }
        }

        private boolean isBlank(int from, int to) {
            for (int i = from; i < to; i++) {
                if (piece[i] != '\n' && piece[i] != '\r') {
                    return false;
                }
            }
            return true;
        }

        private long newlines(int from, int to) {
            return ByteScan.count(piece, from, to, RecordEnds.LINE_END);
        }

        private void record(long end) {
            assert end > recordStart;
            if (records % Batch.MAX_ROWS == 0) {
                add(recordStart, line);
            }
            records++;
        }

        private void add(long start, long startLine) {
            if (granules == starts.length) {
                starts = Arrays.copyOf(starts, 2 * granules);
                lines = Arrays.copyOf(lines, 2 * granules);
            }
            starts[granules] = start;
            lines[granules] = startLine;
            granules++;
        }
    }
}
