package io.basaltdb.benchmarks.files;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.ColumnType;
import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.data.Texts;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// A DuckDB table function that yields the rows of one piece of a generated table: `name(piece)`.
///
/// Dates, timestamps and money leave it as integers; [#selectList] casts them back.
final class GeneratedRows implements DuckDBTableFunction<Integer, GeneratedRows.Cursor, Object> {

    /// Where one running scan stands.
    static final class Cursor {
        private final BatchFeed feed;
        private @Nullable RowBatch batch;
        private int row;

        Cursor(BatchFeed feed) {
            this.feed = feed;
        }
    }

    private final TableSource source;
    private final List<ColumnDefinition> columns;

    GeneratedRows(TableSource source) {
        this.source = source;
        this.columns = source.definition().columns();
    }

    /// The columns of the table with their SQL types.
    static String selectList(List<ColumnDefinition> columns) {
        return columns.stream()
                .map(column -> cast(column) + " AS " + column.name())
                .collect(Collectors.joining(", "));
    }

    private static String cast(ColumnDefinition column) {
        return switch (column.type()) {
            case DATE -> "(DATE '1970-01-01' + " + column.name() + ")";
            case TIMESTAMP -> "make_timestamp(" + column.name() + ")";
            case MONEY -> "CAST(" + column.name() + " * 0.01 AS DECIMAL(15,2))";
            case SMALLINT, INTEGER, BIGINT, TEXT -> column.name();
        };
    }

    private static DuckDBColumnType transported(ColumnType type) {
        return switch (type) {
            case SMALLINT -> DuckDBColumnType.SMALLINT;
            case INTEGER, DATE -> DuckDBColumnType.INTEGER;
            case BIGINT, TIMESTAMP, MONEY -> DuckDBColumnType.BIGINT;
            case TEXT -> DuckDBColumnType.VARCHAR;
        };
    }

    @Override
    public Integer bind(DuckDBTableFunctionBindInfo bind) throws Exception {
        for (ColumnDefinition column : columns) {
            bind.addResultColumn(column.name(), transported(column.type()));
        }
        return Math.toIntExact(bind.getParameter(0).getLong());
    }

    @Override
    public Cursor init(DuckDBTableFunctionInitInfo init) {
        init.setMaxThreads(1);
        Integer piece = init.getBindData();
        return new Cursor(new BatchFeed(source, piece));
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk)
            throws Exception {
        Cursor cursor = call.getInitData();
        RowBatch batch = cursor.batch;
        if (batch == null || cursor.row == batch.size()) {
            batch = cursor.feed.next();
            cursor.batch = batch;
            cursor.row = 0;
        }
        if (batch == null) {
            return 0;
        }
        int count = (int) Math.min(chunk.capacity(), batch.size() - cursor.row);
        for (int column = 0; column < columns.size(); column++) {
            copy(batch, column, cursor.row, count, chunk.vector(column));
            if (batch.isNullable(column)) {
                copyNulls(batch, column, cursor.row, count, chunk.vector(column));
            }
        }
        cursor.row += count;
        return count;
    }

    private void copy(RowBatch batch, int column, int from, int count, DuckDBWritableVector out) {
        switch (columns.get(column).type()) {
            case SMALLINT -> copyShorts(batch.numbers(column), from, count, out);
            case INTEGER, DATE -> copyInts(batch.numbers(column), from, count, out);
            case BIGINT, TIMESTAMP, MONEY -> copyLongs(batch.numbers(column), from, count, out);
            case TEXT -> copyTexts(batch.texts(column), from, count, out);
        }
    }

    private static void copyNulls(
            RowBatch batch, int column, int from, int count, DuckDBWritableVector out) {
        for (int i = 0; i < count; i++) {
            if (batch.isNull(column, from + i)) {
                out.setNull(i);
            }
        }
    }

    private static void copyShorts(long[] values, int from, int count, DuckDBWritableVector out) {
        for (int i = 0; i < count; i++) {
            out.setShort(i, (short) values[from + i]);
        }
    }

    private static void copyInts(long[] values, int from, int count, DuckDBWritableVector out) {
        for (int i = 0; i < count; i++) {
            out.setInt(i, (int) values[from + i]);
        }
    }

    private static void copyLongs(long[] values, int from, int count, DuckDBWritableVector out) {
        for (int i = 0; i < count; i++) {
            out.setLong(i, values[from + i]);
        }
    }

    private static void copyTexts(Texts texts, int from, int count, DuckDBWritableVector out) {
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            values[i] = texts.copyOf(from + i);
        }
        out.setStringUtf8Batch(0, values);
    }
}
