package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/// A table's name where a value stands, as in PostgreSQL: `SELECT to_json(t) FROM t` takes the row as a struct of its columns.
final class WholeRows {
    private WholeRows() {}

    /// The struct of all columns of the table that is called so in FROM; null where none is.
    static @Nullable SqlNode of(
            SqlValidator validator, @Nullable SqlNode from, SqlIdentifier name) {
        if (from instanceof SqlJoin join) {
            @Nullable SqlNode left = of(validator, join.getLeft(), name);
            return left != null ? left : of(validator, join.getRight(), name);
        }
        if (from == null) {
            return null;
        }
        @Nullable String alias = SqlValidatorUtil.alias(from);
        @Nullable SqlValidatorNamespace namespace = validator.getNamespace(from);
        if (alias == null
                || namespace == null
                || !validator.getCatalogReader().nameMatcher().matches(alias, name.getSimple())) {
            return null;
        }
        List<String> names = new ArrayList<>();
        List<SqlNode> values = new ArrayList<>();
        for (RelDataTypeField field : namespace.getRowType().getFieldList()) {
            names.add(field.getName());
            values.add(
                    new SqlIdentifier(List.of(alias, field.getName()), name.getParserPosition()));
        }
        return NestedCalls.struct(name.getParserPosition(), names, values);
    }
}
