package io.basaltdb.query.sql;

import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `INSERT [OR …] INTO target [(columns)] VALUES (cell, …), … [ON CONFLICT …]` where every cell stands for itself: nothing has to be planned
/// to have its rows. Knows no names: it holds for a text, whatever the catalog.
///
/// @param columns empty: all columns of the table, in order
/// @param rows all of one width
/// @param parameterCount how many cells are parameters; they are numbered in the order of the text
/// @param ruleSql where the statement says what becomes of rows whose key is there: the same statement with one row of NULLs, whose plan
///     has that rule whatever the rows; else null
public record ValueRows(
        ObjectName target,
        List<String> columns,
        List<List<Cell>> rows,
        int parameterCount,
        @Nullable String ruleSql) {
    public ValueRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// What a cell says.
    public sealed interface Cell {
        /// @param type the one that the same literal has in a query
        record Literal(Value value, Type type) implements Cell {}

        /// @param index from 0
        record Parameter(int index) implements Cell {}

        record Default() implements Cell {}
    }

    /// Reads the text; null where it is anything else, wrong ones included: what is wrong with them is told by the parser.
    public static @Nullable ValueRows read(String sql) {
        return ValueRowsReader.read(sql);
    }

    /// The value that an expression's text stands for, null where it is more than a literal.
    public static Cell.@Nullable Literal literal(String sql) {
        return ValueRowsReader.literal(sql);
    }

    /// Whether there is one row, of nothing but parameters: batches of rows can stand for it.
    public boolean isRowOfParameters() {
        return rows.size() == 1 && parameterCount == width();
    }

    /// Values of each row.
    public int width() {
        return rows.getFirst().size();
    }
}
