package io.basaltdb.benchmarks.tpcds;

import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.suite.QueryFile;
import java.util.List;

/// The 99 queries; 14, 23, 24 and 39 are pairs, so that there are 103 statements.
public final class TpcdsQueries {
    private TpcdsQueries() {}

    /// All statements, in order.
    public static List<BenchQuery> all() {
        return QueryFile.beside(TpcdsQueries.class);
    }
}
