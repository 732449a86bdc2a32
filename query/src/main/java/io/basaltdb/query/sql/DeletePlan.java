package io.basaltdb.query.sql;

import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.AddressedTable;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
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

/// A DELETE as a query for the addresses of the rows that go.
final class DeletePlan {
    private static final Schema ROW_COUNT = Schema.of(new Field("count", Type.BIGINT, false));

    private final TargetTable target;
    private final QuerySyntax addresses;

    private DeletePlan(TargetTable target, QuerySyntax addresses) {
        this.target = target;
        this.addresses = addresses;
    }

    static DeletePlan of(Statement.Delete delete, CatalogView catalog, String schema) {
        TargetTable target = TargetTable.find(delete.target(), catalog, schema, "deleted from");
        QuerySyntax rows = delete.rows();
        SqlSelect clauses = (SqlSelect) rows.tree();
        SqlNode address = column(delete.alias(), AddressedTable.ADDRESS_NAME);
        List<SqlNode> columns = new ArrayList<>();
        columns.add(address);
        if (delete.returning() != null) {
            if (clauses.getFrom() != null) {
                throw new BasaltException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "DELETE … USING … RETURNING is not supported; use a sub-query in WHERE");
            }
            for (Field field : target.view().schema().fields()) {
                columns.add(column(delete.alias(), field.name()));
            }
        }
        SqlNode tree = select(target, delete.alias(), columns, clauses);
        return new DeletePlan(target, new QuerySyntax(rows.sql(), tree, rows.text()));
    }

    /// The query for the addresses.
    QuerySyntax source() {
        return addresses;
    }

    PlannedQuery withTarget(PlannedQuery rows, RowBinder.@Nullable Bound returned) {
        PlanNode delete =
                returned == null
                        ? new PlanNode.Delete(target.name(), rows.plan(), false, ROW_COUNT)
                        : new PlanNode.Delete(
                                target.name(), rows.plan(), true, target.view().schema());
        return RowBinder.planned(delete, rows, List.of(), returned);
    }

    TargetTable target() {
        return target;
    }

    static SqlIdentifier column(String alias, String name) {
        return new SqlIdentifier(List.of(alias, name), SqlParserPos.ZERO);
    }

    /// Columns of the target's rows with their addresses, joined with what the clauses read and kept where they say so.
    static SqlSelect select(
            TargetTable target, String alias, List<SqlNode> columns, SqlSelect clauses) {
        SqlParserPos at = SqlParserPos.ZERO;
        SqlNode rows =
                SqlStdOperatorTable.AS.createCall(
                        at,
                        new SqlIdentifier(
                                List.of(
                                        Dialect.ADDRESSED_SCHEMA,
                                        target.schema(),
                                        target.name().name()),
                                at),
                        new SqlIdentifier(alias, at));
        @Nullable SqlNode others = clauses.getFrom();
        return new SqlSelect(
                at,
                null,
                new SqlNodeList(columns, at),
                others == null ? rows : comma(rows, others),
                clauses.getWhere(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static SqlNode comma(SqlNode left, SqlNode right) {
        SqlParserPos at = SqlParserPos.ZERO;
        return new SqlJoin(
                at,
                left,
                SqlLiteral.createBoolean(false, at),
                JoinType.COMMA.symbol(at),
                right,
                JoinConditionType.NONE.symbol(at),
                null);
    }
}
