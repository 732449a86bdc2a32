package io.basaltdb.query.session;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;

/// CHECK TABLE, RESTORE PART, DROP PART … FORGET.
final class PartStatements {
    private static final Schema PROBLEMS =
            Schema.of(new Field("part", Type.TEXT, true), new Field("problem", Type.TEXT, false));

    private final Database database;
    private final long queryId;

    PartStatements(Database database, long queryId) {
        this.database = database;
        this.queryId = queryId;
    }

    /// A row for each thing that is wrong with the table; none where nothing is.
    Result check(TableDefinition table) {
        List<List<Value>> rows =
                database.quarantine().check(table.id()).stream()
                        .map(found ->
                                List.of(
                                        found.part().isEmpty()
                                                ? Value.NULL
                                                : Value.of(found.part()),
                                        Value.of(found.problem())))
                        .toList();
        return RowsResult.rows(PROBLEMS, rows, queryId, database.lastCommit());
    }

    Result restore(Statement.RestorePart restore) {
        database.quarantine().restore(restore.name());
        return RowsResult.count(0, queryId, database.lastCommit());
    }

    /// @param isAlone whether no transaction is open
    Result forget(Statement.ForgetPart forget, boolean isAlone) {
        if (!isAlone) {
            throw new BasaltException(
                    ErrorCode.ACTIVE_TRANSACTION,
                    "DROP PART … FORGET cannot be taken back, so it cannot be a part of a"
                            + " transaction; say COMMIT or ROLLBACK before");
        }
        return RowsResult.count(0, queryId, database.quarantine().forget(forget.name()));
    }
}
