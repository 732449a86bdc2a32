package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryContext;
import io.basaltdb.query.execution.QueryExecution;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.SharedResults;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.sql.Pivoting;
import io.basaltdb.query.sql.PlanCache;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.query.sql.Unpivoting;
import io.basaltdb.query.sql.ValueRows;
import io.basaltdb.query.system.SystemContext;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.catalog.ViewDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.table.BackgroundJob;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.LogFile;
import io.basaltdb.storage.table.MemoryUse;
import io.basaltdb.storage.table.SnapshotLease;
import io.basaltdb.storage.table.StagedIngest;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.table.WrittenBytes;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One statement at one snapshot: its names, its planner, its values, and how its plan is started.
final class StatementRun implements SystemContext {
    private final EngineParts parts;
    private final SessionState session;
    private final DatabaseSnapshot snapshot;
    private final SnapshotRelations relations;
    private final Planner planner;
    private final QueryLog.Running query;
    private final Origin origin;

    StatementRun(
            EngineParts parts,
            SessionState session,
            DatabaseSnapshot snapshot,
            QueryLog.Running query) {
        this(parts, session, snapshot, query, Origin.TEXT);
    }

    StatementRun(
            EngineParts parts,
            SessionState session,
            DatabaseSnapshot snapshot,
            QueryLog.Running query,
            Origin origin) {
        this.parts = parts;
        this.session = session;
        this.snapshot = snapshot;
        this.query = query;
        this.origin = origin;
        this.relations =
                new SnapshotRelations(
                        this, parts.virtualTables(), parts.formats(), session.settings().zone());
        this.planner =
                new Planner(
                        parts.frontEnd(),
                        new SessionCatalog(snapshot, parts, relations),
                        session.settings().schema(),
                        reuse(origin),
                        session::isCancelled);
    }

    /// How a statement comes to be executed.
    enum Origin {
        /// Its text was sent.
        TEXT,
        /// It was prepared before, or is executed with many rows of parameters: it comes again.
        PREPARED
    }

    private Planner.Reuse reuse(Origin origin) {
        return switch (session.settings().get(Setting.PLAN_CACHE)) {
            case "on" -> new Planner.Reuse(parts.frontEnd().sharedPlans(), true);
            case "shapes" -> new Planner.Reuse(ofPrepared(origin), true);
            default -> new Planner.Reuse(ofPrepared(origin), false);
        };
    }

    private @Nullable PlanCache ofPrepared(Origin origin) {
        return origin == Origin.PREPARED ? session.preparedPlans() : null;
    }

    Origin origin() {
        return origin;
    }

    Planner planner() {
        return planner;
    }

    VirtualTables virtualTables() {
        return parts.virtualTables();
    }

    SnapshotRelations relations() {
        return relations;
    }

    /// Starts the plan on the workers.
    ///
    /// @param transaction where it writes; null where it only reads
    QueryExecution start(
            PlannedQuery planned,
            List<Session.Parameter> parameters,
            @Nullable Transaction transaction) {
        MemoryBudget memory = memory();
        EvaluationContext values = evaluation(planned.parameters(), parameters);
        relations.fix(values);
        QueryContext context =
                new QueryContext(
                        query.id(),
                        snapshot.commit(),
                        values.withShared(SharedResults.within(memory)),
                        relations,
                        transaction,
                        memory,
                        parts.clock(),
                        deadlineNanos());
        session.running(context::cancel);
        QueryExecution execution = QueryExecution.start(planned.plan(), context, parts.workers());
        query.started(execution::progress, context::cancel);
        return execution;
    }

    private MemoryBudget memory() {
        long limit = session.settings().number(Setting.QUERY_MEMORY_LIMIT);
        return parts.memory()
                .child(
                        "this query",
                        Setting.QUERY_MEMORY_LIMIT.key(),
                        limit == 0 ? parts.memory().limitBytes() : limit);
    }

    private long deadlineNanos() {
        long timeoutMillis = session.settings().number(Setting.QUERY_TIMEOUT);
        return timeoutMillis == 0
                ? QueryContext.NO_DEADLINE
                : parts.clock().monotonicNanos()
                        + Math.min(timeoutMillis, Long.MAX_VALUE / 4_000_000) * 1_000_000;
    }

