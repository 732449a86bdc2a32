package io.basaltdb.query;

import io.basaltdb.query.execution.WorkerPool;
import io.basaltdb.query.function.jvm.ColumnCode;
import io.basaltdb.query.function.jvm.GroupCode;
import io.basaltdb.query.function.jvm.JavaLibrary;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.function.jvm.ProgramCode;
import io.basaltdb.query.function.jvm.ProgramFunctions;
import io.basaltdb.query.function.jvm.RowCode;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.EngineParts;
import io.basaltdb.query.session.EngineSession;
import io.basaltdb.query.session.QueryLog;
import io.basaltdb.query.session.RowRules;
import io.basaltdb.query.session.Session;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.memory.MemoryBudget;
import java.util.concurrent.locks.ReentrantLock;

/// A database that speaks SQL: sessions over one open [Database], sharing workers, memory and plans. Safe for use by many threads.
public final class Engine implements AutoCloseable {
    /// Of parameters that code takes.
    public static final int ANY_NUMBER = -1;

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
                        new ProgramFunctions(),
                        new ReentrantLock(true)));
    }

    /// A new session of that user.
    public Session session(String user) {
        return new EngineSession(parts, user);
    }

    /// A number that grows while anything is done for a session: by statements that begin, by commits, and by slices of the workers' time.
    public long activity() {
        return parts.queries().begunCount()
                + parts.database().lastCommit()
                + parts.workers().slicesDone();
    }

    /// Makes a function of the program known to all sessions, until it is removed or the engine closed.
    ///
    /// @param declaration such as `slug (id BIGINT, title TEXT) RETURNS TEXT DETERMINISTIC`
    /// @param parameters how many the code takes, or [#ANY_NUMBER]
    /// @throws BasaltException SYNTAX_ERROR, DUPLICATE_OBJECT, INVALID_DEFINITION, FEATURE_NOT_SUPPORTED
    public void addFunction(String declaration, int parameters, RowCode code) {
        JavaRoutine routine = routine(declaration, false, parameters);
        parts.programFunctions().add(ProgramCode.ofRows(routine, code));
    }

    /// As [#addFunction], of a function that is given the rows of a batch as arrays.
    public void addVectorFunction(String declaration, ColumnCode code) {
        JavaRoutine routine = routine(declaration, false, ANY_NUMBER);
        parts.programFunctions().add(ProgramCode.ofColumns(routine, code));
    }

    /// As [#addFunction], of an aggregate.
    public void addAggregate(String declaration, int parameters, GroupCode<?> code) {
        JavaRoutine routine = routine(declaration, true, parameters);
        parts.programFunctions().add(ProgramCode.ofGroups(routine, code));
    }

    /// Forgets a function or aggregate of the program; answers whether there was one. Queries that run keep it.
    public boolean removeFunction(String name) {
        return parts.programFunctions().remove(name);
    }

    private JavaRoutine routine(String declaration, boolean isAggregate, int parameters) {
        JavaRoutine routine =
                parts.frontEnd()
                        .routine(declaration, isAggregate, parts.programFunctions().nextTarget());
        if (parameters != ANY_NUMBER && parameters != routine.parameters().size()) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "function "
                            + routine.name()
                            + " is declared with "
                            + routine.parameters().size()
                            + " parameters, but its code takes "
                            + parameters);
        }
        return routine;
    }

    /// Ends the workers; running queries must have been cancelled or closed before.
    @Override
    public void close() {
        parts.workers().close();
        parts.frontEnd().close();
    }
}
