package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.AddressedTable;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// An UPDATE as a query for the addresses of the rows that change, and for the rows as they are afterwards.
final class UpdatePlan {
    private static final Schema ROW_COUNT = Schema.of(new Field("count", Type.BIGINT, false));

    private final TargetTable target;
    private final QuerySyntax rows;
    private final boolean keepsKeys;

    private UpdatePlan(TargetTable target, QuerySyntax rows, boolean keepsKeys) {
        this.target = target;
        this.rows = rows;
        this.keepsKeys = keepsKeys;
    }

    static UpdatePlan of(Statement.Update update, CatalogView catalog, String schema) {
        TargetTable target = TargetTable.find(update.target(), catalog, schema, "updated in");
        SqlSelect clauses = (SqlSelect) update.rows().tree();
        List<SqlNode> columns = new ArrayList<>();
        columns.add(DeletePlan.column(update.alias(), AddressedTable.ADDRESS_NAME));
        @Nullable SqlNode[] changed =
                changed(update.columns(), update.target().toString(), target.view(), clauses);
        RelDataTypeFactory types = RelTypes.newFactory();
        for (int i = 0; i < changed.length; i++) {
            Field field = target.view().schema().field(i);
            @Nullable SqlNode value = changed[i];
            columns.add(
                    value == null
                            ? DeletePlan.column(update.alias(), field.name())
                            : named(cast(value, field.type(), types), "new " + field.name()));
        }
        SqlNode tree = DeletePlan.select(target, update.alias(), columns, clauses);
        return new UpdatePlan(
                target,
                new QuerySyntax(update.rows().sql(), tree, update.rows().text()),
                keepsKeys(changed, target.view()));
    }

    private static boolean keepsKeys(@Nullable SqlNode[] changed, TableView table) {
        boolean keeps = true;
        for (List<Integer> key : table.keys()) {
            for (int column : key) {
                keeps &= changed[column] == null && !table.generated().contains(column);
            }
        }
        return keeps;
    }

    /// Per column of the table its new value, null where it stays.
    static @Nullable SqlNode[] changed(
            List<String> names, String target, TableView table, SqlSelect clauses) {
        @Nullable SqlNode[] changed = new SqlNode[table.schema().size()];
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int column = table.schema().indexOf(name);
            if (column < 0) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_COLUMN, "There is no column " + name + " in " + target);
            }
            if (changed[column] != null) {
                throw new BasaltException(
                        ErrorCode.DUPLICATE_COLUMN, "Column " + name + " is set twice in UPDATE");
            }
            SqlNode value = clauses.getSelectList().get(i);
            if (value.getKind() != SqlKind.DEFAULT) {
                InsertPlan.checkGiven(table, column, "UPDATE cannot set it; SET the others");
            }
            changed[column] = value.getKind() == SqlKind.DEFAULT ? defaultOf(table, column) : value;
        }
        return changed;
    }

    private static SqlNode defaultOf(TableView table, int column) {
        @Nullable String sql = table.defaultSql(column);
        return sql == null
                ? SqlLiteral.createNull(SqlParserPos.ZERO)
                : new QueryParser(sql).expression(0, sql.length());
    }

    static SqlNode cast(SqlNode value, Type type, RelDataTypeFactory types) {
        return CastOperator.cast(value, type, types);
    }

    static SqlNode named(SqlNode value, String name) {
        return SqlStdOperatorTable.AS.createCall(
                SqlParserPos.ZERO, value, new SqlIdentifier(name, SqlParserPos.ZERO));
    }

    /// The query for addresses and rows.
    QuerySyntax source() {
        return rows;
    }

    PlannedQuery withTarget(PlannedQuery planned, RowBinder.@Nullable Bound returned) {
        PlanNode update =
                new PlanNode.Update(
                        target.name(),
                        planned.plan(),
                        keepsKeys,
                        returned != null,
                        returned == null ? ROW_COUNT : target.view().schema());
        return RowBinder.planned(update, planned, List.of(), returned);
    }

    TargetTable target() {
        return target;
    }
}
