package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.sql.PlanCache;
import io.basaltdb.query.sql.ValueRows;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.catalog.TableDefinition;
import org.jspecify.annotations.Nullable;

/// What a session keeps between statements. Used by its thread, but for [#cancel] and [#progress].
final class SessionState {
    private static final long PREPARED_PLAN_BYTES = 2L << 20;

    private final String user;
    private final Settings settings = new Settings();
    private final NamedStatements named = new NamedStatements();
    private final SessionTransaction transaction;
    private @Nullable PlanCache preparedPlans;
    private String lastText = "";
    private @Nullable ValueRows lastRows;
    private @Nullable DirectInsert lastInsert;
    private volatile @Nullable Runnable canceller;
    private volatile QueryLog.@Nullable Running query;
    private volatile boolean cancelled;

    SessionState(String user, Database database) {
        this.user = user;
        this.transaction = new SessionTransaction(database, settings);
    }

    String user() {
        return user;
    }

    SessionTransaction transaction() {
        return transaction;
    }

    /// The statements that PREPARE has named.
    NamedStatements named() {
        return named;
    }

    /// The plans of this session's prepared statements, where it shares none with others.
    PlanCache preparedPlans() {
        PlanCache plans = preparedPlans;
        if (plans == null) {
            plans = new PlanCache(PREPARED_PLAN_BYTES);
            preparedPlans = plans;
        }
        return plans;
    }

    Settings settings() {
        return settings;
    }

    /// A statement begins: what was cancelled before it does not matter to it.
    void begin() {
        cancelled = false;
        canceller = null;
        query = null;
    }

    /// Says which query the statement is.
    void began(QueryLog.Running begun) {
        query = begun;
    }

    QueryProgress progress() {
        QueryLog.Running begun = query;
        return begun == null ? new QueryProgress(0, 0, 0) : begun.progress();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// The rows that the text of an INSERT holds; null where it has to be planned. A text that comes again is not read again.
    @Nullable ValueRows valueRows(String sql) {
        if (!sql.equals(lastText)) {
            lastRows = ValueRows.read(sql);
            lastText = sql;
            lastInsert = null;
        }
        return lastRows;
    }

    /// These rows for that table; null where they have to be planned.
    ///
    /// @param rules finds the rule for rows whose key is there; asked once for a text and table
    @Nullable DirectInsert directInsert(TableDefinition table, ValueRows rows, RuleFinder rules) {
        DirectInsert known = lastInsert;
        if (known == null || !known.isFor(table, settings.zone())) {
            KeyRule rule = rules.ruleOf(rows);
            known = rule == null ? null : DirectInsert.into(table, rows, settings.zone(), rule);
            lastInsert = known;
        }
        return known;
    }

    /// Finds the rule of a statement; null where there is none that holds for all rows, or the statement is wrong.
    interface RuleFinder {
        @Nullable KeyRule ruleOf(ValueRows rows);
    }

    /// Says how what is executed now can be stopped.
    void running(Runnable cancel) {
        canceller = cancel;
        if (cancelled) {
            cancel.run();
        }
    }

    void cancel() {
        cancelled = true;
        Runnable cancel = canceller;
        if (cancel != null) {
            cancel.run();
        }
    }
}