    /// What is fixed for the execution, with the parameters cast to the types that the plan expects.
    EvaluationContext evaluation(List<Type> types, List<Session.Parameter> parameters) {
        if (types.size() != parameters.size()) {
            throw new BasaltException(
                    ErrorCode.WRONG_PARAMETER_COUNT,
                    "the statement has "
                            + types.size()
                            + " parameters, but "
                            + parameters.size()
                            + " were given");
        }
        EvaluationContext context =
                new EvaluationContext(
                        List.of(),
                        parts.clock().wallMicros(),
                        session.settings().zone(),
                        session.user(),
                        session.settings().schema());
        List<Value> values = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            Session.Parameter given = parameters.get(i);
            values.add(
                    ValueText.convert(given.value(), given.type(), types.get(i), context.zone()));
        }
        return new EvaluationContext(
                        values,
                        context.nowMicros(),
                        context.zone(),
                        context.user(),
                        context.schema())
                .withCommit(snapshot.commit());
    }

    /// Runs a plan that gives one BIGINT.
    long count(PlannedQuery planned, List<Session.Parameter> parameters, Transaction transaction) {
        try (QueryExecution execution = start(planned, parameters, transaction)) {
            long count = 0;
            Batch batch = execution.next();
            while (batch != null) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    int lane = batch.selection() == null ? i : batch.selection().rows()[i];
                    count +=
                            Lanes.value(batch.column(0), lane) instanceof Value.Whole(long rows)
                                    ? rows
                                    : 0;
                }
                batch = execution.next();
            }
            return count;
        }
    }

    /// What becomes of rows whose key is there, by a statement whose rows stand in its text; null where the planner has to see the rows.
    @Nullable KeyRule ruleOf(ValueRows rows) {
        String sql = rows.ruleSql();
        if (sql == null) {
            return new KeyRule.Refuse();
        }
        try {
            PlannedQuery planned = planner.plan(sql);
            return planned.parameters().isEmpty()
                            && planned.plan() instanceof PlanNode.Insert insert
                    ? insert.rule()
                    : null;
        } catch (BasaltException wrong) {
            return null; // said again, and at its place, when the whole statement is planned
        }
    }

    /// A PIVOT or UNPIVOT as the query of the columns that it has at the snapshot; anything else as it is.
    SqlFrontEnd.Prepared withColumns(SqlFrontEnd.Prepared prepared) {
        return switch (prepared.statement()) {
            case Statement.Pivot(Pivoting pivoting) -> generated(() -> query(pivoting));
            case Statement.Unpivot(Unpivoting unpivoting) ->
                    generated(
                            () -> unpivoting.query(names(planner.plan(unpivoting.columnsQuery()))));
            default -> prepared;
        };
    }

    /// The plan of a query that we wrote; errors lose their places, which are not those of the text that was given.
    private SqlFrontEnd.Prepared generated(Supplier<String> sql) {
        try {
            return planner.prepare(sql.get());
        } catch (BasaltException e) {
            throw new BasaltException(e.code(), e.text(), e);
        }
    }

    private String query(Pivoting pivoting) {
        List<List<String>> values = new ArrayList<>();
        for (Pivoting.Key key : pivoting.keys()) {
            values.add(key.values().isEmpty() ? texts(pivoting.valuesOf(key)) : List.of());
        }
        List<String> columns =
                pivoting.groupBy().isEmpty() ? names(planner.plan(pivoting.columns())) : List.of();
        return pivoting.query(values, columns);
    }

    private static List<String> names(PlannedQuery planned) {
        return planned.columns().fields().stream().map(Field::name).toList();
    }

    /// The texts of a query of one column, none of which is NULL.
    private List<String> texts(String sql) {
        List<String> texts = new ArrayList<>();
        try (QueryExecution execution = start(planner.plan(sql), List.of(), null)) {
            Batch batch = execution.next();
            while (batch != null) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    int lane = batch.selection() == null ? i : batch.selection().rows()[i];
                    if (Lanes.value(batch.column(0), lane) instanceof Value.Bytes(byte[] utf8)) {
                        texts.add(new String(utf8, StandardCharsets.UTF_8));
                    }
                }
                batch = execution.next();
            }
        }
        return texts;
    }

    /// The values of a query of one row.
    List<Value> row(PlannedQuery planned) {
        try (QueryExecution execution = start(planned, List.of(), null)) {
            List<Value> row = List.of();
            Batch batch = execution.next();
            while (batch != null) {
                int lane = batch.selection() == null ? 0 : batch.selection().rows()[0];
                row = batch.columns().stream().map(column -> Lanes.value(column, lane)).toList();
                batch = execution.next();
            }
            return row;
        }
    }

    /// The value of a query of one row and column.
    Value single(PlannedQuery planned) {
        try (QueryExecution execution = start(planned, List.of(), null)) {
            Value value = Value.NULL;
            Batch batch = execution.next();
            while (batch != null) {
                if (batch.rowCount() > 0) {
                    value =
                            Lanes.value(
                                    batch.column(0),
                                    batch.selection() == null ? 0 : batch.selection().rows()[0]);
                }
                batch = execution.next();
            }
            return value;
        }
    }

    @Override
    public DatabaseSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public Schema viewColumns(ViewDefinition view) {
        try {
            Planner viewPlanner =
                    new Planner(
                            parts.frontEnd(),
                            new SessionCatalog(snapshot, parts, relations),
                            view.defaultSchema(),
                            reuse(Origin.TEXT),
                            session::isCancelled);
            return viewPlanner.plan(view.sql()).columns();
        } catch (BasaltException broken) {
            return Schema.of();
        }
    }

    @Override
    public List<QueryEntry> queries() {
        return parts.queries().entries();
    }

    @Override
    public List<SettingEntry> settings() {
        return session.settings().entries();
    }

    @Override
    public List<BackgroundJob> backgroundJobs() {
        return parts.database().backgroundJobs();
    }

    @Override
    public List<BackgroundJob.Ended> endedJobs() {
        return parts.database().endedJobs();
    }

    @Override
    public WrittenBytes written(int tableId) {
        return parts.database().written(tableId);
    }

    @Override
    public List<LogFile> logFiles() {
        return parts.database().logFiles();
    }

    @Override
    public List<SnapshotLease> leases() {
        return parts.database().leases().all();
    }

    @Override
    public List<StagedIngest> ingests() {
        return parts.database().ingests().all();
    }

    @Override
    public List<MemoryUse> memoryUse() {
        List<MemoryUse> all = new ArrayList<>(parts.database().memory());
        all.add(new MemoryUse("queries", parts.memory().usedBytes(), parts.memory().limitBytes()));
        return all;
    }

    @Override
    public long manifestCommit() {
        return parts.database().manifestCommit();
    }
}
