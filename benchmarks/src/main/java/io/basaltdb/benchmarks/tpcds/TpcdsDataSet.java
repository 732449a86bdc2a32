package io.basaltdb.benchmarks.tpcds;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.trino.tpcds.Table;
import java.math.BigDecimal;
import java.util.List;

/// The TPC-DS tables at a scale factor; scale 1 is 2.9 million rows of `store_sales`.
public final class TpcdsDataSet {
    /// The specification fixes the seeds of all its columns.
    private static final long FIXED_SEED = 0;

    private TpcdsDataSet() {}

    /// All tables that the queries read: those of the specification without the generator's own `dbgen_version`.
    public static DataSet ofScale(double scale) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("TPC-DS scale must be above 0, found " + scale);
        }
        List<TableSource> tables =
                Table.getBaseTables().stream()
                        .filter(table -> table != Table.DBGEN_VERSION)
                        .<TableSource>map(table -> new GeneratedTable(table, scale))
                        .toList();
        String name = "tpcds-" + BigDecimal.valueOf(scale).stripTrailingZeros().toPlainString();
        return new DataSet(name, FIXED_SEED, tables);
    }
}
