package io.basaltdb.query.session;

import io.basaltdb.query.execution.WorkerPool;
import io.basaltdb.query.function.jvm.JavaLibrary;
import io.basaltdb.query.function.jvm.ProgramFunctions;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.memory.MemoryBudget;
import java.util.concurrent.locks.ReentrantLock;

/// What all sessions of an engine share.
///
/// @param rules of the rows of tables with checks or generated columns
/// @param memory budget of everything that queries hold
/// @param contended held by statements that lost against others and are run again, so that they do not lose against each other
public record EngineParts(
        Database database,
        SqlFrontEnd frontEnd,
        RowRules rules,
        WorkerPool workers,
        MemoryBudget memory,
        Clock clock,
        QueryLog queries,
        VirtualTables virtualTables,
        FileFormats formats,
        JavaLibrary library,
        ProgramFunctions programFunctions,
        ReentrantLock contended) {}
