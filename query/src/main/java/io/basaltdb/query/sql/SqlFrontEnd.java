package io.basaltdb.query.sql;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.optimizer.Optimizer;
import io.basaltdb.query.optimizer.RowExpressions;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.type.Schema;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/// The door of the front end: text in, statements and plans out. Safe for use by many threads.
public final class SqlFrontEnd implements AutoCloseable {
    private static final long CACHE_BYTES = 32L << 20;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /// A statement that was read, with its plan where it computes rows.
    ///
    /// @param planned of a query, INSERT, UPDATE, DELETE, CREATE TABLE AS (its query), COPY TO (its query), and EXPLAIN of one of these; else null
    public record Prepared(Statement statement, @Nullable PlannedQuery planned) {}

    private final Clock clock;
    private final PlannerThreads threads;
    private final PlanCache sharedPlans = new PlanCache(CACHE_BYTES);
    private final ShapeCache shapes = new ShapeCache();

    /// @param plannerThreads how many statements are planned at the same time
    public SqlFrontEnd(Clock clock, int plannerThreads) {
        this.clock = clock;
        this.threads = new PlannerThreads(plannerThreads);
    }

    /// What one statement's text says, as far as it can be said without the names of the database.
    ///
    /// @throws BasaltException with the place in the text where it cannot be read
    public Statement parse(String sql) {
        return threads.call(() -> StatementParser.parse(sql, NamedTypes.ANY));
    }

    /// The routine that a program declares, such as `net (BIGINT, rate DOUBLE) RETURNS BIGINT DETERMINISTIC`.
    ///
    /// @throws BasaltException with the place in the text where it cannot be read
    public JavaRoutine routine(String declaration, boolean isAggregate, String target) {
        return JavaRoutineParser.declared(declaration, isAggregate, target);
    }

    /// The plans that all sessions share.
    public PlanCache sharedPlans() {
        return sharedPlans;
    }

    /// Reads one statement and plans it, or finds both where the same text was prepared before under the same settings and definitions.
    ///
    /// @param plans where to look and to keep them; null: every text is planned
    /// @param byShape whether a query may take what others that differ only in literals left: its bound tree, never its plan
    /// @param canceled asked now and then; once true the planning ends with QUERY_CANCELED
    /// @throws BasaltException with the place in the text where it is wrong
    public Prepared prepare(
            String sql,
            CatalogView catalog,
            PlanSettings settings,
            @Nullable PlanCache plans,
            boolean byShape,
            BooleanSupplier canceled) {
        @Nullable Prepared known = known(sql, catalog, settings, plans);
        if (known != null) {
            return known;
        }
        boolean published = isPublished(catalog);
        Prepared prepared =
                threads.call(() ->
                        byShape && published && settings.parameterTypes().isEmpty()
                                ? byShape(sql, catalog, settings, canceled)
                                : anew(sql, catalog, settings, canceled));
        if (plans != null
                && published
                && prepared.planned() != null
                && CacheRule.mayKeep(prepared.statement())) {
            plans.put(new PlanCache.Key(sql, settings, catalog.version()), prepared);
        }
        return prepared;
    }

    /// What was prepared before under the same settings and definitions, and is kept in the cache.
    public @Nullable Prepared known(
            String sql, CatalogView catalog, PlanSettings settings, @Nullable PlanCache plans) {
        return plans == null || !isPublished(catalog)
                ? null
                : plans.find(new PlanCache.Key(sql, settings, catalog.version()));
    }

    private static boolean isPublished(CatalogView catalog) {
        return catalog.version() != CatalogSnapshot.UNPUBLISHED;
    }

    private Prepared anew(
            String sql, CatalogView catalog, PlanSettings settings, BooleanSupplier canceled) {
        Statement statement = StatementParser.parse(sql, catalog::type);
        return new Prepared(statement, planned(statement, catalog, settings, canceled));
    }

