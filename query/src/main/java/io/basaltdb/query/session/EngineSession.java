package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.query.sql.StatementSplitter;
import io.basaltdb.query.sql.ValueRows;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client's session: finds out what kind of statement a text is and hands it to the family that carries it out.
public final class EngineSession implements Session {
    private static final Schema COMPLETIONS =
            Schema.of(
                    new Field("text", Type.TEXT, false),
                    new Field("kind", Type.TEXT, false),
                    new Field("start", Type.INTEGER, false));
    private static final long NOT_DIRECT = -1;

    private final EngineParts parts;
    private final SessionState state;
    private boolean closed;

    public EngineSession(EngineParts parts, String user) {
        this.parts = parts;
        this.state = new SessionState(user);
    }

    @Override
    public Prepared prepare(String sql) {
        checkOpen();
        return new PreparedStatement(this, sql);
    }

    @Override
    public Result execute(String sql, List<Parameter> parameters) {
        checkOpen();
        if (state.valueRows(sql) != null) {
            return executeOne(sql, parameters);
        }
        List<String> statements = StatementSplitter.split(sql).all();
        if (statements.isEmpty()) {
            return RowsResult.count(0, 0, parts.database().lastCommit());
        }
        for (String earlier : statements.subList(0, statements.size() - 1)) {
            try (Result result = executeOne(earlier, List.of())) {
                drain(result);
            }
        }
        return executeOne(statements.getLast(), parameters);
    }

    private static void drain(Result result) {
        while (result.next() != null) {
            // The rows of all statements but the last are not given.
        }
    }

    Result executeOne(String sql, List<Parameter> parameters) {
        state.begin();
        QueryLog.Running query = parts.queries().begin(state.user(), sql);
        state.began(query);
        Result result;
        try {
            result = run(sql, parameters, query);
        } catch (BasaltException failure) {
            query.ended(0, failure.text());
            throw failure;
        } catch (Throwable failure) {
            query.ended(0, "internal error");
            throw failure;
        }
        if (!(result instanceof ExecutionResult)) {
            query.ended(0, "");
        }
        return result;
    }

    private Result run(String sql, List<Parameter> parameters, QueryLog.Running query) {
        ValueRows rows = state.valueRows(sql);
        Result inserted = rows == null ? null : insert(rows, parameters, query);
        return inserted == null ? runPlanned(sql, parameters, query) : inserted;
    }

    /// Inserts rows that stand in the text; null where that is the planner's work.
    private @Nullable Result insert(
            ValueRows rows, List<Parameter> parameters, QueryLog.Running query) {
        Writes.Outcome outcome =
                Writes.commit(
                        parts.database(), transaction -> append(rows, parameters, transaction));
        return outcome.rows() == NOT_DIRECT
                ? null
                : RowsResult.count(outcome.rows(), query.id(), outcome.commit());
    }

    private long append(ValueRows rows, List<Parameter> parameters, Transaction transaction) {
        ObjectName target = rows.target();
        TableDefinition table =
                transaction
                        .snapshot()
                        .catalog()
                        .table(target.schemaOr(state.settings().schema()), target.name());
        DirectInsert insert = table == null ? null : state.directInsert(table, rows);
        List<Batch> batches = insert == null ? null : insert.batches(parameters);
        if (table == null || batches == null) {
            return NOT_DIRECT;
        }
        try (Appender appender = transaction.appender(table.id())) {
            for (Batch batch : batches) {
                appender.append(batch);
            }
        }
        return rows.rows().size();
    }

    /// A query keeps the snapshot that it was planned at; every other statement lets it go and takes what it needs.
    private Result runPlanned(String sql, List<Parameter> parameters, QueryLog.Running query) {
        DatabaseSnapshot snapshot = parts.database().snapshot();
        boolean handedOver = false;
        try {
            StatementRun run = new StatementRun(parts, state, snapshot, query);
            SqlFrontEnd.Prepared prepared = run.planner().prepare(sql);
            PlannedQuery planned = prepared.planned();
            if (prepared.statement() instanceof Statement.Query && planned != null) {
                QueryExecution execution = run.start(planned, parameters, null);
                handedOver = true;
                return new ExecutionResult(execution, planned.columns(), snapshot, query);
            }
            return dispatch(sql, prepared.statement(), parameters, run, query);
        } finally {
            if (!handedOver) {
                snapshot.close();
            }
        }
    }

    private Result dispatch(
            String sql,
            Statement statement,
            List<Parameter> parameters,
            StatementRun run,
            QueryLog.Running query) {
        return switch (statement) {
            case Statement.Query _ -> throw new AssertionError("a query without plan");
            case Statement.Insert _, Statement.InsertDefaults _ -> change(sql, parameters, query);
            case Statement.Update _, Statement.Delete _ -> change(sql, parameters, query);
            case Statement.CopyFrom copy -> new CopyStatements(parts, state, query).copyFrom(copy);
            case Statement.CopyTo copy -> new CopyStatements(parts, state, query).copyTo(copy);
            case Statement.CreateTableAs create -> createTableAs(create, parameters, query);
            case Statement.CreateTable create -> define(query, d -> d.createTable(create));
            case Statement.CreateTableLike create -> define(query, d -> d.createTableLike(create));
            case Statement.CreateSchema create -> define(query, d -> d.createSchema(create));
            case Statement.CreateView create -> createView(create, query);
            case Statement.DropTable drop -> define(query, d -> d.dropTable(drop));
            case Statement.DropView drop -> define(query, d -> d.dropView(drop));
            case Statement.DropSchema drop -> define(query, d -> d.dropSchema(drop));
            case Statement.Truncate truncate -> define(query, d -> d.truncate(truncate));
            case Statement.Explain explain -> explain(sql, explain, parameters, run, query);
            case Statement.Show _,
                    Statement.Describe _,
                    Statement.DescribeQuery _,
                    Statement.ShowCreate _ ->
                    new ShowStatements(run, state, query.id()).execute(statement);
            case Statement.ShowSetting _,
                    Statement.ShowSettings _,
                    Statement.Set _,
                    Statement.Reset _,
                    Statement.ResetAll _,
                    Statement.Use _ ->
                    new SettingStatements(run, state, query.id()).execute(statement);
            case Statement.Kill kill -> kill(kill, query);
            case Statement.Begin _, Statement.Commit _, Statement.Rollback _ ->
                    throw unsupported(
                            "transactions of several statements; each statement commits by itself");
            case Statement.Checkpoint _ -> throw unsupported("CHECKPOINT; it happens by itself");
            case Statement.Optimize _ ->
                    throw unsupported("OPTIMIZE; parts are merged by themselves");
        };
    }

