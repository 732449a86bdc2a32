package io.basaltdb.benchmarks.tpch;

import io.basaltdb.benchmarks.data.DataSet;
import java.math.BigDecimal;
import java.util.List;

/// The TPC-H tables at a scale factor; scale 1 is 6 million rows of `lineitem`.
public final class TpchDataSet {
    private static final double LARGE_PIECES_PER_SCALE = 6;
    private static final double SMALL_PIECES_PER_SCALE = 1;

    /// The specification fixes the seeds of all its columns.
    private static final long FIXED_SEED = 0;

    private TpchDataSet() {}

    /// All eight tables. `lineitem` and `orders` have a piece per million lines, the others one per scale unit.
    public static DataSet ofScale(double scale) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("TPC-H scale must be above 0, found " + scale);
        }
        int large = pieces(scale, LARGE_PIECES_PER_SCALE);
        int small = pieces(scale, SMALL_PIECES_PER_SCALE);
        String name = "tpch-" + BigDecimal.valueOf(scale).stripTrailingZeros().toPlainString();
        return new DataSet(
                name,
                FIXED_SEED,
                List.of(
                        TpchTables.region(),
                        TpchTables.nation(),
                        TpchTables.supplier(scale),
                        TpchTables.customer(scale, small),
                        TpchTables.part(scale, small),
                        TpchTables.partSupplier(scale, small),
                        TpchTables.orders(scale, large),
                        TpchTables.lineItem(scale, large)));
    }

    private static int pieces(double scale, double perScale) {
        return Math.max(1, (int) Math.round(scale * perScale));
    }
}
