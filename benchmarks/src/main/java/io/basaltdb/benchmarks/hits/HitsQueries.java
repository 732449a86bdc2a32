package io.basaltdb.benchmarks.hits;

import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.suite.QueryFile;
import java.util.List;

/// The 43 queries: counts and sums over everything, top lists over keys of every size, substring and regular
/// expression searches, and the dashboard of one site. Every one has rows in its answer from 200,000 rows on.
public final class HitsQueries {
    private HitsQueries() {}

    /// All queries, in order.
    public static List<BenchQuery> all() {
        return QueryFile.beside(HitsQueries.class);
    }

    /// The user who comes most often: the point query asks for this one.
    static long frequentUser() {
        return Visitors.userId(0);
    }

    /// The hash of the front page of the site that the dashboard queries look at.
    static long frontPageHash() {
        TextBuffer address = new TextBuffer();
        new Site(Layout.FOCUS_COUNTER, 1).frontAddress(address);
        return address.hash();
    }

    /// The hash of its most visited page.
    static long popularPageHash() {
        TextBuffer address = new TextBuffer();
        new Site(Layout.FOCUS_COUNTER, 1).address(0, address);
        return address.hash();
    }
}
