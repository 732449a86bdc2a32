package io.basaltdb.query.sql;

import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One SQL statement as its text says it: names are not looked up, expressions are kept as text or as an unbound [QuerySyntax].
public sealed interface Statement {

    /// A name of up to three parts, `[catalog.][schema.]name`, in the spelling of the text.
    ///
    /// @param schema null where the text leaves it to the session
    record ObjectName(@Nullable String schema, String name) {
        /// The schema of the text, or that of the session.
        public String schemaOr(String sessionSchema) {
            return schema == null ? sessionSchema : schema;
        }

        @Override
        public String toString() {
            return schema == null ? name : schema + "." + name;
        }
    }

    // ---- Rows
    // ------------------------------------------------------------------------------------------------------------

    /// SELECT, VALUES, TABLE, WITH.
    record Query(QuerySyntax syntax) implements Statement {}

    /// PIVOT source ON key [IN (values)] [USING aggregates] [GROUP BY columns].
    record Pivot(Pivoting pivoting) implements Statement {}

    /// UNPIVOT source ON columns [INTO NAME name VALUE value] [INCLUDE NULLS].
    record Unpivot(Unpivoting unpivoting) implements Statement {}

    /// INSERT INTO target [AS alias] [(columns)] query [ON CONFLICT …] [RETURNING …].
    ///
    /// @param columns empty: all columns of the table, in order
    /// @param conflict what becomes of rows whose key is there; null: they are an error
    /// @param returning the list as a query without tables; null: the number of rows
    record Insert(
            ObjectName target,
            String alias,
            List<String> columns,
            QuerySyntax source,
            @Nullable OnConflict conflict,
            @Nullable QuerySyntax returning)
            implements Statement {
        public Insert {
            columns = List.copyOf(columns);
        }
    }

    /// ON CONFLICT [(columns)] DO action; also what INSERT OR … says.
    ///
    /// @param columns empty: whatever the key is
    record OnConflict(List<String> columns, Action action) {
        public OnConflict {
            columns = List.copyOf(columns);
        }

        /// What is done.
        public sealed interface Action {}

        /// DO NOTHING, OR IGNORE.
        public record Ignore() implements Action {}

        /// OR REPLACE.
        public record Replace() implements Action {}

        /// DO UPDATE SET column = value, … [WHERE condition].
        ///
        /// @param changes the values as a query's select list, the condition as its WHERE
        public record Update(List<String> columns, QuerySyntax changes) implements Action {
            public Update {
                columns = List.copyOf(columns);
            }
        }
    }

    /// INSERT INTO target DEFAULT VALUES.
    record InsertDefaults(ObjectName target) implements Statement {}

    /// DELETE FROM target [[AS] alias] [USING tables] [WHERE condition] [RETURNING …].
    ///
    /// @param alias under which the condition knows the target
    /// @param rows the tables as FROM and the condition as WHERE of a query without columns
    /// @param returning the list as a query without tables; null: the number of rows
    record Delete(
            ObjectName target, String alias, QuerySyntax rows, @Nullable QuerySyntax returning)
            implements Statement {}

    /// UPDATE target [[AS] alias] SET column = value, … [FROM tables] [WHERE condition] [RETURNING …].
    ///
    /// @param alias under which values and condition know the target
    /// @param rows the new values of the columns as a query's select list, the tables as its FROM, the condition as its WHERE
    /// @param returning the list as a query without tables; null: the number of rows
    record Update(
            ObjectName target,
            String alias,
            List<String> columns,
            QuerySyntax rows,
            @Nullable QuerySyntax returning)
            implements Statement {
        public Update {
            columns = List.copyOf(columns);
        }
    }

    /// COPY target [(columns)] FROM 'file' (options).
    ///
    /// @param options lower-case names; a name without value has the text `true`
    record CopyFrom(
            ObjectName target, List<String> columns, String file, Map<String, String> options)
            implements Statement {
        public CopyFrom {
            columns = List.copyOf(columns);
            options = Map.copyOf(options);
        }
    }

    /// COPY source TO 'file' (options), where the source is a table, some of its columns, or a query in parentheses.
    record CopyTo(QuerySyntax source, String file, Map<String, String> options)
            implements Statement {
        public CopyTo {
            options = Map.copyOf(options);
        }
    }

    // ---- Definitions
    // -----------------------------------------------------------------------------------------------------

    /// What CREATE does where the name is taken.
    enum IfExists {
        FAIL,
        SKIP,
        REPLACE
    }

