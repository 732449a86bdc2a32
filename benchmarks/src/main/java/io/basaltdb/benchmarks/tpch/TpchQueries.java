package io.basaltdb.benchmarks.tpch;

import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.suite.QueryFile;
import java.util.List;

/// The 22 queries.
public final class TpchQueries {
    private TpchQueries() {}

    /// All queries, in order.
    public static List<BenchQuery> all() {
        return QueryFile.beside(TpchQueries.class);
    }
}
