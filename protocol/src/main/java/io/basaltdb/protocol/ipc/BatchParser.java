package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.frame.LittleEndian;
import io.basaltdb.protocol.frame.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes one record batch apart and checks it whole: as many nodes and buffers as the fields want,
/// every buffer inside the body and long enough, text offsets ascending, indices inside their
/// dictionary.
final class BatchParser {
    private final IpcMessage message;
    private final FlatTable batch;
    private final int bufferCount;
    private final int rowCount;
    private int nextBuffer;
    private int bufferStart;
    private long bufferBytes;

    BatchParser(IpcMessage message, FlatTable batch, int fieldCount) {
        this.message = message;
        this.batch = batch;
        long rows = batch.longAt(Arrow.BATCH_LENGTH, 0);
        if (rows < 0 || rows > Limits.BATCH_ROWS) {
            throw broken("announces " + rows + " rows, at most " + Limits.BATCH_ROWS + " fit");
        }
        if (batch.has(Arrow.BATCH_COMPRESSION)) {
            throw broken("is compressed, which was not agreed");
        }
        int nodes = batch.vectorLength(Arrow.BATCH_NODES, Arrow.PAIR_BYTES, Limits.COLUMNS);
        if (nodes != fieldCount) {
            throw broken("has " + nodes + " columns, its schema " + fieldCount);
        }
        rowCount = (int) rows;
        bufferCount = batch.vectorLength(Arrow.BATCH_BUFFERS, Arrow.PAIR_BYTES, Limits.COLUMNS * 3);
    }

    int rowCount() {
        return rowCount;
    }

    List<WireColumn> columns(List<WireField> fields, Map<Long, WireDictionary> dictionaries) {
        List<WireColumn> columns = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            columns.add(column(i, fields.get(i), dictionaries));
        }
        if (nextBuffer != bufferCount) {
            throw broken("has " + bufferCount + " buffers, its schema wants " + nextBuffer);
        }
        return columns;
    }

    private WireColumn column(int index, WireField field, Map<Long, WireDictionary> dictionaries) {
        long rows = batch.vectorLong(Arrow.BATCH_NODES, index, Arrow.PAIR_BYTES, 0);
        long nulls = batch.vectorLong(Arrow.BATCH_NODES, index, Arrow.PAIR_BYTES, 8);
        if (rows != rowCount || nulls < 0 || nulls > rows) {
            throw broken("has a column of " + rows + " rows and " + nulls + " nulls");
        }
        WireType stored = field.storedType();
        if (stored.kind() == WireType.Kind.NULL) {
            return view(field, WireColumn.ALL_VALID, 0, 0, null);
        }
        int validity = validity(nulls);
        if (stored.kind() == WireType.Kind.UTF8 || stored.kind() == WireType.Kind.BINARY) {
            int values = textOffsets();
            int heap = textHeap(values);
            return view(field, validity, values, heap, null);
        }
        nextBuffer(valueBytes(stored));
        int values = bufferStart;
        WireDictionary dictionary = null;
        if (field.isEncoded()) {
            dictionary = dictionary(field, dictionaries);
            checkIndices(values, validity, dictionary.size());
        }
        return view(field, validity, values, 0, dictionary);
    }

    private WireColumn view(
            WireField field,
            int validity,
            int values,
            int heap,
            @Nullable WireDictionary dictionary) {
        return new WireColumn(field, rowCount, message.bytes(), validity, values, heap, dictionary);
    }

    private int validity(long nulls) {
        nextBuffer(0);
        if (nulls == 0) {
            return WireColumn.ALL_VALID;
        }
        if (bufferBytes < (rowCount + 7) >> 3) {
            throw tooShort((rowCount + 7) >> 3);
        }
        return bufferStart;
    }

    private long valueBytes(WireType type) {
        return type.kind() == WireType.Kind.BOOLEAN
                ? (rowCount + 7L) >> 3
                : (long) rowCount * type.kind().valueBytes();
    }

    private int textOffsets() {
        nextBuffer(rowCount == 0 ? 0 : 4L * (rowCount + 1));
        return bufferStart;
    }

    private int textHeap(int offsets) {
        nextBuffer(0);
        if (rowCount == 0) {
            return bufferStart;
        }
        byte[] bytes = message.bytes();
        int last = LittleEndian.intAt(bytes, offsets);
        int bad = last;
        for (int row = 1; row <= rowCount; row++) {
            int offset = LittleEndian.intAt(bytes, offsets + row * 4);
            bad |= offset - last | offset;
            last = offset;
        }
        if (bad < 0 || last > bufferBytes) {
            throw broken("has text offsets that do not ascend inside their bytes");
        }
        return bufferStart;
    }

    private WireDictionary dictionary(WireField field, Map<Long, WireDictionary> dictionaries) {
        WireDictionary dictionary = dictionaries.get(field.dictionary());
        if (dictionary == null) {
            throw broken("needs dictionary " + field.dictionary() + ", which was not sent");
        }
        return dictionary;
    }

    private void checkIndices(int values, int validity, int size) {
        byte[] bytes = message.bytes();
        for (int row = 0; row < rowCount; row++) {
            int index = LittleEndian.intAt(bytes, values + row * 4);
            boolean isValid =
                    validity == WireColumn.ALL_VALID
                            || (bytes[validity + (row >> 3)] >> (row & 7) & 1) != 0;
            if (isValid && (index < 0 || index >= size)) {
                throw broken("has index " + index + " into a dictionary of " + size + " entries");
            }
        }
    }

    /// Moves to the next buffer and checks that it lies in the body and has `minBytes`.
    private void nextBuffer(long minBytes) {
        if (nextBuffer == bufferCount) {
            throw broken("has only " + bufferCount + " buffers");
        }
        long offset = batch.vectorLong(Arrow.BATCH_BUFFERS, nextBuffer, Arrow.PAIR_BYTES, 0);
        bufferBytes = batch.vectorLong(Arrow.BATCH_BUFFERS, nextBuffer, Arrow.PAIR_BYTES, 8);
        nextBuffer++;
        if (offset < 0 || bufferBytes < 0 || offset > message.bodyBytes() - bufferBytes) {
            throw broken("has a buffer outside of its body");
        }
        if (bufferBytes < minBytes) {
            throw tooShort(minBytes);
        }
        bufferStart = message.bodyStart() + (int) offset;
    }

    private ProtocolException tooShort(long minBytes) {
        return broken(
                "has a buffer of " + bufferBytes + " bytes where " + minBytes + " are needed");
    }

    private static ProtocolException broken(String found) {
        return new ProtocolException("an Arrow record batch " + found);
    }
}
