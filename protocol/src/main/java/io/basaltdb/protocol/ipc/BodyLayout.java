package io.basaltdb.protocol.ipc;

import java.util.List;

/// Where each buffer of a body lies: the field nodes and buffers of a record batch.
final class BodyLayout {
    private final long[] rowCounts;
    private final long[] nullCounts;
    private final long[] bufferOffsets;
    private final long[] bufferBytes;
    private long bodyBytes;

    BodyLayout(List<ColumnBuffer> columns, int rowCount) {
        rowCounts = new long[columns.size()];
        nullCounts = new long[columns.size()];
        int buffers = 0;
        for (ColumnBuffer column : columns) {
            buffers += bufferCount(column);
        }
        bufferOffsets = new long[buffers];
        bufferBytes = new long[buffers];
        int next = 0;
        for (int i = 0; i < columns.size(); i++) {
            ColumnBuffer column = columns.get(i);
            assert column.rowCount() == rowCount : "columns of different length";
            rowCounts[i] = column.rowCount();
            nullCounts[i] = column.nullCount();
            next = addBuffers(column, next);
        }
    }

    private static int bufferCount(ColumnBuffer column) {
        return column.valueBufferBytes().length + (column.hasValidityBuffer() ? 1 : 0);
    }

    private int addBuffers(ColumnBuffer column, int first) {
        int next = first;
        if (column.hasValidityBuffer()) {
            next = addBuffer(next, column.validityBytes());
        }
        for (int bytes : column.valueBufferBytes()) {
            next = addBuffer(next, bytes);
        }
        return next;
    }

    private int addBuffer(int index, int bytes) {
        bufferOffsets[index] = bodyBytes;
        bufferBytes[index] = bytes;
        bodyBytes += Arrow.padded(bytes);
        return index + 1;
    }

    long[] rowCounts() {
        return rowCounts;
    }

    long[] nullCounts() {
        return nullCounts;
    }

    long[] bufferOffsets() {
        return bufferOffsets;
    }

    long[] bufferBytes() {
        return bufferBytes;
    }

    long bodyBytes() {
        return bodyBytes;
    }
}