    private Prepared byShape(
            String sql, CatalogView catalog, PlanSettings settings, BooleanSupplier canceled) {
        @Nullable QueryShape shape = QueryShape.of(SqlLexer.tokens(sql));
        if (shape == null) {
            return anew(sql, catalog, settings, canceled);
        }
        ShapeCache.Key key = new ShapeCache.Key(shape.text(), settings, catalog.version());
        ShapeCache.@Nullable Entry entry = shapes.find(key);
        @Nullable BoundShape known = entry == null ? null : entry.tree();
        boolean isFresh = known != null && known.isFresh(catalog);
        if (known != null && isFresh && known.take()) {
            try {
                @Nullable RelNode tree = known.tree(shape);
                if (tree != null) {
                    return new Prepared(
                            known.statement(),
                            planned(
                                    known.bound(),
                                    tree,
                                    known.isPrepared(),
                                    known.bound().labels(),
                                    catalog,
                                    settings,
                                    canceled));
                }
            } finally {
                known.giveBack();
            }
        }
        Statement statement = StatementParser.parse(sql, catalog::type);
        if (!(statement instanceof Statement.Query(QuerySyntax query))) {
            return new Prepared(statement, planned(statement, catalog, settings, canceled));
        }
        Binder.Bound bound = new Binder(catalog).bind(query, settings.schema());
        PlannedQuery planned =
                planned(bound, bound.rel(), false, bound.labels(), catalog, settings, canceled);
        if (entry == null) {
            shapes.put(key, ShapeCache.Entry.SEEN);
        } else if (!entry.isDecided() || (known != null && !isFresh)) {
            @Nullable BoundShape made =
                    BoundShape.of(sql, shape, statement, bound, catalog, settings.schema());
            shapes.put(key, new ShapeCache.Entry(made, true));
        }
        return new Prepared(statement, planned);
    }

    /// How many shapes of queries have a bound tree that others can take.
    public int knownShapes() {
        return shapes.size();
    }

    /// Plans a query that was read before.
    public PlannedQuery plan(
            QuerySyntax query,
            CatalogView catalog,
            PlanSettings settings,
            BooleanSupplier canceled) {
        return threads.call(() -> planned(query, catalog, settings, canceled));
    }

    /// Binds expressions over one row of a table, as its definition holds them.
    ///
    /// @param expressions texts
    /// @param clause for messages
    /// @throws BasaltException where a name, type or function is wrong, or one needs more than the row
    public List<Expression> rowExpressions(
            TableView table, List<String> expressions, String clause) {
        return threads.call(() -> {
            StringBuilder sql = new StringBuilder("SELECT ");
            for (int i = 0; i < expressions.size(); i++) {
                sql.append(i == 0 ? "" : ", ")
                        .append('(')
                        .append(expressions.get(i))
                        .append(") AS ")
                        .append(SqlNames.quoted("expression " + (i + 1)));
            }
            sql.append(" FROM ").append(SqlNames.quoted(OneTable.NAME));
            Binder.Bound bound =
                    new Binder(new OneTable(table))
                            .bind(QueryParser.generated(sql.toString()), OneTable.SCHEMA);
            return RowExpressions.of(bound.rel(), clause).values();
        });
    }

