package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;

/// Where the blocks of a segment's dictionary stand. Immutable.
///
/// As bytes: number of blocks as a varint, then per block the number of its strings, the bytes of its
/// strings and its length in the file as varints, and its checksum (four bytes).
///
/// @param firstCodes code of the first string of each block, and the number of all strings at the end
/// @param stringBytes bytes of each block's strings
/// @param positions where each block begins in the file, and where the last one ends
record DictionaryMarks(int[] firstCodes, int[] stringBytes, long[] positions, int[] checksums) {
    int blockCount() {
        return checksums.length;
    }

    int size() {
        return firstCodes[checksums.length];
    }

    int length(int block) {
        return (int) (positions[block + 1] - positions[block]);
    }

    int count(int block) {
        return firstCodes[block + 1] - firstCodes[block];
    }

    long totalBytes() {
        long sum = 0;
        for (int bytes : stringBytes) {
            sum += bytes;
        }
        return sum;
    }

    long endPosition() {
        return positions[checksums.length];
    }

    /// The block that holds the code.
    int blockOf(int code) {
        int at = Arrays.binarySearch(firstCodes, 0, checksums.length, code);
        return at >= 0 ? at : -at - 2;
    }

    void write(ByteSink sink) {
        sink.putVarint(checksums.length);
        for (int b = 0; b < checksums.length; b++) {
            sink.putVarint(count(b));
            sink.putVarint(stringBytes[b]);
            sink.putVarint(length(b));
            sink.putInt(checksums[b]);
        }
    }

    static DictionaryMarks read(ByteSource source, long start) {
        int blocks = source.getCount(Math.min(CodedGranules.MAX_ENTRIES, source.remaining()));
        int[] firstCodes = new int[blocks + 1];
        int[] stringBytes = new int[blocks];
        long[] positions = new long[blocks + 1];
        int[] checksums = new int[blocks];
        positions[0] = start;
        long total = 0;
        for (int b = 0; b < blocks; b++) {
            int count = source.getCount(Batch.MAX_ROWS);
            firstCodes[b + 1] = firstCodes[b] + count;
            stringBytes[b] = source.getCount(CodedGranules.MAX_DICTIONARY_BYTES);
            positions[b + 1] = positions[b] + source.getCount(Integer.MAX_VALUE);
            checksums[b] = source.getInt();
            total += stringBytes[b];
            if (count == 0) {
                throw ByteSource.malformed("an empty dictionary block");
            }
        }
        boolean tooLarge =
                firstCodes[blocks] > CodedGranules.MAX_ENTRIES
                        || total > 2L * CodedGranules.MAX_DICTIONARY_BYTES;
        if (blocks == 0 || firstCodes[blocks] < 0 || tooLarge) {
            throw ByteSource.malformed("a dictionary of impossible size");
        }
        return new DictionaryMarks(firstCodes, stringBytes, positions, checksums);
    }
}
