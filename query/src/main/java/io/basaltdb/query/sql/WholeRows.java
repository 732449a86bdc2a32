package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/// A table's name where a value stands, as in PostgreSQL: `SELECT to_json(t) FROM t` takes the row as a struct of its columns. The row that an outer join does not
/// find is NULL, which a column that is never NULL otherwise tells.
final class WholeRows {
    private final SqlValidator validator;
    private final SqlIdentifier name;

    private WholeRows(SqlValidator validator, SqlIdentifier name) {
        this.validator = validator;
        this.name = name;
    }

    /// The struct of all columns of the table that is called so in FROM; null where none is.
    static @Nullable SqlNode of(
            SqlValidator validator, @Nullable SqlNode from, SqlIdentifier name) {
        return from == null ? null : new WholeRows(validator, name).row(from, false);
    }

    /// @param mayLack whether a join may give rows without one of this table
    private @Nullable SqlNode row(SqlNode from, boolean mayLack) {
        if (from instanceof SqlJoin join) {
            @Nullable SqlNode left =
                    row(join.getLeft(), mayLack || join.getJoinType().generatesNullsOnLeft());
            return left != null
                    ? left
                    : row(join.getRight(), mayLack || generatesNullsOnRight(join.getJoinType()));
        }
        @Nullable String alias = SqlValidatorUtil.alias(from);
        @Nullable SqlValidatorNamespace namespace = validator.getNamespace(from);
        if (alias == null
                || namespace == null
                || !validator.getCatalogReader().nameMatcher().matches(alias, name.getSimple())) {
            return null;
        }
        return struct(alias, namespace.getRowType().getFieldList(), mayLack);
    }

    private static boolean generatesNullsOnRight(JoinType type) {
        return type.generatesNullsOnRight() || type == JoinType.LEFT_ASOF;
    }

    private SqlNode struct(String alias, List<RelDataTypeField> fields, boolean mayLack) {
        SqlParserPos position = name.getParserPosition();
        List<String> names = new ArrayList<>();
        List<SqlNode> values = new ArrayList<>();
        @Nullable SqlNode present = null;
        for (RelDataTypeField field : fields) {
            SqlIdentifier column = new SqlIdentifier(List.of(alias, field.getName()), position);
            names.add(field.getName());
            values.add(column);
            if (present == null && !field.getType().isNullable()) {
                present = SqlStdOperatorTable.IS_NOT_NULL.createCall(position, column);
            }
        }
        SqlNode struct = NestedCalls.struct(position, names, values);
        if (!mayLack) {
            return struct;
        }
        if (present == null) {
            throw SyntaxRewrite.unsupported(
                    position,
                    "Whether the outer join found a row of %s cannot be told: all its columns may be NULL; name the columns, as in {'a': %s.a}"
                            .formatted(alias, alias));
        }
        return SqlCase.createSwitched(
                position,
                null,
                SqlNodeList.of(present),
                SqlNodeList.of(struct),
                SqlLiteral.createNull(position));
    }
}
