package io.basaltdb.benchmarks.hits;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableDefinition;
import java.util.List;

/// The table `hits` with any number of rows.
public final class HitsDataSet {
    /// The seed of all published figures.
    public static final long DEFAULT_SEED = 1;

    private HitsDataSet() {}

    /// The data set of one table.
    public static DataSet ofRows(long rowCount, long seed) {
        if (rowCount < 1) {
            throw new IllegalArgumentException("hits needs at least one row, found " + rowCount);
        }
        return new DataSet(
                "hits-" + rowCount + "-" + seed, seed, List.of(new HitsTable(rowCount, seed)));
    }

    /// Columns, types and sort key.
    public static TableDefinition definition() {
        return new TableDefinition(
                "hits",
                HitsColumn.definitions(),
                List.of(
                        HitsColumn.COUNTER_ID.label(),
                        HitsColumn.EVENT_DATE.label(),
                        HitsColumn.USER_ID.label(),
                        HitsColumn.EVENT_TIME.label(),
                        HitsColumn.WATCH_ID.label()));
    }
}
