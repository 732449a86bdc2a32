package io.basaltdb.formats.text;

import java.util.Arrays;

/// The fields of one granule: for record r and column c the run of bytes that holds its text. Filled record by record, used by one thread.
final class FieldTable {
    private final int columnCount;
    private byte[] bytes = new byte[0];
    private int[] start;
    private int[] length;
    private int recordCount;
    private long[] line;
    private boolean isLookedAt;
    private boolean isAscii;

    FieldTable(int columnCount, int recordCapacity) {
        this.columnCount = columnCount;
        this.start = new int[columnCount * recordCapacity];
        this.length = new int[columnCount * recordCapacity];
        this.line = new long[recordCapacity];
    }

    /// Begins a new granule whose text is that.
    void reset(byte[] text) {
        bytes = text;
        recordCount = 0;
        isLookedAt = false;
    }

    /// Begins a record, all of whose fields are absent.
    void addRecord(long lineNumber) {
        line[recordCount] = lineNumber;
        int from = columnCount * recordCount;
        Arrays.fill(length, from, from + columnCount, ABSENT);
        recordCount++;
    }

    static final int ABSENT = -1;

    /// A length of −1 means NULL.
    void set(int column, int fieldStart, int fieldLength) {
        int at = columnCount * (recordCount - 1) + column;
        start[at] = fieldStart;
        length[at] = fieldLength;
    }

    /// Whether all that stands in the array is ASCII; once all records are there.
    boolean isAscii() {
        if (!isLookedAt) {
            isAscii = ByteScan.isAscii(bytes, 0, bytes.length);
            isLookedAt = true;
        }
        return isAscii;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int record, int column) {
        return start[columnCount * record + column];
    }

    /// −1 where the field is NULL.
    int length(int record, int column) {
        return length[columnCount * record + column];
    }

    int recordCount() {
        return recordCount;
    }

    long line(int record) {
        return line[record];
    }
}
