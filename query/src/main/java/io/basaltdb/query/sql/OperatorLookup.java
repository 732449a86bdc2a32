package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/// Operators by name, ignoring case; whatever is written like a function is found as one, of whichever category.
final class OperatorLookup implements SqlOperatorTable {
    private final List<SqlOperator> operators;
    private final Map<String, List<SqlOperator>> byName = new HashMap<>();

    OperatorLookup(List<SqlOperator> operators) {
        this.operators = List.copyOf(operators);
        for (SqlOperator operator : operators) {
            byName.computeIfAbsent(
                            operator.getName().toUpperCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(operator);
        }
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (!name.isSimple()) {
            return;
        }
        for (SqlOperator operator :
                byName.getOrDefault(name.getSimple().toUpperCase(Locale.ROOT), List.of())) {
            if (written(operator.getSyntax()) == written(syntax)) {
                found.add(operator);
            }
        }
    }

    private static SqlSyntax written(SqlSyntax syntax) {
        return switch (syntax) {
            case FUNCTION_STAR, FUNCTION_ID, ORDERED_FUNCTION -> SqlSyntax.FUNCTION;
            default -> syntax.family;
        };
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators;
    }
}
