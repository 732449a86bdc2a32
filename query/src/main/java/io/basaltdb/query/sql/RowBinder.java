package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.RowExpressions;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Binds the expressions of ON CONFLICT DO UPDATE and RETURNING over rows of the table that is written.
final class RowBinder {
    private static final SqlParserPos AT = SqlParserPos.ZERO;

    private final CatalogView catalog;
    private final PlanSettings settings;
    private final TargetTable target;
    private final String alias;

    RowBinder(CatalogView catalog, PlanSettings settings, TargetTable target, String alias) {
        this.catalog = catalog;
        this.settings = settings;
        this.target = target;
        this.alias = alias;
    }

    record Bound(RowExpressions expressions, Schema columns, List<Type> parameters) {}

    /// Expressions over one row.
    Bound overRows(QuerySyntax list, String clause) {
        return bind(((SqlSelect) list.tree()).getSelectList(), row(alias), null, list, clause);
    }

    /// Expressions over the row that is there, and the one that was to come, which is called so.
    Bound overPairs(
            List<SqlNode> list,
            @Nullable SqlNode condition,
            String other,
            QuerySyntax text,
            String clause) {
        SqlNode pairs =
                new SqlJoin(
                        AT,
                        row(alias),
                        SqlLiteral.createBoolean(false, AT),
                        JoinType.COMMA.symbol(AT),
                        row(other),
                        JoinConditionType.NONE.symbol(AT),
                        null);
        return bind(new SqlNodeList(list, AT), pairs, condition, text, clause);
    }

    private SqlNode row(String name) {
        return SqlStdOperatorTable.AS.createCall(
                AT,
                new SqlIdentifier(List.of(target.schema(), target.name().name()), AT),
                new SqlIdentifier(name, AT));
    }

    private Bound bind(
            SqlNodeList list,
            SqlNode from,
            @Nullable SqlNode condition,
            QuerySyntax text,
            String clause) {
        SqlSelect select =
                new SqlSelect(
                        AT, null, list, from, condition, null, null, null, null, null, null, null,
                        null);
        Binder.Bound bound =
                new Binder(catalog, settings.parameterTypes())
                        .bind(new QuerySyntax(text.sql(), select, text.text()), settings.schema());
        return new Bound(
                RowExpressions.of(bound.rel(), clause), bound.columns(), bound.parameters());
    }

    /// The plan of a statement that writes, with what it returns computed over the rows that it has written.
    ///
    /// @param write gives rows where there is something to return, else their number
    /// @param returned null where the statement returns nothing
    static PlannedQuery planned(
            PlanNode write, PlannedQuery source, List<Type> ofConflict, @Nullable Bound returned) {
        List<Type> parameters = new ArrayList<>(source.parameters());
        addOwn(parameters, ofConflict);
        if (returned == null) {
            return new PlannedQuery(write, write.output(), parameters, source.catalogVersion());
        }
        addOwn(parameters, returned.parameters());
        return new PlannedQuery(
                new PlanNode.Project(write, returned.expressions().values(), returned.columns()),
                returned.columns(),
                parameters,
                source.catalogVersion());
    }

    /// Adds a piece's own parameters, which are numbered behind those of the pieces before; its list begins with places for theirs.
    private static void addOwn(List<Type> parameters, List<Type> ofPiece) {
        if (ofPiece.size() > parameters.size()) {
            parameters.addAll(List.copyOf(ofPiece.subList(parameters.size(), ofPiece.size())));
        }
    }
}
