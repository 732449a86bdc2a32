package io.basaltdb.benchmarks.data;

import java.util.List;

/// The tables of a suite at one size. `name` is unique among all sizes and seeds and safe as a file name.
public record DataSet(String name, long seed, List<TableSource> tables) {

    public DataSet {
        tables = List.copyOf(tables);
    }

    /// The table of that name.
    public TableSource table(String tableName) {
        for (TableSource table : tables) {
            if (table.definition().name().equals(tableName)) {
                return table;
            }
        }
        throw new IllegalArgumentException("data set " + name + " has no table " + tableName);
    }
}
