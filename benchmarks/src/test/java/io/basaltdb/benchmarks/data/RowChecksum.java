package io.basaltdb.benchmarks.data;

import java.util.List;

/// A checksum over rows in order, the same however they are cut into batches.
public final class RowChecksum implements RowBatch.Target {
    private static final long NULL_MARK = 0x6E756C6CL;

    private final List<ColumnDefinition> columns;
    private long checksum = 1;
    private long rowCount;

    public RowChecksum(List<ColumnDefinition> columns) {
        this.columns = columns;
    }

    public long value() {
        return checksum;
    }

    public long rowCount() {
        return rowCount;
    }

    @Override
    public void accept(RowBatch batch) {
        for (int row = 0; row < batch.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                if (batch.isNull(column, row)) {
                    add(NULL_MARK);
                } else if (columns.get(column).type() == ColumnType.TEXT) {
                    addText(batch.texts(column), row);
                } else {
                    add(batch.numbers(column)[row]);
                }
            }
        }
        rowCount += batch.size();
    }

    private void addText(Texts texts, int row) {
        add(texts.length()[row]);
        for (int i = 0; i < texts.length()[row]; i++) {
            add(texts.heap()[texts.start()[row] + i]);
        }
    }

    private void add(long value) {
        checksum = (checksum ^ value) * 0x100000001B3L;
        checksum ^= checksum >>> 29;
    }
}
