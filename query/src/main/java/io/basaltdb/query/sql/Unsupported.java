package io.basaltdb.query.sql;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What other databases know and this one does not: says so in one line with what to write instead.
final class Unsupported {
    private static final Map<String, String> STATEMENTS =
            Map.ofEntries(
                    Map.entry("MERGE", "join with CREATE TABLE … AS SELECT"),
                    Map.entry("UPSERT", "insert into a new table with CREATE TABLE … AS SELECT"),
                    Map.entry("REPLACE", "use INSERT"),
                    Map.entry("GRANT", "there are no rights to give; guard the port instead"),
                    Map.entry("REVOKE", "there are no rights to take; guard the port instead"),
                    Map.entry("PREPARE", "prepare through the driver"),
                    Map.entry("EXECUTE", "prepare through the driver"),
                    Map.entry("DEALLOCATE", "prepare through the driver"),
                    Map.entry("ANALYZE", "statistics are kept with every commit; leave it out"),
                    Map.entry("VACUUM", "parts are merged in the background; leave it out"),
                    Map.entry("PRAGMA", "use SET and SHOW"),
                    Map.entry("COMMENT", "leave it out"),
                    Map.entry("ATTACH", "one process opens one database"),
                    Map.entry(
                            "SAVEPOINT",
                            "COMMIT what is to stay and BEGIN anew: a transaction is taken back as a whole"),
                    Map.entry("RELEASE", "there are no savepoints; leave it out"),
                    Map.entry("CALL", "there are no procedures"),
                    Map.entry("LOCK", "readers never wait for writers; leave it out"),
                    Map.entry("SUMMARIZE", "use SELECT count(*), min(c), max(c) FROM t"));

    private Unsupported() {}

    static BasaltException statement(TokenCursor cursor) {
        SqlToken token = cursor.peek();
        String keyword = token.text().toUpperCase(Locale.ROOT);
        String instead = STATEMENTS.get(keyword);
        if (instead != null) {
            return cursor.notSupported(token, keyword + " is not supported; " + instead);
        }
        return cursor.error(
                token,
                ErrorCode.SYNTAX_ERROR,
                "Expected a statement such as SELECT, found " + token.described(cursor.source()));
    }

    /// A better word for an error that a clause of another dialect caused.
    static BasaltException explained(
            TokenCursor cursor, @Nullable SqlToken settings, BasaltException error) {
        if (error.code() != ErrorCode.SYNTAX_ERROR) {
            return error;
        }
        if (settings != null) {
            return cursor.notSupported(
                    settings,
                    "SETTINGS in a query is not supported; use SET name = value before it");
        }
        SqlToken prewhere = cursor.findAhead("PREWHERE");
        if (prewhere != null) {
            return cursor.notSupported(
                    prewhere,
                    "PREWHERE is not needed: columns of the filter are read first anyway; write WHERE");
        }
        SqlToken format = cursor.findAhead("FORMAT");
        if (format != null) {
            return cursor.notSupported(
                    format, "FORMAT in a query is not supported; the client chooses the format");
        }
        return error;
    }
}