    private static BasaltException unsupported(String what) {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "there is no support for " + what);
    }

    private Result change(String sql, List<Parameter> parameters, QueryLog.Running query) {
        Writes.Outcome outcome =
                Writes.commit(
                        parts.database(),
                        transaction -> {
                            StatementRun run =
                                    new StatementRun(parts, state, transaction.snapshot(), query);
                            return run.count(run.planner().plan(sql), parameters, transaction);
                        });
        return RowsResult.count(outcome.rows(), query.id(), outcome.commit());
    }

    private Result createTableAs(
            Statement.CreateTableAs create, List<Parameter> parameters, QueryLog.Running query) {
        Writes.Outcome outcome =
                Writes.commit(
                        parts.database(),
                        transaction -> {
                            StatementRun run =
                                    new StatementRun(parts, state, transaction.snapshot(), query);
                            PlannedQuery planned = run.planner().plan(create.source());
                            PlannedQuery filling =
                                    TableFromQuery.plan(create, planned, definitions(transaction));
                            return filling == null
                                    ? 0
                                    : run.count(filling, parameters, transaction);
                        });
        return RowsResult.count(outcome.rows(), query.id(), outcome.commit());
    }

    private DefinitionStatements definitions(Transaction transaction) {
        return new DefinitionStatements(
                transaction, parts.virtualTables(), state.settings().schema());
    }

    /// A change of definitions.
    private interface Change {
        void make(DefinitionStatements definitions);
    }

    private Result define(QueryLog.Running query, Change change) {
        Writes.Outcome outcome =
                Writes.commit(
                        parts.database(),
                        transaction -> {
                            change.make(definitions(transaction));
                            return 0;
                        });
        return RowsResult.count(0, query.id(), outcome.commit());
    }

    private Result createView(Statement.CreateView create, QueryLog.Running query) {
        Writes.Outcome outcome =
                Writes.commit(
                        parts.database(),
                        transaction -> {
                            StatementRun run =
                                    new StatementRun(parts, state, transaction.snapshot(), query);
                            Schema columns = run.planner().plan(create.query()).columns();
                            definitions(transaction).createView(create, columns);
                            return 0;
                        });
        return RowsResult.count(0, query.id(), outcome.commit());
    }

    private Result explain(
            String sql,
            Statement.Explain explain,
            List<Parameter> parameters,
            StatementRun run,
            QueryLog.Running query) {
        if (explain.format() == Statement.Explain.Format.JSON) {
            throw unsupported("EXPLAIN (FORMAT JSON); leave the format out");
        }
        return new ExplainStatements(run, query.id())
                .execute(explain, run.planner().plan(sql), parameters);
    }

    private Result kill(Statement.Kill kill, QueryLog.Running query) {
        long id;
        try {
            id = Long.parseLong(kill.queryId());
        } catch (NumberFormatException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "KILL QUERY needs the number of a query as in system.queries, but '"
                            + kill.queryId()
                            + "' was found",
                    e);
        }
        if (!parts.queries().cancel(id)) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_OBJECT, "no query with number " + id + " is running");
        }
        return RowsResult.count(0, query.id(), parts.database().lastCommit());
    }

    /// The statement and its plan as of now, for a client that asks before it executes.
    SqlFrontEnd.Prepared describe(String sql) {
        state.begin();
        try (DatabaseSnapshot snapshot = parts.database().snapshot()) {
            return new StatementRun(parts, state, snapshot, parts.queries().unlisted())
                    .planner()
                    .prepare(sql);
        }
    }

    @Override
    public BulkInsert insert(String schema, String table, List<String> columns) {
        checkOpen();
        return TableInsert.begin(parts, state, schema, table, columns);
    }

    @Override
    public Result complete(String text, int cursor) {
        checkOpen();
        try (DatabaseSnapshot snapshot = parts.database().snapshot()) {
            List<List<Value>> rows = new ArrayList<>();
            for (Completions.Completion found :
                    Completions.of(
                            snapshot.catalog(),
                            parts.virtualTables(),
                            state.settings(),
                            text,
                            cursor)) {
                rows.add(
                        List.of(
                                Value.of(found.text()),
                                Value.of(found.kind()),
                                Value.of(found.start())));
            }
            return RowsResult.rows(COMPLETIONS, rows, 0, snapshot.commit());
        }
    }

    @Override
    public void cancel() {
        state.cancel();
    }

    @Override
    public QueryProgress progress() {
        return state.progress();
    }

    @Override
    public String currentSchema() {
        return state.settings().schema();
    }

    private void checkOpen() {
        if (closed) {
            throw new BasaltException(
                    ErrorCode.CONNECTION_FAILURE, "the session was closed; open a new one");
        }
    }

    @Override
    public void close() {
        closed = true;
        state.cancel();
    }
}
