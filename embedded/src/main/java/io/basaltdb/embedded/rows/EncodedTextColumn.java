package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.LongBuffer;
import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// A text column that travels as indices into a dictionary.
///
/// The dictionary of the wire holds only values that rows have named, in the order of their first
/// use, whatever dictionaries the engine's batches carry: for each of those a table maps code to
/// index. What became new since the last record batch goes out as a delta before the next one. When
/// the dictionary has grown too large for the client to keep, it begins again.
final class EncodedTextColumn extends ColumnEncoder {
    private static final int MOST_ENTRIES = 1 << 16;
    private static final long MOST_BYTES = 4L << 20;
    private static final int UNKNOWN = -1;

    private final long id;
    private final int stream;
    private final LongBuffer indices;
    private final TextBuffer fresh = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
    private final IdentityHashMap<Dictionary, int[]> tables = new IdentityHashMap<>();
    private int entryCount;
    private long sentBytes;
    private boolean isFirst = true;

    EncodedTextColumn(long id, int stream) {
        super(WireType.INT32);
        this.id = id;
        this.stream = stream;
        this.indices = (LongBuffer) buffer();
    }

    @Override
    long bodyBytes() {
        return indices.bodyBytes() + fresh.bodyBytes();
    }

    @Override
    void clear() {
        super.clear();
        if (entryCount > MOST_ENTRIES || sentBytes > MOST_BYTES) {
            tables.clear();
            entryCount = 0;
            sentBytes = 0;
            isFirst = true;
        }
    }

    @Override
    boolean writeDictionary(FrameBuffer out) {
        if (fresh.rowCount() == 0 && !isFirst) {
            return false;
        }
        out.begin(FrameType.DATA, 0, stream);
        IpcWriter.writeDictionaryBatch(out, id, !isFirst, fresh);
        out.end();
        sentBytes += fresh.bodyBytes();
        fresh.clear();
        isFirst = false;
        return true;
    }

    @Override
    void appendCodes(DictionaryVector vector, int @Nullable [] selection, int from, int to) {
        Dictionary dictionary = vector.dictionary();
        int[] table = tables.computeIfAbsent(dictionary, EncodedTextColumn::emptyTable);
        BytesVector values = (BytesVector) dictionary.values();
        int[] codes = vector.codes();
        for (int i = from; i < to; i++) {
            int row = selection == null ? i : selection[i];
            int code = codes[row];
            if (table[code] == UNKNOWN && !vector.isNull(row)) {
                table[code] = add(values.heap(), values.start()[code], values.length()[code]);
            }
        }
        indices.appendMapped(codes, table, vector.validity(), selection, from, to);
    }

    private static int[] emptyTable(Dictionary dictionary) {
        int[] table = new int[dictionary.size()];
        Arrays.fill(table, UNKNOWN);
        return table;
    }

    /// Rows that came without a dictionary: every one is an entry of its own, runs of equal ones share.
    @Override
    void appendBytes(BytesVector vector, int @Nullable [] selection, int from, int to) {
        byte[] heap = vector.heap();
        int previous = UNKNOWN;
        int index = UNKNOWN;
        for (int i = from; i < to; i++) {
            int row = selection == null ? i : selection[i];
            if (vector.isNull(row)) {
                indices.appendNull();
                continue;
            }
            if (previous == UNKNOWN || !isSame(vector, previous, row)) {
                index = add(heap, vector.start()[row], vector.length()[row]);
                previous = row;
            }
            indices.append(index);
        }
    }

    private static boolean isSame(BytesVector vector, int left, int right) {
        int[] start = vector.start();
        int[] length = vector.length();
        return Arrays.equals(
                vector.heap(),
                start[left],
                start[left] + length[left],
                vector.heap(),
                start[right],
                start[right] + length[right]);
    }

    @Override
    void appendConstant(ConstantVector vector, int count) {
        if (vector.value().isNull()) {
            for (int i = 0; i < count; i++) {
                indices.appendNull();
            }
            return;
        }
        super.appendConstant(
                new ConstantVector(vector.type(), 1, vector.value()), Math.min(count, 1));
        for (int i = 1; i < count; i++) {
            indices.append(entryCount - 1);
        }
    }

    @Override
    void appendText(byte[] bytes) {
        indices.append(add(bytes, 0, bytes.length));
    }

    private int add(byte[] heap, int start, int length) {
        fresh.append(heap, start, length);
        return entryCount++;
    }
}
