package io.basaltdb.query;

import io.basaltdb.query.execution.WorkerPool;
import io.basaltdb.query.function.jvm.JavaLibrary;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.EngineParts;
import io.basaltdb.query.session.EngineSession;
import io.basaltdb.query.session.QueryLog;
import io.basaltdb.query.session.RowRules;
import io.basaltdb.query.session.Session;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.memory.MemoryBudget;
import java.util.concurrent.locks.ReentrantLock;

/// A database that speaks SQL: sessions over one open [Database], sharing workers, memory and plans. Safe for use by many threads.
public final class Engine implements AutoCloseable {
    private final EngineParts parts;

    private Engine(EngineParts parts) {
        this.parts = parts;
    }

    /// Starts the workers. The database stays the caller's: close the engine first.
    public static Engine open(
            Database database, Clock clock, EngineOptions options, FileFormats formats) {
        SqlFrontEnd frontEnd = new SqlFrontEnd(clock, options.workers());
        RowRules rules = new RowRules(frontEnd);
        WorkerPool workers = new WorkerPool(options.workers(), options.threads(), clock);
        database.rules(rules);
        database.giveWayTo(workers::isBusy);
        return new Engine(
                new EngineParts(
                        database,
                        frontEnd,
                        rules,
                        workers,
                        MemoryBudget.root(
                                "the process", "the memory option", options.memoryBytes()),
                        clock,
                        new QueryLog(clock),
                        new VirtualTables(),
                        formats,
                        new JavaLibrary(formats.files(), options.javaFunctions()),
                        new ReentrantLock(true)));
    }

    /// A new session of that user.
    public Session session(String user) {
        return new EngineSession(parts, user);
    }

    /// Ends the workers; running queries must have been cancelled or closed before.
    @Override
    public void close() {
        parts.workers().close();
        parts.frontEnd().close();
    }
}
