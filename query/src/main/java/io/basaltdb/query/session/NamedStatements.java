package io.basaltdb.query.session;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The statements that PREPARE has given names in one session, whatever the case of the name. For one thread at a time.
final class NamedStatements {
    private static final int MOST = 10_000;

    private final Map<String, String> sqlByName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    void put(String name, String sql) {
        if (sqlByName.containsKey(name)) {
            throw new BasaltException(
                    ErrorCode.DUPLICATE_STATEMENT,
                    "There is a prepared statement "
                            + name
                            + " already; DEALLOCATE "
                            + name
                            + " first, or choose another name");
        }
        if (sqlByName.size() == MOST) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "The session has " + MOST + " prepared statements; DEALLOCATE some");
        }
        sqlByName.put(name, sql);
    }

    String sql(String name) {
        @Nullable String sql = sqlByName.get(name);
        if (sql == null) {
            throw unknown(name);
        }
        return sql;
    }

    /// @param name null for all
    void remove(@Nullable String name) {
        if (name == null) {
            sqlByName.clear();
        } else if (sqlByName.remove(name) == null) {
            throw unknown(name);
        }
    }

    private static BasaltException unknown(String name) {
        return new BasaltException(
                ErrorCode.UNDEFINED_STATEMENT,
                "There is no prepared statement " + name + "; write PREPARE " + name + " AS …");
    }
}
