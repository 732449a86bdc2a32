package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.BytesTable;
import io.basaltdb.storage.encoding.DictionaryBlock;
import io.basaltdb.storage.encoding.EncodingScratch;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.segment.SegmentName.Stretch;
import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;

/// Writes a sorted dictionary in blocks that are read one by one.
final class DictionaryWriter {
    /// A block ends where its strings would pass this size; a longer string has a block of its own.
    static final int BLOCK_BYTES = 16 << 10;

    private DictionaryWriter() {}

    /// @param sorted the table's codes in the order of their strings
    static DictionaryMarks write(
            AppendWriter file,
            SegmentName name,
            BytesTable table,
            int[] sorted,
            EncodingScratch scratch) {
        int[] firstCodes = new int[16];
        int[] stringBytes = new int[16];
        long[] positions = new long[16];
        int[] checksums = new int[16];
        ByteSink sink = new ByteSink();
        positions[0] = file.position();
        int blocks = 0;
        int from = 0;
        while (from < sorted.length) {
            int to = endOfBlock(table, sorted, from);
            sink.clear();
            DictionaryBlock.write(table, sorted, from, to, scratch, sink);
            if (blocks + 1 == firstCodes.length) {
                firstCodes = Arrays.copyOf(firstCodes, blocks * 2 + 2);
                stringBytes = Arrays.copyOf(stringBytes, blocks * 2 + 2);
                positions = Arrays.copyOf(positions, blocks * 2 + 2);
                checksums = Arrays.copyOf(checksums, blocks * 2 + 2);
            }
            checksums[blocks] =
                    name.checksum(Stretch.DICTIONARY, blocks, sink.array(), 0, sink.size());
            stringBytes[blocks] = bytes(table, sorted, from, to);
            file.append(sink.array(), 0, sink.size());
            blocks++;
            firstCodes[blocks] = to;
            positions[blocks] = file.position();
            from = to;
        }
        return new DictionaryMarks(
                Arrays.copyOf(firstCodes, blocks + 1),
                Arrays.copyOf(stringBytes, blocks),
                Arrays.copyOf(positions, blocks + 1),
                Arrays.copyOf(checksums, blocks));
    }

    private static int endOfBlock(BytesTable table, int[] sorted, int from) {
        long bytes = table.length(sorted[from]);
        int to = from + 1;
        while (to < sorted.length && to - from < Batch.MAX_ROWS) {
            bytes += table.length(sorted[to]);
            if (bytes > BLOCK_BYTES) {
                break;
            }
            to++;
        }
        return to;
    }

    private static int bytes(BytesTable table, int[] sorted, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += table.length(sorted[i]);
        }
        return bytes;
    }
}