    private @Nullable PlannedQuery planned(
            Statement statement,
            CatalogView catalog,
            PlanSettings settings,
            BooleanSupplier canceled) {
        return switch (statement) {
            case Statement.Query(QuerySyntax query) ->
                    planned(query, catalog, settings, canceled, Binder.Bound::labels);
            case Statement.DescribeQuery(QuerySyntax query) ->
                    planned(query, catalog, settings, canceled);
            case Statement.Summarize(QuerySyntax query) ->
                    planned(
                            Summary.of(query, new Binder(catalog).bind(query, settings.schema())),
                            catalog,
                            settings,
                            canceled);
            case Statement.CopyTo copy -> planned(copy.source(), catalog, settings, canceled);
            case Statement.CreateTableAs create ->
                    planned(create.source(), catalog, settings, canceled);
            case Statement.Insert insert -> {
                InsertPlan target = InsertPlan.of(insert, catalog, settings.schema());
                RowBinder binder =
                        new RowBinder(catalog, settings, target.target(), insert.alias());
                yield target.withTarget(
                        planned(target.source(), catalog, settings, canceled),
                        ConflictPlan.of(insert.conflict(), insert.alias(), target.target(), binder),
                        returned(insert.returning(), binder));
            }
            case Statement.InsertDefaults insert -> {
                InsertPlan target = InsertPlan.of(insert, catalog, settings.schema());
                yield target.withTarget(planned(target.source(), catalog, settings, canceled));
            }
            case Statement.Update update -> {
                UpdatePlan target = UpdatePlan.of(update, catalog, settings.schema());
                RowBinder binder =
                        new RowBinder(catalog, settings, target.target(), update.alias());
                yield target.withTarget(
                        planned(target.source(), catalog, settings, canceled),
                        returned(update.returning(), binder));
            }
            case Statement.Delete delete -> {
                DeletePlan target = DeletePlan.of(delete, catalog, settings.schema());
                RowBinder binder =
                        new RowBinder(catalog, settings, target.target(), delete.alias());
                yield target.withTarget(
                        planned(target.source(), catalog, settings, canceled),
                        returned(delete.returning(), binder));
            }
            case Statement.Explain explain ->
                    planned(explain.statement(), catalog, settings, canceled);
            case Statement.Pivot _, Statement.Unpivot _ -> null; // known when their columns are
            case Statement.CopyFrom _, Statement.CreateTable _, Statement.CreateTableLike _ -> null;
            case Statement.CreateSchema _, Statement.CreateView _, Statement.DropTable _ -> null;
            case Statement.DropView _, Statement.DropSchema _, Statement.Truncate _ -> null;
            case Statement.AlterTable _, Statement.CommentOn _ -> null;
            case Statement.CreateMacro _, Statement.CreateJavaRoutine _ -> null;
            case Statement.DropMacro _ -> null;
            case Statement.CreateType _, Statement.DropType _, Statement.AlterType _ -> null;
            case Statement.Show _, Statement.Describe _, Statement.ShowCreate _ -> null;
            case Statement.ShowSetting _, Statement.ShowSettings _, Statement.Set _ -> null;
            case Statement.Merge _ -> null; // each of its parts is planned by itself
            case Statement.Prepare _, Statement.Execute _, Statement.Deallocate _ -> null;
            case Statement.Reset _, Statement.ResetAll _, Statement.Use _, Statement.Begin _ ->
                    null;
            case Statement.Commit _, Statement.Rollback _, Statement.Kill _ -> null;
            case Statement.Checkpoint _, Statement.Optimize _, Statement.CheckTable _ -> null;
            case Statement.RestorePart _, Statement.ForgetPart _ -> null;
        };
    }

    private static RowBinder.@Nullable Bound returned(
            @Nullable QuerySyntax list, RowBinder binder) {
        return list == null ? null : binder.overRows(list, "RETURNING");
    }

    private PlannedQuery planned(
            QuerySyntax query,
            CatalogView catalog,
            PlanSettings settings,
            BooleanSupplier canceled) {
        return planned(query, catalog, settings, canceled, Binder.Bound::columns);
    }

    /// @param shown the columns with the names that the result is to have
    private PlannedQuery planned(
            QuerySyntax query,
            CatalogView catalog,
            PlanSettings settings,
            BooleanSupplier canceled,
            Function<Binder.Bound, Schema> shown) {
        Binder.Bound bound =
                new Binder(catalog, settings.parameterTypes()).bind(query, settings.schema());
        return planned(bound, bound.rel(), false, shown.apply(bound), catalog, settings, canceled);
    }

    /// @param tree what is optimised
    /// @param isPrepared whether [Optimizer#prepare] has given it
    private PlannedQuery planned(
            Binder.Bound bound,
            RelNode tree,
            boolean isPrepared,
            Schema columns,
            CatalogView catalog,
            PlanSettings settings,
            BooleanSupplier canceled) {
        long deadline = clock.monotonicNanos() + settings.optimizerMillis() * NANOS_PER_MILLI;
        BooleanSupplier outOfTime =
                () -> {
                    if (canceled.getAsBoolean()) {
                        throw new BasaltException(
                                ErrorCode.QUERY_CANCELED, "The statement was canceled");
                    }
                    return clock.monotonicNanos() > deadline;
                };
        RelNode prepared = isPrepared ? tree : Optimizer.prepare(tree, outOfTime);
        PlanNode plan = Optimizer.optimize(prepared, settings.effort(), outOfTime);
        return new PlannedQuery(plan, columns, bound.parameters(), catalog.version());
    }

    @Override
    public void close() {
        threads.close();
    }
}
