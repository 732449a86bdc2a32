package io.basaltdb.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Up to [#CAPACITY] rows, column by column: `long[]` for everything numeric or temporal, [Texts] for text.
///
/// The producer fills a row with [#put], [#putText] and, in nullable columns, [#putNull], and closes it with [#endRow]; a full batch goes to the target
/// by itself, the rest with [#finish].
public final class RowBatch {
    /// Rows per batch. The rows of a table do not depend on it.
    public static final int CAPACITY = 4096;

    /// Receives batches; a batch is valid until `accept` returns.
    @FunctionalInterface
    public interface Target {
        void accept(RowBatch batch);
    }

    private static final byte[] NO_BYTES = {};

    private final long[][] numbers;
    private final Texts[] texts;
    private final boolean[][] nulls;
    private final Target target;
    private int size;

    public RowBatch(List<ColumnDefinition> columns, Target target) {
        this.target = target;
        numbers = new long[columns.size()][];
        texts = new Texts[columns.size()];
        nulls = new boolean[columns.size()][];
        for (int column = 0; column < texts.length; column++) {
            boolean text = columns.get(column).type() == ColumnType.TEXT;
            numbers[column] = text ? new long[0] : new long[CAPACITY];
            texts[column] = new Texts(text ? CAPACITY : 0);
            nulls[column] = new boolean[columns.get(column).nullable() ? CAPACITY : 0];
        }
    }

    /// How many rows are complete.
    public int size() {
        return size;
    }

    /// The values of a column that is not text.
    public long[] numbers(int column) {
        return numbers[column];
    }

    /// The values of a text column.
    public Texts texts(int column) {
        return texts[column];
    }

    /// Whether a row has no value in a column; what the column holds for it then means nothing.
    public boolean isNull(int column, int row) {
        return nulls[column].length > 0 && nulls[column][row];
    }

    /// Whether a column may hold rows without a value.
    public boolean isNullable(int column) {
        return nulls[column].length > 0;
    }

    public void putNull(int column) {
        nulls[column][size] = true;
        if (numbers[column].length == 0) {
            texts[column].put(size, NO_BYTES, 0, 0);
        }
    }

    public void put(int column, long value) {
        numbers[column][size] = value;
    }

    public void putText(int column, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        texts[column].put(size, bytes, 0, bytes.length);
    }

    public void putText(int column, byte[] source, int from, int count) {
        texts[column].put(size, source, from, count);
    }

    public void endRow() {
        size++;
        if (size == CAPACITY) {
            finish();
        }
    }

    /// Hands over the rows that are left.
    public void finish() {
        if (size > 0) {
            target.accept(this);
        }
        size = 0;
        for (Texts column : texts) {
            column.clear();
        }
        for (boolean[] column : nulls) {
            Arrays.fill(column, false);
        }
    }
}
