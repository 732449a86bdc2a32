package io.basaltdb.benchmarks.upsert;

import io.basaltdb.benchmarks.suite.CallResult;
import io.basaltdb.benchmarks.suite.Calls;
import java.sql.SQLException;

/// Replaces rows in batches from one session for so many seconds.
public final class UpsertRun {
    private final KeyedTable table;
    private final KeyDraw draw;
    private final String shape;
    private final BatchUpsert.Change change;
    private final int[] keys;
    private long version;

    /// @param firstVersion of the rows that come; greater than any that is there
    public UpsertRun(
            KeyedTable table,
            KeyDraw.Spread spread,
            boolean replaces,
            int batchRows,
            long seed,
            long firstVersion) {
        this.table = table;
        this.draw = new KeyDraw(seed, spread, table.rowCount());
        this.change = replaces ? BatchUpsert.Change.REPLACE : BatchUpsert.Change.ADD;
        this.shape =
                (spread == KeyDraw.Spread.UNIFORM ? "uniform" : "skewed")
                        + (replaces ? "" : ", computed");
        this.keys = new int[batchRows];
        this.version = firstVersion;
    }

    /// Runs; fails where the table does not hold exactly what was acknowledged.
    public CallResult run(double seconds) throws SQLException {
        CallResult result;
        try (BatchUpsert upsert = BatchUpsert.of(table, change)) {
            Calls calls = new Calls();
            long deadline = System.nanoTime() + (long) (seconds * 1e9);
            long now = System.nanoTime();
            while (now < deadline) {
                draw.next(keys);
                long begun = System.nanoTime();
                upsert.upsert(keys, version);
                now = System.nanoTime();
                calls.add(now - begun);
                for (int key : keys) {
                    table.changed(key, version);
                }
                version++;
            }
            result = calls.result(table.engine().name(), shape, (long) calls.count() * keys.length);
        }
        table.check();
        return result;
    }

    /// Greater than the version of any row.
    public long nextVersion() {
        return version;
    }
}
