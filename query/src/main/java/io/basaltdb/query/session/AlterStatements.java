package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.sql.Alteration;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.catalog.CheckConstraint;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.catalog.StoredExpression;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// ALTER TABLE within a transaction. What changes no stored value is a change of the definition alone; a change of a type that does writes the
/// rows anew, in the same transaction.
final class AlterStatements {
    private static final int MAX_INITIAL_BYTES = 256;

    private final Transaction transaction;
    private final DefinitionStatements definitions;
    private final Function<DatabaseSnapshot, StatementRun> runs;

    /// @param runs how queries are run at a snapshot
    AlterStatements(
            Transaction transaction,
            DefinitionStatements definitions,
            Function<DatabaseSnapshot, StatementRun> runs) {
        this.transaction = transaction;
        this.definitions = definitions;
        this.runs = runs;
    }

    void alter(Statement.AlterTable alter) {
        if (alter.ifExists() && !definitions.knows(alter.name())) {
            return;
        }
        int id = definitions.find(alter.name()).id();
        for (Alteration action : alter.actions()) {
            TableDefinition table = transaction.catalog().table(id);
            assert table != null;
            alter(table, action);
        }
    }

    private void alter(TableDefinition table, Alteration action) {
        switch (action) {
            case Alteration.AddColumn add -> add(table, add);
            case Alteration.DropColumn(String name, boolean ifExists) -> {
                if (!ifExists || table.column(name) != null) {
                    drop(table, column(table, name));
                }
            }
            case Alteration.RenameColumn(String name, String to) -> rename(table, name, to);
            case Alteration.RenameTable(String to) -> {
                if (!to.equals(table.name())) {
                    transaction.alterTable(table.withName(table.schema(), to), false);
                }
            }
            case Alteration.AddCheck(Statement.CheckSpec check) -> addCheck(table, check);
            case Alteration.DropConstraint(String name, boolean ifExists) ->
                    dropConstraint(table, name, ifExists);
            case Alteration.SetOptions(Map<String, String> options) -> {
                Definitions.check(options);
                Map<String, String> all = new HashMap<>(table.options());
                all.putAll(options);
                transaction.alterTable(table.withOptions(all), false);
            }
            case Alteration.SetTtl(@Nullable String sql) -> setTtl(table, sql);
            case Alteration.DropPartition(List<String> values) -> dropPartition(table, values);
            case Alteration.SetDefault(String name, @Nullable String sql) -> {
                ColumnDefinition changed = column(table, name).withDefault(sql);
                if (changed.isGenerated()) {
                    throw new BasaltException(
                            ErrorCode.INVALID_DEFINITION,
                            "column " + name + " is generated, so it has no DEFAULT");
                }
                if (sql != null) {
                    constant(transaction.snapshot(), changed);
                }
                transaction.alterTable(table.withColumn(changed), false);
            }
            case Alteration.SetNullable(String name, boolean nullable) ->
                    setNullable(table, column(table, name), nullable);
            case Alteration.SetType(String name, Type type, @Nullable String using) ->
                    setType(table, column(table, name), type, using);
        }
    }

