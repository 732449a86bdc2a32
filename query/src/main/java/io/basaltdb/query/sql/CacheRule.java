package io.basaltdb.query.sql;

/// Which statements are worth a place in the plan cache.
final class CacheRule {
    private CacheRule() {}

    /// Queries, and changes through parameters: an INSERT with its values in the text does not come again.
    static boolean mayKeep(Statement statement) {
        return switch (statement) {
            case Statement.Query _, Statement.DescribeQuery _ -> true;
            case Statement.Insert insert -> insert.source().sql().length() < 1000;
            case Statement.Update update -> update.rows().sql().length() < 1000;
            case Statement.Delete delete -> delete.rows().sql().length() < 1000;
            default -> false;
        };
    }
}
