package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that arrive as batches, for one atomic insert: no SQL text, no pipeline.
final class TableInsert implements Session.BulkInsert {
    private final Transaction transaction;
    private final SessionTransaction session;
    private final Appender appender;
    private final TableDefinition table;
    private final Schema columns;
    private final int[] sourceOf;
    private final List<Value> defaults;
    private final EvaluationContext context;
    private @Nullable Projector casts;
    private List<Type> castFrom = List.of();
    private final String tokenName;
    private final @Nullable UsedToken known;
    private final @Nullable ContentHash content;
    private final Database database;
    private long rowCount;
    private boolean committed;

    private TableInsert(
            Database database,
            Transaction transaction,
            SessionTransaction session,
            TableDefinition table,
            Schema columns,
            int[] sourceOf,
            List<Value> defaults,
            String tokenName,
            EvaluationContext context) {
        this.database = database;
        this.tokenName = tokenName;
        this.known = tokenName.isEmpty() ? null : transaction.usedToken(table.id(), tokenName);
        this.content = tokenName.isEmpty() ? null : new ContentHash();
        this.transaction = transaction;
        this.session = session;
        this.appender = transaction.appender(table.id());
        this.table = table;
        this.columns = columns;
        this.sourceOf = sourceOf;
        this.defaults = defaults;
        this.context = context;
    }

    static TableInsert begin(
            EngineParts parts,
            SessionState session,
            String schema,
            String name,
            List<String> columnNames,
            String token) {
        Transaction open = session.transaction().forWriting();
        if (open == null && !token.isEmpty()) {
            parts.database().awaitCommits(); // one under the same token may be on its way
        }
        Transaction transaction = open == null ? parts.database().begin() : open;
        try {
            DefinitionStatements definitions =
                    new DefinitionStatements(
                            transaction, parts.virtualTables(), session.settings().schema());
            TableDefinition table =
                    definitions.find(
                            new Statement.ObjectName(schema.isEmpty() ? null : schema, name));
            int[] sourceOf = sources(table, columnNames);
            StatementRun run =
                    new StatementRun(
                            parts, session, transaction.snapshot(), parts.queries().unlisted());
            EvaluationContext context = run.evaluation(List.of(), List.of());
            return new TableInsert(
                    parts.database(),
                    transaction,
                    session.transaction(),
                    table,
                    schema(table, columnNames),
                    sourceOf,
                    defaults(run, table, sourceOf),
                    token,
                    context);
        } catch (Throwable failure) {
            giveUp(transaction, session.transaction());
            throw failure;
        }
    }

    /// For each column of the table the position among the given ones, −1 where it is not given.
    private static int[] sources(TableDefinition table, List<String> names) {
        int[] sources = new int[table.columns().size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = names.isEmpty() ? i : -1;
        }
        for (int given = 0; given < names.size(); given++) {
            int at = table.rowSchema().indexOf(names.get(given));
            if (at < 0) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "table " + table.qualifiedName() + " has no column " + names.get(given));
            }
            if (sources[at] >= 0) {
                throw new BasaltException(
                        ErrorCode.DUPLICATE_COLUMN,
                        "column " + names.get(given) + " stands twice in the insert");
            }
            sources[at] = given;
        }
        return sources;
    }

    private static Schema schema(TableDefinition table, List<String> names) {
        if (names.isEmpty()) {
            return table.rowSchema();
        }
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(table.rowSchema().field(table.rowSchema().indexOf(name)));
        }
        return new Schema(fields);
    }

    /// The value of each column that is not given: its DEFAULT, computed once, or NULL.
    private static List<Value> defaults(StatementRun run, TableDefinition table, int[] sourceOf) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < sourceOf.length; i++) {
            ColumnDefinition column = table.columns().get(i);
            String sql = column.defaultSql();
            if (sourceOf[i] >= 0 || sql == null) {
                values.add(Value.NULL);
            } else {
                String cast = "SELECT CAST((" + sql + ") AS " + column.type().sql() + ")";
                PlannedQuery planned = run.planner().plan(cast);
                values.add(run.single(planned));
            }
        }
        return values;
    }

    @Override
    public Schema columns() {
        return columns;
    }

    @Override
    public void append(Batch rows) {
        if (rows.columnCount() != columns.size()) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "the insert into "
                            + table.qualifiedName()
                            + " takes "
                            + columns.size()
                            + " columns, but "
                            + rows.columnCount()
                            + " were given");
        }
        Batch given = cast(rows);
        if (content != null) {
            content.add(given);
        }
        rowCount += rows.rowCount();
        if (known == null) {
            appendAll(given);
        }
    }

    private void appendAll(Batch rows) {
        List<Vector> all = new ArrayList<>(sourceOf.length);
        for (int i = 0; i < sourceOf.length; i++) {
            all.add(
                    sourceOf[i] >= 0
                            ? rows.column(sourceOf[i])
                            : new ConstantVector(
                                    table.columns().get(i).type(), rows.size(), defaults.get(i)));
        }
        appender.append(new Batch(rows.size(), all, rows.selection()));
    }

    private Batch cast(Batch rows) {
        List<Type> types = rows.columns().stream().map(Vector::type).toList();
        if (casts == null || !types.equals(castFrom)) {
            List<Expression> expressions = new ArrayList<>();
            for (int c = 0; c < types.size(); c++) {
                Expression column = new Expression.Column(c, types.get(c));
                Type wanted = columns.type(c);
                expressions.add(
                        types.get(c).equals(wanted)
                                ? column
                                : new Expression.Cast(column, wanted, false));
            }
            casts = Projector.of(expressions, context);
            castFrom = types;
        }
        return new Batch(rows.size(), casts.project(rows).columns(), rows.selection());
    }

    @Override
    public long commit() {
        appender.close();
        InsertToken token = content == null ? null : content.token(tokenName);
        if (token != null && known != null) {
            long rows = token.repeat(known, table);
            end();
            return rows;
        }
        if (token != null) {
            transaction.inserted(table.id(), token, rowCount);
        }
        transaction.checkKeys(table.id());
        if (!isPartOf(transaction, session)) {
            return commitAlone(token);
        }
        committed = true;
        return rowCount;
    }

    /// Where another insert under the token was faster, its answer is this one's.
    private long commitAlone(@Nullable InsertToken token) {
        try {
            transaction.commit();
            committed = true;
            return rowCount;
        } catch (BasaltException lost) {
            if (token == null || lost.code() != ErrorCode.SERIALIZATION_FAILURE) {
                throw lost;
            }
            database.awaitCommits();
            try (Transaction later = database.begin()) {
                UsedToken faster = later.usedToken(table.id(), tokenName);
                if (faster == null) {
                    throw lost;
                }
                return token.repeat(faster, table);
            }
        }
    }

    private void end() {
        committed = true;
        if (!isPartOf(transaction, session)) {
            transaction.close();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a transaction is itself
    private static boolean isPartOf(Transaction transaction, SessionTransaction session) {
        return session.isActive() && session.current() == transaction;
    }

    /// Rows that a larger transaction has taken in cannot be taken out again: it fails as a whole.
    private static void giveUp(Transaction transaction, SessionTransaction session) {
        session.fail(transaction);
        transaction.close();
    }

    @Override
    public void close() {
        if (!committed) {
            appender.close();
            giveUp(transaction, session);
        }
    }
}
