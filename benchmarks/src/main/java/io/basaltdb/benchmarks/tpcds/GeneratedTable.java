package io.basaltdb.benchmarks.tpcds;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.ColumnType;
import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.data.TableSource;
import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One TPC-DS table. The generator yields each row as texts; they are read back into numbers and days here.
final class GeneratedTable implements TableSource {
    /// Sales and returns of so many scale units are one piece.
    private static final double PIECES_PER_SCALE = 2;

    private final Table table;
    private final double scale;
    private final TableDefinition definition;

    GeneratedTable(Table table, double scale) {
        this.table = table;
        this.scale = scale;
        this.definition = define(table);
    }

    @Override
    public TableDefinition definition() {
        return definition;
    }

    @Override
    public int pieceCount() {
        return table.isSmall() ? 1 : Math.max(1, (int) Math.round(scale * PIECES_PER_SCALE));
    }

    @Override
    public void produce(int piece, RowBatch.Target target) {
        Session session =
                Session.getDefaultSession()
                        .withScale(scale)
                        .withTable(table)
                        .withParallelism(pieceCount())
                        .withChunkNumber(piece + 1);
        RowBatch batch = new RowBatch(definition.columns(), target);
        for (List<List<String>> rows : Results.constructResults(table, session)) {
            if (!rows.isEmpty()) {
                write(rows.getFirst(), batch);
            }
        }
        batch.finish();
    }

    private void write(List<@Nullable String> row, RowBatch batch) {
        for (int column = 0; column < definition.columns().size(); column++) {
            @Nullable String text = row.get(column);
            ColumnType type = definition.columns().get(column).type();
            if (text == null) {
                batch.putNull(column);
            } else if (type == ColumnType.TEXT) {
                batch.putText(column, text);
            } else {
                batch.put(column, number(text, type));
            }
        }
        batch.endRow();
    }

    private static long number(String text, ColumnType type) {
        return switch (type) {
            case DATE -> LocalDate.parse(text).toEpochDay();
            case MONEY -> hundredths(text);
            case SMALLINT, INTEGER, BIGINT -> Long.parseLong(text);
            case TIMESTAMP, TEXT -> throw new IllegalArgumentException("no number: " + text);
        };
    }

    /// `-0.5`, `12` and `3.25` as hundredths.
    private static long hundredths(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            return Long.parseLong(text) * 100;
        }
        String decimals = (text.substring(point + 1) + "00").substring(0, 2);
        return Long.parseLong(text.substring(0, point) + decimals);
    }

    private static TableDefinition define(Table table) {
        String sorted = sortColumn(table);
        List<ColumnDefinition> columns =
                Arrays.stream(table.getColumns()).map(column -> define(column, sorted)).toList();
        return new TableDefinition(table.getName(), columns, List.of(sorted));
    }

    /// Only of the column that sorts the table does the generator promise a value in every row.
    private static ColumnDefinition define(Column column, String sorted) {
        return new ColumnDefinition(
                column.getName(), type(column), !column.getName().equals(sorted));
    }

    /// All decimals of the suite have two places.
    private static ColumnType type(Column column) {
        return switch (column.getType().getBase()) {
            case INTEGER, IDENTIFIER -> ColumnType.INTEGER;
            case DATE -> ColumnType.DATE;
            case DECIMAL -> ColumnType.MONEY;
            case VARCHAR, CHAR -> ColumnType.TEXT;
            case TIME ->
                    throw new IllegalArgumentException("no type for column " + column.getName());
        };
    }

    /// The order or ticket number, or the table's own key, in the order of which rows are made.
    private static String sortColumn(Table table) {
        return Arrays.stream(table.getColumns())
                .map(Column::getName)
                .filter(name -> name.endsWith("_order_number") || name.endsWith("_ticket_number"))
                .findFirst()
                .orElse(table.getColumns()[0].getName());
    }
}
