package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.QuerySyntax;
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
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
        this.state = new SessionState(user, parts.database());
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

    @Override
    public void set(String name, String value) {
        try (DatabaseSnapshot snapshot = parts.database().snapshot()) {
            SettingStatements.set(
                    state.settings(), name, value, snapshot.catalog(), parts.virtualTables());
        }
    }

    private Result executeOne(String sql, List<Parameter> parameters) {
        return executeOne(sql, parameters, StatementRun.Origin.TEXT);
    }

    /// Executes a statement that was [described][#describe] before.
    Result executePrepared(String sql, List<Parameter> parameters) {
        return executeOne(sql, parameters, StatementRun.Origin.PREPARED);
    }

    private Result executeOne(String sql, List<Parameter> parameters, StatementRun.Origin origin) {
        state.begin();
        QueryLog.Running query = parts.queries().begin(state.user(), sql);
        state.began(query);
        Result result;
        try {
            result = run(sql, parameters, query, origin);
        } catch (BasaltException failure) {
            state.transaction().fail();
            query.ended(0, failure.text());
            throw failure;
        } catch (Throwable failure) {
            state.transaction().fail();
            query.ended(0, "internal error");
            throw failure;
        }
        if (!(result instanceof ExecutionResult)) {
            query.ended(0, "");
        }
        return result;
    }

    private Result run(
            String sql,
            List<Parameter> parameters,
            QueryLog.Running query,
            StatementRun.Origin origin) {
        ValueRows rows = state.valueRows(sql);
        if (rows != null) {
            beginUnlessAutocommit();
        }
        Result inserted = rows == null ? null : insert(sql, rows, parameters, query);
        return inserted == null ? runPlanned(sql, parameters, query, origin) : inserted;
    }

    /// Inserts rows that stand in the text; null where that is the planner's work.
    private @Nullable Result insert(
            String sql, ValueRows rows, List<Parameter> parameters, QueryLog.Running query) {
        InsertToken token = token(sql, List.of(parameters));
        Writes.Outcome outcome =
                writes().run(transaction -> append(rows, parameters, token, transaction, query));
        return outcome.rows() == NOT_DIRECT
                ? null
                : RowsResult.count(outcome.rows(), query.id(), outcome.commit());
    }

    private @Nullable InsertToken token(String sql, List<List<Parameter>> executions) {
        return ContentHash.ofStatement(state.settings().get(Setting.INSERT_TOKEN), sql, executions);
    }

    private long append(
            ValueRows rows,
            List<Parameter> parameters,
            @Nullable InsertToken token,
            Transaction transaction,
            QueryLog.Running query) {
        ObjectName target = rows.target();
        TableDefinition table =
                transaction
                        .catalog()
                        .table(target.schemaOr(state.settings().schema()), target.name());
        if (table == null) {
            return NOT_DIRECT;
        }
        DirectInsert insert =
                state.directInsert(table, rows, ruled -> run(transaction, query).ruleOf(ruled));
        List<Batch> batches = insert == null ? null : insert.batches(parameters);
        if (insert == null || batches == null) {
            return NOT_DIRECT;
        }
        return TokenedInsert.once(
                transaction,
                table,
                token,
                () ->
                        insert.rule() instanceof KeyRule.Refuse
                                ? append(table, batches, transaction)
                                : new RuledRows(table, insert.rule(), writes().isAlone())
                                        .write(
                                                batches,
                                                transaction,
                                                run(transaction, query)
                                                        .evaluation(List.of(), List.of())));
    }

    private StatementRun run(Transaction transaction, QueryLog.Running query) {
        return run(transaction, query, StatementRun.Origin.TEXT);
    }

    private StatementRun run(
            Transaction transaction, QueryLog.Running query, StatementRun.Origin origin) {
        return new StatementRun(parts, state, transaction.snapshot(), query, origin);
    }

    private static long append(
            TableDefinition table, List<Batch> batches, Transaction transaction) {
        long rows = 0;
        try (Appender appender = transaction.appender(table.id())) {
            for (Batch batch : batches) {
                appender.append(batch);
                rows += batch.rowCount();
            }
        }
        transaction.checkKeys(table.id());
        return rows;
    }

    /// A query keeps the snapshot that it was planned at; every other statement lets it go and takes what it needs.
    private Result runPlanned(
            String sql,
            List<Parameter> parameters,
            QueryLog.Running query,
            StatementRun.Origin origin) {
        SessionTransaction session = state.transaction();
        if (session.hasFailed() || (!session.isActive() && !state.settings().autocommit())) {
            Statement statement = parts.frontEnd().parse(sql);
            if (statement instanceof Statement.Commit || statement instanceof Statement.Rollback) {
                return endTransaction(statement, query);
            }
            beginWith(statement);
        }
        Transaction transaction = session.current();
        DatabaseSnapshot snapshot = snapshot(transaction);
        boolean handedOver = false;
        Named named;
        try {
            StatementRun run = new StatementRun(parts, state, snapshot, query, origin);
            SqlFrontEnd.Prepared prepared = run.withColumns(run.planner().prepare(sql, parameters));
            PlannedQuery planned = prepared.planned();
            if (PreparedStatement.isQuery(prepared.statement()) && planned != null) {
                QueryExecution execution = run.start(planned, parameters, null);
                handedOver = true;
                return new ExecutionResult(
                        execution,
                        planned.columns(),
                        snapshot,
                        query,
                        () -> session.fail(transaction));
            }
            switch (prepared.statement()) {
                case Statement.Prepare(String name, String inner) -> {
                    state.named().put(name, inner);
                    return RowsResult.count(0, query.id(), snapshot.commit());
                }
                case Statement.Deallocate(@Nullable String name) -> {
                    state.named().remove(name);
                    return RowsResult.count(0, query.id(), snapshot.commit());
                }
                case Statement.Execute(String name, @Nullable QuerySyntax values) ->
                        named = new Named(state.named().sql(name), arguments(values, run));
                default -> {
                    return dispatch(sql, prepared.statement(), parameters, run, query);
                }
            }
        } finally {
            if (!handedOver) {
                snapshot.close();
            }
        }
        return run(named.sql(), named.values(), query, StatementRun.Origin.PREPARED);
    }

    /// A prepared statement with the values for its parameters.
    private record Named(String sql, List<Parameter> values) {}

    /// The values behind EXECUTE.
    private static List<Parameter> arguments(@Nullable QuerySyntax values, StatementRun run) {
        if (values == null) {
            return List.of();
        }
        PlannedQuery planned = run.planner().plan(values);
        List<Value> row = run.row(planned);
        List<Parameter> arguments = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            arguments.add(new Parameter(row.get(i), planned.columns().type(i)));
        }
        return arguments;
    }

    /// What the statement sees, to be closed by whoever asks.
    private DatabaseSnapshot snapshot(@Nullable Transaction transaction) {
        return transaction == null ? parts.database().snapshot() : transaction.pinnedSnapshot();
    }

    /// Without autocommit, a statement that reads or writes rows or definitions begins a transaction where none is open.
    private void beginWith(Statement statement) {
        boolean ofTheSession =
                switch (statement) {
                    case Statement.Begin _, Statement.Commit _, Statement.Rollback _ -> true;
                    case Statement.Set _, Statement.Reset _, Statement.ResetAll _ -> true;
                    case Statement.Use _, Statement.ShowSetting _, Statement.ShowSettings _ -> true;
                    case Statement.Kill _, Statement.Checkpoint _, Statement.Optimize _ -> true;
                    case Statement.CheckTable _, Statement.RestorePart _ -> true;
                    case Statement.ForgetPart _ -> true;
                    case Statement.Query _, Statement.Pivot _, Statement.Unpivot _ -> false;
                    case Statement.Insert _, Statement.InsertDefaults _ -> false;
                    case Statement.Update _, Statement.Delete _, Statement.Truncate _ -> false;
                    case Statement.Merge _ -> false;
                    case Statement.AlterTable _, Statement.CommentOn _ -> false;
                    case Statement.CreateMacro _, Statement.CreateJavaRoutine _ -> false;
                    case Statement.DropMacro _ -> false;
                    case Statement.CreateType _, Statement.DropType _ -> false;
                    case Statement.AlterType _ -> false;
                    case Statement.CopyFrom _, Statement.CopyTo _, Statement.Explain _ -> false;
                    case Statement.CreateTable _, Statement.CreateTableAs _ -> false;
                    case Statement.CreateTableLike _, Statement.CreateSchema _ -> false;
                    case Statement.CreateView _, Statement.DropTable _ -> false;
                    case Statement.DropView _, Statement.DropSchema _ -> false;
                    case Statement.Show _, Statement.Describe _, Statement.ShowCreate _ -> false;
                    case Statement.DescribeQuery _, Statement.Summarize _ -> false;
                    case Statement.Prepare _, Statement.Deallocate _ -> true;
                    // what it executes begins one where it has to
                    case Statement.Execute _ -> true;
                };
        if (!ofTheSession) {
            beginUnlessAutocommit();
        }
    }

    private void beginUnlessAutocommit() {
        if (!state.settings().autocommit() && !state.transaction().isActive()) {
            state.transaction().begin(false);
        }
    }

    private Result endTransaction(Statement statement, QueryLog.Running query) {
        TransactionStatements statements =
                new TransactionStatements(state.transaction(), parts.database(), query.id());
        boolean needed = state.settings().autocommit();
        return statement instanceof Statement.Commit
                ? statements.commit(needed)
                : statements.rollback(needed);
    }

    private Result dispatch(
            String sql,
            Statement statement,
            List<Parameter> parameters,
            StatementRun run,
            QueryLog.Running query) {
        return switch (statement) {
            case Statement.Query _, Statement.Summarize _, Statement.Pivot _, Statement.Unpivot _ ->
                    throw new AssertionError("a query without plan");
            case Statement.Prepare _, Statement.Execute _, Statement.Deallocate _ ->
                    throw new AssertionError("carried out before");
            case Statement.Insert _, Statement.InsertDefaults _ ->
                    change(sql, parameters, query, run.origin());
            case Statement.Update _, Statement.Delete _ ->
                    change(sql, parameters, query, run.origin());
            case Statement.Merge merge -> merge(merge, parameters, query);
            case Statement.CopyFrom copy ->
                    new CopyStatements(parts, state, query).copyFrom(copy, token(sql, List.of()));
            case Statement.CopyTo copy -> new CopyStatements(parts, state, query).copyTo(copy, run);
            case Statement.CreateTableAs create -> createTableAs(create, parameters, query);
            case Statement.CreateTable create -> define(query, d -> d.createTable(create));
            case Statement.CreateTableLike create -> define(query, d -> d.createTableLike(create));
            case Statement.CreateSchema create -> define(query, d -> d.createSchema(create));
            case Statement.CreateView create -> createView(create, query);
            case Statement.DropTable drop -> define(query, d -> d.dropTable(drop));
            case Statement.DropView drop -> define(query, d -> d.dropView(drop));
            case Statement.DropSchema drop -> define(query, d -> d.dropSchema(drop));
            case Statement.CreateMacro create -> define(query, d -> d.createMacro(create));
            case Statement.CreateJavaRoutine create ->
                    define(query, d -> d.createJavaRoutine(create));
            case Statement.DropMacro drop -> define(query, d -> d.dropMacro(drop));
            case Statement.CreateType create -> define(query, d -> d.createType(create));
            case Statement.DropType drop -> define(query, d -> d.dropType(drop));
            case Statement.AlterType alter -> define(query, d -> d.alterType(alter));
            case Statement.CommentOn comment -> define(query, d -> d.comment(comment));
            case Statement.Truncate truncate -> truncate(truncate, query);
            case Statement.AlterTable alter -> alter(alter, query);
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
            case Statement.Begin begin ->
                    new TransactionStatements(state.transaction(), parts.database(), query.id())
                            .begin(begin);
            case Statement.Commit _, Statement.Rollback _ -> endTransaction(statement, query);
            case Statement.CheckTable check -> check(check, query);
            case Statement.RestorePart restore ->
                    new PartStatements(parts.database(), query.id()).restore(restore);
            case Statement.ForgetPart forget ->
                    new PartStatements(parts.database(), query.id())
                            .forget(forget, writes().isAlone());
            case Statement.Checkpoint _ -> throw unsupported("CHECKPOINT; it happens by itself");
            case Statement.Optimize _ ->
                    throw unsupported("OPTIMIZE; parts are merged by themselves");
        };
    }

    private Result check(Statement.CheckTable check, QueryLog.Running query) {
        try (Transaction names = parts.database().begin()) {
            return new PartStatements(parts.database(), query.id())
                    .check(definitions(names).find(check.table()));
        }
    }

    private static BasaltException unsupported(String what) {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "there is no support for " + what);
    }

    private Result change(
            String sql,
            List<Parameter> parameters,
            QueryLog.Running query,
            StatementRun.Origin origin) {
        RowChange change =
                new RowChange(
                        sql,
                        parameters,
                        writes().isAlone(),
                        token(sql, List.of(parameters)),
                        transaction -> run(transaction, query, origin));
        Writes.Outcome outcome = writes().run(change);
        return change.result(outcome, query.id());
    }

    private Result merge(
            Statement.Merge merge, List<Parameter> parameters, QueryLog.Running query) {
        Writes.Outcome outcome =
                writes().run(transaction ->
                        new MergeRun(
                                        new StatementRun(
                                                parts, state, transaction.snapshot(), query),
                                        merge,
                                        state.settings().schema())
                                .run(parameters, transaction));
        return RowsResult.count(outcome.rows(), query.id(), outcome.commit());
    }

    /// The types of the statement's parameters, as its parts ask for them.
    List<Type> parameters(Statement.Merge merge) {
        try (DatabaseSnapshot snapshot = snapshot(state.transaction().current())) {
            return new MergeRun(
                            new StatementRun(parts, state, snapshot, parts.queries().unlisted()),
                            merge,
                            state.settings().schema())
                    .parameterTypes();
        }
    }

    private Result createTableAs(
            Statement.CreateTableAs create, List<Parameter> parameters, QueryLog.Running query) {
        Writes.Outcome outcome =
                writes().run(transaction -> {
                    StatementRun run = run(transaction, query);
                    PlannedQuery planned = run.planner().plan(create.source());
                    PlannedQuery filling =
                            TableFromQuery.plan(create, planned, definitions(transaction));
                    return filling == null ? 0 : run.count(filling, parameters, transaction);
                });
        return RowsResult.count(outcome.rows(), query.id(), outcome.commit());
    }

    private Writes writes() {
        return new Writes(parts.database(), state.transaction(), parts.contended());
    }

    private DefinitionStatements definitions(Transaction transaction) {
        return new DefinitionStatements(transaction, parts, state.settings());
    }

    /// A change of definitions.
    private interface Change {
        void make(DefinitionStatements definitions);
    }

    private Result define(QueryLog.Running query, Change change) {
        Writes.Outcome outcome =
                writes().run(transaction -> {
                    change.make(definitions(transaction));
                    return 0;
                });
        return RowsResult.count(0, query.id(), outcome.commit());
    }

    private Result alter(Statement.AlterTable alter, QueryLog.Running query) {
        Writes.Outcome outcome =
                writes().run(transaction -> {
                    if (writes().isAlone() && alter.dropsPartitionsOnly()) {
                        transaction.changeBlindly();
                    }
                    new AlterStatements(
                                    transaction,
                                    definitions(transaction),
                                    snapshot -> new StatementRun(parts, state, snapshot, query))
                            .alter(alter);
                    return 0;
                });
        return RowsResult.count(0, query.id(), outcome.commit());
    }

    /// Alone it takes the rows that are there by then.
    private Result truncate(Statement.Truncate truncate, QueryLog.Running query) {
        Writes.Outcome outcome =
                writes().run(transaction -> {
                    if (writes().isAlone()) {
                        transaction.changeBlindly();
                    }
                    definitions(transaction).truncate(truncate);
                    return 0;
                });
        return RowsResult.count(0, query.id(), outcome.commit());
    }

    private Result createView(Statement.CreateView create, QueryLog.Running query) {
        Writes.Outcome outcome =
                writes().run(transaction -> {
                    StatementRun run = run(transaction, query);
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
        return new ExplainStatements(run, query.id())
                .execute(explain, run.planner().plan(sql, parameters), parameters);
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
        if (state.transaction().hasFailed()) {
            Statement statement = parts.frontEnd().parse(sql);
            if (statement instanceof Statement.Commit || statement instanceof Statement.Rollback) {
                return new SqlFrontEnd.Prepared(statement, null);
            }
        }
        try (DatabaseSnapshot snapshot = snapshot(state.transaction().current())) {
            StatementRun run =
                    new StatementRun(
                            parts,
                            state,
                            snapshot,
                            parts.queries().unlisted(),
                            StatementRun.Origin.PREPARED);
            return run.withColumns(run.planner().prepare(sql));
        } catch (Throwable failure) {
            state.transaction().fail();
            throw failure;
        }
    }

    @Override
    public <R> R during(Map<String, String> settings, Supplier<R> work) {
        checkOpen();
        Runnable giveBack = state.settings().lend(settings);
        try {
            return work.get();
        } finally {
            giveBack.run();
        }
    }

    @Override
    public long executeAll(String sql, List<List<Parameter>> executions, String token) {
        checkOpen();
        return during(
                token.isEmpty() ? Map.of() : Map.of(Setting.INSERT_TOKEN.key(), token),
                () -> executeAll(sql, executions));
    }

    private long executeAll(String sql, List<List<Parameter>> executions) {
        state.begin();
        QueryLog.Running query = parts.queries().begin(state.user(), sql);
        state.began(query);
        try {
            beginUnlessAutocommit();
            StatementBatch batch =
                    new StatementBatch(
                            sql,
                            executions,
                            token(sql, executions),
                            transaction -> run(transaction, query, StatementRun.Origin.PREPARED));
            long rows = writes().run(batch).rows();
            query.ended(0, "");
            return rows;
        } catch (BasaltException failure) {
            state.transaction().fail();
            query.ended(0, failure.text());
            throw failure;
        } catch (Throwable failure) {
            state.transaction().fail();
            query.ended(0, "internal error");
            throw failure;
        }
    }

    @Override
    public BulkInsert insert(String schema, String table, List<String> columns, String token) {
        checkOpen();
        beginUnlessAutocommit();
        try {
            return TableInsert.plain(parts, state, schema, table, columns, tokenName(token));
        } catch (Throwable failure) {
            state.transaction().fail();
            throw failure;
        }
    }

    private String tokenName(String token) {
        return token.isEmpty() ? state.settings().get(Setting.INSERT_TOKEN) : token;
    }

    @Override
    public @Nullable BulkInsert insert(String sql, int parameterCount, String token) {
        checkOpen();
        ValueRows rows = state.valueRows(sql);
        if (rows == null || !rows.isRowOfParameters() || rows.width() != parameterCount) {
            return null;
        }
        beginUnlessAutocommit();
        try {
            return TableInsert.of(parts, state, rows, tokenName(token));
        } catch (Throwable failure) {
            state.transaction().fail();
            throw failure;
        }
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

    @Override
    public String timeZone() {
        return state.settings().zone().getId();
    }

    /// How many plans of statements that come again it keeps for itself.
    int keptPlans() {
        return state.preparedPlans().size();
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
        state.transaction().end();
    }
}
