package io.basaltdb.query.relation;

import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;

/// A stored table with one more column at its end, the **row address**: what a statement needs to say which rows it deletes. An address is
/// the number of the split (upper 24 bits) and of the row in it (lower 40 bits), good for this relation alone.
public final class AddressedTable implements Relation {
    /// The column's name, with a blank that no column of a user has.
    public static final String ADDRESS_NAME = "row\u00a0address";

    private static final Field ADDRESS = new Field(ADDRESS_NAME, Type.BIGINT, false);
    private static final int ROW_BITS = 40;

    private final StoredTable table;
    private final List<Split> splits;

    public AddressedTable(StoredTable table) {
        this.table = table;
        List<Split> addressed = new ArrayList<>();
        for (Split split : table.splits()) {
            addressed.add(
                    new AddressedSplit(
                            split, table.schema().size(), (long) addressed.size() << ROW_BITS));
        }
        this.splits = List.copyOf(addressed);
    }

    /// The columns of a table's rows with the address behind them.
    public static Schema schema(Schema rows) {
        List<Field> fields = new ArrayList<>(rows.fields());
        fields.add(ADDRESS);
        return new Schema(fields);
    }

    /// What is known of a table's rows with the address behind it.
    public static TableStatistics statistics(TableStatistics rows) {
        List<ColumnStatistics> columns = new ArrayList<>(rows.columns());
        columns.add(new ColumnStatistics(0, null, null, rows.rowCount(), Long.BYTES));
        return new TableStatistics(rows.rowCount(), columns);
    }

    public static int splitOf(long address) {
        return (int) (address >>> ROW_BITS);
    }

    public static int rowOf(long address) {
        return (int) address;
    }

    @Override
    public Schema schema() {
        return schema(table.schema());
    }

    @Override
    public TableStatistics statistics() {
        return statistics(table.statistics());
    }

    @Override
    public List<Split> splits() {
        return splits;
    }
}
