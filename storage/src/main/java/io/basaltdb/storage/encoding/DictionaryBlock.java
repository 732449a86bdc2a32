package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;

/// A stretch of a sorted dictionary of strings, readable alone. Each string is written as the number of bytes that it shares with the one
/// before it and the rest. Bytes: a block of numbers with the shared lengths, one with the lengths of the rests, a [ByteHeap] of the
/// rests. The number of strings, 1 … [Batch#MAX_ROWS], is known from outside.
public final class DictionaryBlock {
    private DictionaryBlock() {}

    /// Appends strings `codes[from]` … `codes[to - 1]` of the table.
    public static void write(
            BytesTable table,
            int[] codes,
            int from,
            int to,
            EncodingScratch scratch,
            ByteSink sink) {
        int count = to - from;
        long[] shared = scratch.outer;
        long[] rest = scratch.writing().numbers;
        BytesBlock suffixes = scratch.writing().strings;
        suffixes.clear();
        for (int i = 0; i < count; i++) {
            int code = codes[from + i];
            int common = i == 0 ? 0 : common(table, codes[from + i - 1], code);
            shared[i] = common;
            int length = table.length(code) - common;
            rest[i] = length;
            suffixes.add(i, table.heap(), table.start(code) + common, length);
        }
        LongEncoding.write(shared, count, scratch, sink);
        LongEncoding.write(rest, count, scratch, sink);
        ByteHeap.write(suffixes, count, scratch, sink);
    }

    private static int common(BytesTable table, int left, int right) {
        byte[] heap = table.heap();
        int a = table.start(left);
        int b = table.start(right);
        int max = Math.min(table.length(left), table.length(right));
        int common = Arrays.mismatch(heap, a, a + max, heap, b, b + max);
        return common < 0 ? max : common;
    }

    /// Fills `out` with the strings, end to end.
    ///
    /// @param maxBytes most bytes that they may have together
    public static void read(
            ByteSource source,
            int count,
            int maxBytes,
            EncodingScratch scratch,
            BytesBlock suffixes,
            BytesBlock out) {
        long[] shared = new long[Batch.MAX_ROWS];
        long[] rest = scratch.outer;
        LongEncoding.read(source, count, scratch, shared);
        LongEncoding.read(source, count, scratch, rest);
        long suffixBytes = 0;
        long bytes = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long length = shared[i] + rest[i];
            if (shared[i] < 0 || rest[i] < 0 || shared[i] > before || length > maxBytes) {
                throw ByteSource.malformed("a dictionary with a string of impossible length");
            }
            before = length;
            suffixBytes += rest[i];
            bytes += length;
        }
        if (bytes > maxBytes) {
            throw ByteSource.malformed("a dictionary block of " + bytes + " bytes");
        }
        ByteHeap.read(source, (int) suffixBytes, count, null, suffixes);
        source.expectEnd();
        out.ensureHeap((int) bytes);
        out.heapSize = (int) bytes;
        join(suffixes.heap, shared, rest, count, out);
    }

    private static void join(
            byte[] suffixes, long[] shared, long[] rest, int count, BytesBlock out) {
        int from = 0;
        int to = 0;
        for (int i = 0; i < count; i++) {
            int prefix = (int) shared[i];
            int suffix = (int) rest[i];
            if (prefix > 0) {
                System.arraycopy(out.heap, out.start[i - 1], out.heap, to, prefix);
            }
            System.arraycopy(suffixes, from, out.heap, to + prefix, suffix);
            out.start[i] = to;
            out.length[i] = prefix + suffix;
            from += suffix;
            to += prefix + suffix;
        }
    }
}