    /// A column of CREATE TABLE.
    ///
    /// @param defaultSql the DEFAULT expression as text
    /// @param generatedSql the expression of GENERATED ALWAYS AS as text
    record ColumnSpec(
            String name,
            Type type,
            boolean nullable,
            @Nullable String defaultSql,
            @Nullable String generatedSql) {
        /// A column that is written.
        public ColumnSpec(String name, Type type, boolean nullable, @Nullable String defaultSql) {
            this(name, type, nullable, defaultSql, null);
        }
    }

    /// [CONSTRAINT name] CHECK (condition).
    ///
    /// @param name empty: one is made
    /// @param conditionSql as text
    record CheckSpec(String name, String conditionSql) {}

    /// An element of PARTITION BY: the column itself, or `date_trunc('unit', column)`.
    ///
    /// @param unit null: the value itself
    record PartitionSpec(String column, PartitionTransform.@Nullable Unit unit) {}

    /// What stands behind the columns of CREATE TABLE.
    ///
    /// @param ttlSql the TTL expression as text
    /// @param options WITH (…), lower-case names
    record TableLayout(
            List<CheckSpec> checks,
            List<PartitionSpec> partitionBy,
            List<String> orderBy,
            List<String> primaryKey,
            @Nullable String ttlSql,
            Map<String, String> options) {
        public static final TableLayout PLAIN =
                new TableLayout(List.of(), List.of(), List.of(), List.of(), null, Map.of());

        public TableLayout {
            checks = List.copyOf(checks);
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
            primaryKey = List.copyOf(primaryKey);
            options = Map.copyOf(options);
        }
    }

