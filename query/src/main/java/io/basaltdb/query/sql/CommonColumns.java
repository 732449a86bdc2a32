package io.basaltdb.query.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/// The columns that joins with USING and NATURAL joins have in common: such a name without a table means the left side's column, the right side's
/// of a right join, and of a full join the one that is there (SQL:2016, 7.10). Written out, for the same name in SELECT and GROUP BY must be
/// the same expression.
final class CommonColumns {
    private final SqlValidator validator;
    private final SqlNameMatcher matcher;
    private final @Nullable SqlNode from;
    private final boolean isEmpty;

    CommonColumns(SqlValidator validator, @Nullable SqlNode from) {
        this.validator = validator;
        this.matcher = validator.getCatalogReader().nameMatcher();
        this.from = from;
        this.isEmpty = from == null || !hasCommon(from);
    }

    private static boolean hasCommon(SqlNode node) {
        return node instanceof SqlJoin join
                && (join.isNatural()
                        || join.getConditionType() == JoinConditionType.USING
                        || hasCommon(join.getLeft())
                        || hasCommon(join.getRight()));
    }

    /// What the name stands for; null where it is no common column.
    @Nullable SqlNode meaning(SqlIdentifier name) {
        return isEmpty || from == null || !name.isSimple() || !isCommon(from, name)
                ? null
                : column(from, name);
    }

    private boolean isCommon(SqlNode node, SqlIdentifier name) {
        return node instanceof SqlJoin join
                && (joinsBy(join, name)
                        || isCommon(join.getLeft(), name)
                        || isCommon(join.getRight(), name));
    }

    private boolean joinsBy(SqlJoin join, SqlIdentifier name) {
        if (join.isNatural()) {
            return column(join.getLeft(), name) != null && column(join.getRight(), name) != null;
        }
        return join.getConditionType() == JoinConditionType.USING
                && join.getCondition() instanceof SqlNodeList columns
                && SqlIdentifier.simpleNames(columns).stream()
                        .anyMatch(column -> matcher.matches(column, name.getSimple()));
    }

    /// Null where no table has the column, or more than one without joining by it.
    private @Nullable SqlNode column(SqlNode node, SqlIdentifier name) {
        if (!(node instanceof SqlJoin join)) {
            return columnOfTable(node, name);
        }
        @Nullable SqlNode left = column(join.getLeft(), name);
        if (join.getJoinType() == JoinType.LEFT_SEMI_JOIN
                || join.getJoinType() == JoinType.LEFT_ANTI_JOIN) {
            return left;
        }
        @Nullable SqlNode right = column(join.getRight(), name);
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (!joinsBy(join, name)) {
            return null;
        }
        return switch (join.getJoinType()) {
            case RIGHT -> right;
            case FULL ->
                    SqlStdOperatorTable.COALESCE.createCall(name.getParserPosition(), left, right);
            default -> left;
        };
    }

    private @Nullable SqlNode columnOfTable(SqlNode table, SqlIdentifier name) {
        @Nullable String alias = SqlValidatorUtil.alias(table);
        @Nullable SqlValidatorNamespace namespace = validator.getNamespace(table);
        if (alias == null || namespace == null) {
            return null;
        }
        @Nullable RelDataTypeField field = matcher.field(namespace.getRowType(), name.getSimple());
        return field == null
                ? null
                : new SqlIdentifier(List.of(alias, field.getName()), name.getParserPosition());
    }
}