    private static ColumnDefinition column(TableDefinition table, String name) {
        ColumnDefinition column = table.column(name);
        if (column == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "table " + table.qualifiedName() + " has no column " + name);
        }
        return column;
    }

    private static void checkFree(TableDefinition table, String name) {
        if (table.column(name) != null) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_COLUMN,
                    "table " + table.qualifiedName() + " has a column " + name + " already");
        }
    }

    private void add(TableDefinition table, Alteration.AddColumn add) {
        if (add.ifNotExists() && table.column(add.column().name()) != null) {
            return;
        }
        checkFree(table, add.column().name());
        ColumnDefinition column = Definitions.column(add.column(), definitions.timeZone());
        if (column.defaultSql() != null) {
            column = column.withInitial(initial(column));
        }
        List<ColumnDefinition> columns = new ArrayList<>(table.columns());
        columns.add(column);
        StoredExpression generated = column.generated();
        if (generated != null) {
            definitions.rules().check(table.withColumns(columns));
            List<String> values = new ArrayList<>(names(table));
            values.add("CAST((" + generated.sql() + ") AS " + column.type().sql() + ")");
            rewrite(table, table.withColumns(columns), values);
            return;
        }
        boolean needsValue = !column.nullable() && column.initial().equals(Value.NULL);
        if (needsValue && count(table, "TRUE") > 0) {
            throw new BasaltException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    "column "
                            + column.name()
                            + " is NOT NULL, but the rows that "
                            + table.qualifiedName()
                            + " has would have no value for it; give it a DEFAULT");
        }
        transaction.alterTable(table.withColumns(columns), needsValue);
    }

    private Value initial(ColumnDefinition column) {
        Value value = constant(transaction.snapshot(), column);
        if (value instanceof Value.Bytes(byte[] bytes) && bytes.length > MAX_INITIAL_BYTES) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "the DEFAULT of an added column may have "
                            + MAX_INITIAL_BYTES
                            + " bytes, that of "
                            + column.name()
                            + " has "
                            + bytes.length
                            + "; add the column without it and say ALTER COLUMN … SET DEFAULT");
        }
        return value;
    }

    /// What the DEFAULT is now.
    private Value constant(DatabaseSnapshot snapshot, ColumnDefinition column) {
        StatementRun run = runs.apply(snapshot);
        return run.single(
                run.planner()
                        .plan(
                                "SELECT CAST(("
                                        + column.defaultSql()
                                        + ") AS "
                                        + column.type().sql()
                                        + ")"));
    }

    private void drop(TableDefinition table, ColumnDefinition column) {
        String clause =
                table.primaryKey().contains(column.id())
                        ? "PRIMARY KEY"
                        : table.sortKey().contains(column.id())
                                ? "ORDER BY"
                                : partitions(table, column) ? "PARTITION BY" : null;
        if (clause != null) {
            throw new BasaltException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "column "
                            + column.name()
                            + " cannot be dropped: "
                            + clause
                            + " of "
                            + table.qualifiedName()
                            + " names it");
        }
        definitions.rules().checkUnused(table, column, "dropped");
        if (table.columns().size() == 1) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "column "
                            + column.name()
                            + " is the only one of "
                            + table.qualifiedName()
                            + "; drop the table instead");
        }
        transaction.alterTable(
                table.withColumns(
                        table.columns().stream()
                                .filter(other -> other.id() != column.id())
                                .toList()),
                false);
    }

    private void addCheck(TableDefinition table, Statement.CheckSpec spec) {
        TableDefinition changed = Definitions.withCheck(table, spec, definitions.timeZone());
        definitions.rules().check(changed);
        long violations = count(table, "NOT (" + spec.conditionSql() + ")");
        if (violations > 0) {
            throw new BasaltException(
                    ErrorCode.CHECK_VIOLATION,
                    "CHECK ("
                            + spec.conditionSql()
                            + ") does not hold for "
                            + violations
                            + (violations == 1 ? " row of " : " rows of ")
                            + table.qualifiedName());
        }
        transaction.alterTable(changed, true);
    }

    private void setTtl(TableDefinition table, @Nullable String sql) {
        TableDefinition changed =
                table.withTtl(
                        sql == null ? null : new StoredExpression(sql, definitions.timeZone()));
        definitions.rules().check(changed);
        transaction.alterTable(changed, false);
    }

    private void dropConstraint(TableDefinition table, String name, boolean ifExists) {
        List<CheckConstraint> left =
                table.checks().stream()
                        .filter(check -> !check.name().equalsIgnoreCase(name))
                        .toList();
        if (left.size() < table.checks().size()) {
            transaction.alterTable(table.withChecks(left), false);
        } else if (!ifExists) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "table " + table.qualifiedName() + " has no constraint " + name);
        }
    }

    private void dropPartition(TableDefinition table, List<String> values) {
        if (table.partitionBy().size() != values.size()) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    table.partitionBy().isEmpty()
                            ? table.qualifiedName() + " has no PARTITION BY"
                            : "a partition of "
                                    + table.qualifiedName()
                                    + " has "
                                    + table.partitionBy().size()
                                    + " values, but "
                                    + values.size()
                                    + " are given");
        }
        List<Value> found = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            PartitionTransform transform = table.partitionBy().get(i);
            ColumnDefinition column = table.columns().get(table.positionOf(transform.columnId()));
            String sql = PartitionText.sql(values.get(i), transform);
            found.add(constant(transaction.snapshot(), column.withDefault(sql)));
        }
        transaction.dropPartition(table.id(), found);
    }

    private static boolean partitions(TableDefinition table, ColumnDefinition column) {
        return table.partitionBy().stream()
                .anyMatch(transform -> transform.columnId() == column.id());
    }

    private void rename(TableDefinition table, String name, String to) {
        ColumnDefinition column = column(table, name);
        if (!to.equalsIgnoreCase(name)) {
            checkFree(table, to);
        }
        transaction.alterTable(definitions.rules().renamed(table, column, to), false);
    }

    private void setNullable(TableDefinition table, ColumnDefinition column, boolean nullable) {
        if (column.nullable() == nullable) {
            return;
        }
        if (nullable && table.primaryKey().contains(column.id())) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "column "
                            + column.name()
                            + " belongs to the primary key of "
                            + table.qualifiedName()
                            + ", so it is NOT NULL");
        }
        long nulls = nullable ? 0 : count(table, DefinitionText.quoted(column.name()) + " IS NULL");
        if (nulls > 0) {
            throw new BasaltException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    "column "
                            + column.name()
                            + " of "
                            + table.qualifiedName()
                            + " cannot be NOT NULL: "
                            + nulls
                            + (nulls == 1 ? " row has" : " rows have")
                            + " no value for it");
        }
        transaction.alterTable(table.withColumn(column.withNullable(nullable)), !nullable);
    }

    /// The rows for which the condition holds, as the transaction sees them.
    private long count(TableDefinition table, String condition) {
        StatementRun run = runs.apply(transaction.snapshot());
        String sql =
                "SELECT count(*) FROM "
                        + DefinitionText.name(table.schema(), table.name())
                        + " WHERE "
                        + condition;
        return run.single(run.planner().plan(sql)) instanceof Value.Whole(long count) ? count : 0;
    }

    private void setType(
            TableDefinition table, ColumnDefinition column, Type type, @Nullable String using) {
        if (column.isGenerated()) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "the type of a generated column cannot be changed; drop "
                            + column.name()
                            + " and add it again");
        }
        definitions.rules().checkUnused(table, column, "given another type");
        ColumnDefinition changed =
                Definitions.column(
                                new Statement.ColumnSpec(
                                        column.name(),
                                        type,
                                        column.nullable(),
                                        column.defaultSql()),
                                definitions.timeZone())
                        .withId(column.id())
                        .withInitial(column.initial());
        for (PartitionTransform transform : table.partitionBy()) {
            if (transform.columnId() == column.id()) {
                Definitions.checkPartition(transform, changed);
            }
        }
        if (column.defaultSql() != null) {
            constant(transaction.snapshot(), changed);
        }
        if (using == null && Type.isWidened(column.type(), type)) {
            transaction.alterTable(table.withColumn(changed), false);
        } else {
            String value =
                    using == null ? DefinitionText.quoted(changed.name()) : "(" + using + ")";
            List<String> values = new ArrayList<>(names(table));
            values.set(
                    table.positionOf(column.id()),
                    "CAST(" + value + " AS " + changed.type().sql() + ")");
            rewrite(table, table.withColumn(changed.withInitial(Value.NULL)), values);
        }
    }

    private static List<String> names(TableDefinition table) {
        return table.columns().stream()
                .map(column -> DefinitionText.quoted(column.name()))
                .toList();
    }

    /// Takes the rows out and puts them in again under another definition.
    ///
    /// @param values per column of that definition, an expression over the rows as they are
    private void rewrite(TableDefinition table, TableDefinition changed, List<String> values) {
        String sql =
                "SELECT "
                        + String.join(", ", values)
                        + " FROM "
                        + DefinitionText.name(table.schema(), table.name());
        try (DatabaseSnapshot before = transaction.pinnedSnapshot()) {
            transaction.truncate(table.id());
            transaction.alterTable(changed, false);
            StatementRun run = runs.apply(before);
            PlannedQuery rows = run.planner().plan(sql);
            try (QueryExecution execution = run.start(rows, List.of(), null);
                    Appender appender = transaction.appender(table.id())) {
                Batch batch = execution.next();
                while (batch != null) {
                    appender.append(batch);
                    batch = execution.next();
                }
            }
            transaction.checkKeys(table.id());
        }
    }
}