    record CreateTable(
            ObjectName name, IfExists ifExists, List<ColumnSpec> columns, TableLayout layout)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
        }
    }

    /// CREATE TABLE name [(column names)] … AS query.
    ///
    /// @param columns empty: as the query names them
    record CreateTableAs(
            ObjectName name,
            IfExists ifExists,
            List<String> columns,
            TableLayout layout,
            QuerySyntax source)
            implements Statement {
        public CreateTableAs {
            columns = List.copyOf(columns);
        }
    }

    /// CREATE TABLE name (LIKE template) and CREATE TABLE name LIKE template.
    record CreateTableLike(ObjectName name, IfExists ifExists, ObjectName template)
            implements Statement {}

    record CreateSchema(String name, IfExists ifExists) implements Statement {}

    /// CREATE VIEW name [(columns)] AS query.
    ///
    /// @param columns empty: as the query names them
    record CreateView(ObjectName name, IfExists ifExists, List<String> columns, QuerySyntax query)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    record DropTable(List<ObjectName> names, boolean ifExists) implements Statement {
        public DropTable {
            names = List.copyOf(names);
        }
    }

    record DropView(List<ObjectName> names, boolean ifExists) implements Statement {
        public DropView {
            names = List.copyOf(names);
        }
    }

    /// @param cascade whether the tables and views in it go too
    record DropSchema(String name, boolean ifExists, boolean cascade) implements Statement {}

    /// CREATE MACRO or FUNCTION.
    ///
    /// @param defaults per parameter the text of the expression that stands for an argument that is left out; null where none may be
    /// @param isTable whether the text is a query, not an expression
    record CreateMacro(
            ObjectName name,
            IfExists ifExists,
            List<String> parameters,
            List<@Nullable String> defaults,
            boolean isTable,
            String sql)
            implements Statement {
        public CreateMacro {
            parameters = List.copyOf(parameters);
            defaults = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(defaults));
        }
    }

    /// CREATE FUNCTION or AGGREGATE of code in Java.
    record CreateJavaRoutine(ObjectName name, IfExists ifExists, JavaRoutine routine)
            implements Statement {}

    record DropMacro(List<ObjectName> names, boolean ifExists) implements Statement {
        public DropMacro {
            names = List.copyOf(names);
        }
    }

    record CreateType(Type.Enumeration type, IfExists ifExists) implements Statement {}

    record DropType(List<String> names, boolean ifExists) implements Statement {
        public DropType {
            names = List.copyOf(names);
        }
    }

    /// ALTER TYPE … ADD VALUE.
    record AlterType(String name, String label, boolean ifNotExists) implements Statement {}

    /// COMMENT ON TABLE, VIEW, COLUMN.
    ///
    /// @param column null for the table or view itself
    /// @param text empty: takes the comment away
    record CommentOn(ObjectName object, @Nullable String column, String text)
            implements Statement {}

    /// MERGE INTO table, as statements that all read the snapshot of the first.
    ///
    /// @param twice a query that gives a row where a row of the table would be changed twice; its table stands for [#ADDRESSED]
    /// @param parts changes of rows that are there, then inserts
    /// @param parameterCount how many `?` the text holds
    record Merge(ObjectName target, Part twice, List<Part> parts, int parameterCount)
            implements Statement {
        /// What stands for the target with the addresses of its rows, before its schema is known.
        static final String ADDRESSED = "\"the target\"";

        /// One statement and which of the whole one's parameters its own are.
        public record Part(String sql, List<Integer> parameters) {
            public Part {
                parameters = List.copyOf(parameters);
            }
        }

        public Merge {
            parts = List.copyOf(parts);
        }

        /// The query for rows that would be changed twice.
        ///
        /// @param sessionSchema where the table is where the statement does not say
        public Part check(String sessionSchema) {
            String name =
                    SqlNames.quoted(Dialect.ADDRESSED_SCHEMA)
                            + "."
                            + SqlNames.quoted(target.schemaOr(sessionSchema))
                            + "."
                            + SqlNames.quoted(target.name());
            return new Part(twice.sql().replace(ADDRESSED, name), twice.parameters());
        }
    }

    record Truncate(ObjectName table) implements Statement {}

    /// ALTER TABLE [IF EXISTS] name action, …
    record AlterTable(ObjectName name, boolean ifExists, List<Alteration> actions)
            implements Statement {
        public AlterTable {
            actions = List.copyOf(actions);
        }

        /// Whether it takes partitions away and changes nothing else.
        public boolean dropsPartitionsOnly() {
            return actions.stream().allMatch(Alteration.DropPartition.class::isInstance);
        }
    }

    // ---- Looking around
    // --------------------------------------------------------------------------------------------------

    /// EXPLAIN [ANALYZE] statement.
    record Explain(Statement statement, boolean analyze, Format format) implements Statement {
        /// How the plan is given.
        public enum Format {
            TEXT,
            JSON
        }
    }

    /// SHOW TABLES, SHOW VIEWS, SHOW SCHEMAS (also DATABASES), SHOW FUNCTIONS, each with [FROM schema] [LIKE pattern].
    record Show(Subject subject, @Nullable String schema, @Nullable String like)
            implements Statement {
        /// What is listed.
        public enum Subject {
            TABLES,
            VIEWS,
            SCHEMAS,
            FUNCTIONS
        }
    }

    /// SHOW COLUMNS FROM table, DESCRIBE table.
    record Describe(ObjectName table) implements Statement {}

    /// DESCRIBE query: its columns.
    record DescribeQuery(QuerySyntax query) implements Statement {}

    /// SUMMARIZE table, SUMMARIZE query: what is in each column.
    record Summarize(QuerySyntax query) implements Statement {}

    record ShowCreate(ObjectName table) implements Statement {}

    /// SHOW setting.
    record ShowSetting(String name) implements Statement {}

    /// SHOW ALL, SHOW SETTINGS.
    record ShowSettings() implements Statement {}

    // ---- The session
    // -----------------------------------------------------------------------------------------------------

    /// SET name = value, SET name TO value; also SET TIME ZONE value (setting `time_zone`) and SET SCHEMA (setting `schema`).
    record Set(String name, String value) implements Statement {}

    /// PREPARE name AS statement; the types of the parameters, where they are given, are those that the statement asks for.
    record Prepare(String name, String sql) implements Statement {}

    /// EXECUTE name (values).
    ///
    /// @param values a query of one row; null without values
    record Execute(String name, @Nullable QuerySyntax values) implements Statement {}

    /// DEALLOCATE name, DEALLOCATE ALL.
    ///
    /// @param name null for all
    record Deallocate(@Nullable String name) implements Statement {}

    record Reset(String name) implements Statement {}

    record ResetAll() implements Statement {}

    record Use(String schema) implements Statement {}

    /// BEGIN, START TRANSACTION.
    record Begin(boolean readOnly) implements Statement {}

    record Commit() implements Statement {}

    record Rollback() implements Statement {}

    /// KILL QUERY id.
    record Kill(String queryId) implements Statement {}

    // ---- The machine
    // -----------------------------------------------------------------------------------------------------

    /// CHECKPOINT: seal and write what is only in the log.
    record Checkpoint() implements Statement {}

    /// CHECK TABLE table: read all of it, and say what is wrong.
    record CheckTable(ObjectName table) implements Statement {}

    /// RESTORE PART 'name': read a broken part again, whose file was put back.
    record RestorePart(String name) implements Statement {}

    /// DROP PART 'name' FORGET: give a broken part up, with its rows.
    record ForgetPart(String name) implements Statement {}

    /// OPTIMIZE TABLE table: merge its parts now.
    record Optimize(ObjectName table) implements Statement {}
}
