package io.basaltdb.query.sql;

import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/// A name in GROUP BY and HAVING that two items of SELECT have is that of a column of FROM, where there is one: `SELECT -a AS b, a AS b FROM t GROUP BY a HAVING
/// sum(b) > 0`. Only names that two items have are touched; one alone is looked up by the validator in the same order.
final class ColumnsFirst extends SqlShuttle {
    private final SqlValidatorScope scope;
    private final Set<String> names;

    private ColumnsFirst(SqlValidatorScope scope, Set<String> names) {
        this.scope = scope;
        this.names = names;
    }

    /// @param scope in which the columns of FROM are seen
    static void replaceIn(SqlSelect select, SqlValidatorScope scope) {
        Set<String> names = namesOfSeveral(select.getSelectList());
        if (names.isEmpty()) {
            return;
        }
        ColumnsFirst columns = new ColumnsFirst(scope, names);
        @Nullable SqlNodeList group = select.getGroup();
        if (group != null) {
            group.replaceAll(key -> key.accept(columns));
        }
        @Nullable SqlNode having = select.getHaving();
        if (having != null) {
            select.setHaving(having.accept(columns));
        }
    }

    private static Set<String> namesOfSeveral(SqlNodeList items) {
        Set<String> once = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (SqlNode item : items) {
            @Nullable String name = SqlValidatorUtil.alias(item);
            if (name != null && !once.add(name)) {
                names.add(name);
            }
        }
        return names;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        return call.isA(SqlKind.QUERY) ? call : super.visit(call);
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
        return identifier.isSimple()
                        && names.contains(identifier.getSimple())
                        && QueryValidator.isColumn(scope, identifier)
                ? scope.fullyQualify(identifier).identifier
                : identifier;
    }
}
