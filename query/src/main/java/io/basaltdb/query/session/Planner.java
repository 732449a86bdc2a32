package io.basaltdb.query.session;

import io.basaltdb.query.sql.CatalogView;
import io.basaltdb.query.sql.PlanCache;
import io.basaltdb.query.sql.PlanSettings;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.QuerySyntax;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.Map;
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
        return prepare(sql, settings);
    }

    /// As [#prepare(String)], where the values of the parameters are known: one that the text leaves open has the type of its value, and so has
    /// one that the text asks for in a type which cannot hold it: `i > ?` does not round 1.5.
    SqlFrontEnd.Prepared prepare(String sql, List<Session.Parameter> given) {
        if (given.isEmpty()) {
            return prepare(sql);
        }
        SqlFrontEnd.Prepared byText = known(sql, settings);
        if (byText == null) {
            SqlFrontEnd.Prepared byValues =
                    known(sql, settings.withParameterTypes(GivenTypes.of(given, false)));
            if (byValues != null) {
                return byValues;
            }
            try {
                byText = prepare(sql);
            } catch (BasaltException unclear) {
                return byValues(sql, given, unclear);
            }
        }
        return withFinerTypes(sql, given, byText);
    }

    private SqlFrontEnd.@Nullable Prepared known(String sql, PlanSettings under) {
        return frontEnd.known(sql, catalog, under, reuse.plans());
    }

    private SqlFrontEnd.Prepared prepare(String sql, PlanSettings under) {
        return frontEnd.prepare(sql, catalog, under, reuse.plans(), reuse.byShape(), canceled);
    }

    /// Texts take part only where the rest does not make them clear: they may stand for any type.
    private SqlFrontEnd.Prepared byValues(
            String sql, List<Session.Parameter> given, BasaltException unclear) {
        if (!isOfTypes(unclear)) {
            throw unclear;
        }
        try {
            return prepare(sql, settings.withParameterTypes(GivenTypes.of(given, false)));
        } catch (BasaltException again) {
            if (again.code() != ErrorCode.INDETERMINATE_DATATYPE) {
                throw again;
            }
            return prepare(sql, settings.withParameterTypes(GivenTypes.of(given, true)));
        }
    }

    private static boolean isOfTypes(BasaltException error) {
        return error.code() == ErrorCode.INDETERMINATE_DATATYPE
                || error.code() == ErrorCode.DATATYPE_MISMATCH;
    }

    private SqlFrontEnd.Prepared withFinerTypes(
            String sql, List<Session.Parameter> given, SqlFrontEnd.Prepared byText) {
        PlannedQuery planned = byText.planned();
        if (planned == null || planned.parameters().size() != given.size()) {
            return byText;
        }
        Map<Integer, Type> finer = GivenTypes.finer(given, planned.parameters());
        if (finer.isEmpty()) {
            return byText;
        }
        try {
            return prepare(sql, settings.withParameterTypes(finer));
        } catch (BasaltException refused) {
            if (!isOfTypes(refused)) {
                throw refused;
            }
            // A whole number is asked for here: the value becomes one, or says why it cannot.
            return byText;
        }
    }

    /// The plan of a text that must be a query or an insert.
    PlannedQuery plan(String sql) {
        return plan(sql, List.of());
    }

    /// As [#prepare(String, List)].
    PlannedQuery plan(String sql, List<Session.Parameter> given) {
        PlannedQuery planned = prepare(sql, given).planned();
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
