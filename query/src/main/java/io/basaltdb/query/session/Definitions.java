package io.basaltdb.query.session;

import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.catalog.CheckConstraint;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.HistoryPeriod;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.catalog.StoredExpression;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns what CREATE TABLE says into a definition, or says what is wrong with it.
final class Definitions {
    private Definitions() {}

    /// A definition without table id, whose columns have their positions from 1 as ids.
    static TableDefinition table(
            String schema,
            String name,
            List<Statement.ColumnSpec> specs,
            Statement.TableLayout layout,
            String timeZone) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (Statement.ColumnSpec spec : specs) {
            if (columns.stream().anyMatch(other -> other.name().equalsIgnoreCase(spec.name()))) {
                throw new BasaltException(
                        ErrorCode.DUPLICATE_COLUMN,
                        "column " + spec.name() + " stands twice in the definition of " + name);
            }
            boolean key = layout.primaryKey().stream().anyMatch(spec.name()::equalsIgnoreCase);
            columns.add(
                    column(spec, timeZone)
                            .withId(columns.size() + 1)
                            .withNullable(spec.nullable() && !key));
        }
        check(layout.options());
        List<Integer> primaryKey = ids(layout.primaryKey(), columns, "PRIMARY KEY");
        columns.stream()
                .filter(column -> primaryKey.contains(column.id()))
                .forEach(Definitions::checkKey);
        if (Set.copyOf(primaryKey).size() < primaryKey.size()) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_COLUMN, "PRIMARY KEY names a column of " + name + " twice");
        }
        TableDefinition table =
                new TableDefinition(
                        0,
                        schema,
                        name,
                        1,
                        columns,
                        layout.orderBy().isEmpty()
                                ? primaryKey
                                : ids(layout.orderBy(), columns, "ORDER BY"),
                        partitionBy(layout.partitionBy(), columns),
                        primaryKey,
                        layout.options());
        for (Statement.CheckSpec check : layout.checks()) {
            table = withCheck(table, check, timeZone);
        }
        String ttl = layout.ttlSql();
        return ttl == null ? table : table.withTtl(new StoredExpression(ttl, timeZone));
    }

    /// The table with one more check, under its name or one that is made.
    static TableDefinition withCheck(
            TableDefinition table, Statement.CheckSpec spec, String timeZone) {
        List<CheckConstraint> checks = new ArrayList<>(table.checks());
        String name = spec.name().isEmpty() ? freeName(table) : spec.name();
        if (isTaken(table, name)) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "table " + table.qualifiedName() + " has a constraint " + name + " already");
        }
        checks.add(new CheckConstraint(name, new StoredExpression(spec.conditionSql(), timeZone)));
        return table.withChecks(checks);
    }

    private static String freeName(TableDefinition table) {
        String name = table.name() + "_check";
        for (int i = 1; isTaken(table, name); i++) {
            name = table.name() + "_check" + i;
        }
        return name;
    }

    private static boolean isTaken(TableDefinition table, String name) {
        return table.checks().stream().anyMatch(check -> check.name().equalsIgnoreCase(name));
    }

    /// A definition without id.
    static ColumnDefinition column(Statement.ColumnSpec spec, String timeZone) {
        if (!Type.isStorable(spec.type())) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "column "
                            + spec.name()
                            + " cannot be of type "
                            + spec.type().sql()
                            + ", which exists in expressions only");
        }
        String generated = spec.generatedSql();
        return new ColumnDefinition(0, spec.name(), spec.type(), spec.nullable(), spec.defaultSql())
                .withGenerated(
                        generated == null ? null : new StoredExpression(generated, timeZone));
    }

    /// Refuses options of a table that there are not, and values that they do not take.
    static void check(Map<String, String> options) {
        for (String option : options.keySet()) {
            if (!option.equals("durability") && !option.equals(HistoryPeriod.OPTION)) {
                throw new BasaltException(
                        ErrorCode.INVALID_PARAMETER,
                        "there is no table option "
                                + option
                                + "; there are durability and history");
            }
        }
        String history = options.get(HistoryPeriod.OPTION);
        if (history != null) {
            HistoryPeriod.micros(history);
        }
        String durability = options.get("durability");
        if (durability != null) {
            Setting.DURABILITY.checked(durability);
        }
    }

    private static void checkKey(ColumnDefinition column) {
        if (Type.hasIntervals(column.type())) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "PRIMARY KEY names column "
                            + column.name()
                            + " of type "
                            + column.type().sql()
                            + ", but intervals of other parts can be equal; keep interval_length of it as the key");
        }
    }

    private static List<Integer> ids(
            List<String> names, List<ColumnDefinition> columns, String clause) {
        List<Integer> ids = new ArrayList<>();
        for (String name : names) {
            ids.add(column(name, columns, clause).id());
        }
        return ids;
    }

    private static ColumnDefinition column(
            String name, List<ColumnDefinition> columns, String clause) {
        for (ColumnDefinition column : columns) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        throw new BasaltException(
                ErrorCode.UNDEFINED_COLUMN,
                clause + " names column " + name + ", which the table does not have");
    }

    private static List<PartitionTransform> partitionBy(
            List<Statement.PartitionSpec> specs, List<ColumnDefinition> columns) {
        List<PartitionTransform> transforms = new ArrayList<>();
        for (Statement.PartitionSpec spec : specs) {
            ColumnDefinition column = column(spec.column(), columns, "PARTITION BY");
            PartitionTransform transform =
                    spec.unit() == null
                            ? new PartitionTransform.Identity(column.id())
                            : new PartitionTransform.DateTrunc(column.id(), spec.unit());
            checkPartition(transform, column);
            transforms.add(transform);
        }
        return transforms;
    }

    /// Whether the transform takes the column's values.
    static void checkPartition(PartitionTransform transform, ColumnDefinition column) {
        if (transform instanceof PartitionTransform.DateTrunc) {
            switch (column.type()) {
                case Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> {}
                case Type.Bool _, Type.Int _, Type.Real _, Type.DoublePrecision _, Type.Decimal _ ->
                        throw notATime(column);
                case Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ ->
                        throw notATime(column);
            }
        }
    }

    private static BasaltException notATime(ColumnDefinition column) {
        return new BasaltException(
                ErrorCode.DATATYPE_MISMATCH,
                "date_trunc in PARTITION BY needs a DATE or TIMESTAMP, but column "
                        + column.name()
                        + " is "
                        + column.type().sql());
    }
}
