package io.basaltdb.query.session;

import io.basaltdb.query.sql.CatalogView;
import io.basaltdb.query.sql.PlanCache;
import io.basaltdb.query.sql.PlanSettings;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.QuerySyntax;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Reads and plans statements against the names of one snapshot.
final class Planner {
    private final SqlFrontEnd frontEnd;
    private final CatalogView catalog;
    private final PlanSettings settings;
    private final Reuse reuse;
    private final BooleanSupplier canceled;

    /// What may be taken of earlier statements.
    ///
    /// @param plans by their text; null: none
    /// @param byShape whether bound trees of queries that differ only in literals
    record Reuse(@Nullable PlanCache plans, boolean byShape) {}

    Planner(
            SqlFrontEnd frontEnd,
            CatalogView catalog,
            String schema,
            Reuse reuse,
            BooleanSupplier canceled) {
        this.frontEnd = frontEnd;
        this.catalog = catalog;
        this.settings = PlanSettings.of(schema);
        this.reuse = reuse;
        this.canceled = canceled;
    }

    /// The statement of the text, with its plan where it computes rows.
    SqlFrontEnd.Prepared prepare(String sql) {
        return frontEnd.prepare(sql, catalog, settings, reuse.plans(), reuse.byShape(), canceled);
    }

    /// The plan of a text that must be a query or an insert.
    PlannedQuery plan(String sql) {
        PlannedQuery planned = prepare(sql).planned();
        if (planned == null) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "only queries and inserts have a plan");
        }
        return planned;
    }

    PlannedQuery plan(QuerySyntax query) {
        return frontEnd.plan(query, catalog, settings, canceled);
    }

    long catalogVersion() {
        return catalog.version();
    }
}
