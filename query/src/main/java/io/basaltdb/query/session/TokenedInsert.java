package io.basaltdb.query.session;

import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.sql.PlannedQuery;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.UsedToken;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.Transaction;
import org.jspecify.annotations.Nullable;

/// Carries an insert out once under its idempotency token, however often it comes.
final class TokenedInsert {
    /// Inserts, and answers how many rows.
    interface Work {
        long run();
    }

    private TokenedInsert() {}

    /// @param token null for an insert without
    static long once(
            Transaction transaction,
            TableDefinition table,
            @Nullable InsertToken token,
            Work insert) {
        if (token == null) {
            return insert.run();
        }
        UsedToken known = transaction.usedToken(table.id(), token.name());
        if (known != null) {
            return token.repeat(known, table);
        }
        long rows = insert.run();
        transaction.inserted(table.id(), token, rows);
        return rows;
    }

    /// Like [#once], for a statement that was planned: only an INSERT heeds a token.
    static long once(
            Transaction transaction,
            PlannedQuery planned,
            @Nullable InsertToken token,
            Work statement) {
        PlanNode plan =
                planned.plan() instanceof PlanNode.Project project
                        ? project.input()
                        : planned.plan();
        if (token == null || !(plan instanceof PlanNode.Insert insert)) {
            return statement.run();
        }
        if (insert.returnsRows()) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "an INSERT with RETURNING cannot be repeated under an insert token; leave"
                            + " RETURNING out, or say RESET insert_token");
        }
        TableDefinition table = transaction.catalog().table(insert.table().tableId());
        if (table == null) {
            throw new AssertionError("planned for a table that does not exist: " + insert.table());
        }
        return once(transaction, table, token, statement);
    }
}
