package io.basaltdb.query.session;

import io.basaltdb.query.execution.WorkerPool;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.memory.MemoryBudget;

/// What all sessions of an engine share.
///
/// @param memory budget of everything that queries hold
public record EngineParts(
        Database database,
        SqlFrontEnd frontEnd,
        WorkerPool workers,
        MemoryBudget memory,
        Clock clock,
        QueryLog queries,
        VirtualTables virtualTables,
        FileFormats formats) {}
