package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.sql.Statement.OnConflict;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// ON CONFLICT as a rule for rows whose key is there.
///
/// @param parameters types of the parameters in it
record ConflictPlan(KeyRule rule, List<Type> parameters) {
    private static final String EXCLUDED = "excluded";

    static ConflictPlan of(
            @Nullable OnConflict conflict, String alias, TargetTable target, RowBinder binder) {
        if (conflict == null) {
            return new ConflictPlan(new KeyRule.Refuse(), List.of());
        }
        checkKey(conflict, target);
        return switch (conflict.action()) {
            case OnConflict.Ignore _ -> new ConflictPlan(new KeyRule.Ignore(), List.of());
            case OnConflict.Replace _ -> new ConflictPlan(new KeyRule.Replace(true), List.of());
            case OnConflict.Update update -> update(update, alias, target, binder);
        };
    }

    private static void checkKey(OnConflict conflict, TargetTable target) {
        TableView table = target.view();
        if (table.keys().isEmpty()) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "ON CONFLICT needs a primary key, and "
                            + target.name().name()
                            + " has none; create the table with PRIMARY KEY (…)");
        }
        if (conflict.columns().isEmpty()) {
            return;
        }
        Set<String> key = new LinkedHashSet<>();
        for (int column : table.keys().getFirst()) {
            key.add(lower(table.schema().field(column).name()));
        }
        Set<String> named = new HashSet<>();
        for (String column : conflict.columns()) {
            if (table.schema().indexOf(column) < 0) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "There is no column " + column + " in " + target.name().name());
            }
            named.add(lower(column));
        }
        if (!named.equals(key)) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "ON CONFLICT ("
                            + String.join(", ", conflict.columns())
                            + ") names other columns than the primary key of "
                            + target.name().name()
                            + ", which is ("
                            + String.join(", ", key)
                            + ")");
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static ConflictPlan update(
            OnConflict.Update update, String alias, TargetTable target, RowBinder binder) {
        TableView table = target.view();
        SqlSelect clauses = (SqlSelect) update.changes().tree();
        @Nullable SqlNode[] changed =
                UpdatePlan.changed(update.columns(), target.name().name(), table, clauses);
        if (replacesAll(changed, clauses.getWhere(), table)) {
            return new ConflictPlan(new KeyRule.Replace(false), List.of());
        }
        RelDataTypeFactory types = RelTypes.newFactory();
        SqlShuttle ofTarget = qualifying(alias, table);
        List<SqlNode> list = new ArrayList<>();
        for (int i = 0; i < changed.length; i++) {
            Field field = table.schema().field(i);
            @Nullable SqlNode value = changed[i];
            list.add(
                    value == null
                            ? DeletePlan.column(alias, field.name())
                            : UpdatePlan.named(
                                    UpdatePlan.cast(value.accept(ofTarget), field.type(), types),
                                    "new " + field.name()));
        }
        @Nullable SqlNode condition = clauses.getWhere();
        RowBinder.Bound bound =
                binder.overPairs(
                        list,
                        condition == null ? null : condition.accept(ofTarget),
                        EXCLUDED,
                        update.changes(),
                        "ON CONFLICT DO UPDATE");
        boolean keepsKeys = true;
        for (int column : table.keys().getFirst()) {
            keepsKeys &=
                    !table.generated().contains(column)
                            && (changed[column] == null
                                    || isExcluded(changed[column], table, column));
        }
        return new ConflictPlan(
                new KeyRule.Update(
                        bound.expressions().values(), bound.expressions().condition(), keepsKeys),
                bound.parameters());
    }

    /// Whether nothing of the row that is there stays but its key.
    private static boolean replacesAll(
            @Nullable SqlNode[] changed, @Nullable SqlNode condition, TableView table) {
        boolean all = condition == null;
        for (int i = 0; i < changed.length && all; i++) {
            boolean isKey = table.keys().getFirst().contains(i);
            @Nullable SqlNode value = changed[i];
            all = value == null ? isKey : isExcluded(value, table, i);
        }
        return all;
    }

    private static boolean isExcluded(@Nullable SqlNode value, TableView table, int column) {
        return value instanceof SqlIdentifier name
                && name.names.size() == 2
                && name.names.get(0).equalsIgnoreCase(EXCLUDED)
                && name.names.get(1).equalsIgnoreCase(table.schema().field(column).name());
    }

    /// A column without a table means the row that is there.
    private static SqlShuttle qualifying(String alias, TableView table) {
        return new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier name) {
                return name.names.size() == 1 && table.schema().indexOf(name.names.getFirst()) >= 0
                        ? DeletePlan.column(alias, name.names.getFirst())
                        : name;
            }
        };
    }
}
