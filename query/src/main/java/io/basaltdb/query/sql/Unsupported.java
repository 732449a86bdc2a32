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
                    Map.entry("UPSERT", "write INSERT … ON CONFLICT DO UPDATE"),
                    Map.entry("REPLACE", "write INSERT OR REPLACE INTO"),
                    Map.entry("GRANT", "there are no rights to give; guard the port instead"),
                    Map.entry("REVOKE", "there are no rights to take; guard the port instead"),
                    Map.entry("ANALYZE", "statistics are kept with every commit; leave it out"),
                    Map.entry("VACUUM", "parts are merged in the background; leave it out"),
                    Map.entry("PRAGMA", "use SET and SHOW"),
                    Map.entry("ATTACH", "one process opens one database"),
                    Map.entry(
                            "SAVEPOINT",
                            "COMMIT what is to stay and BEGIN anew: a transaction is taken back as a whole"),
                    Map.entry("RELEASE", "there are no savepoints; leave it out"),
                    Map.entry("CALL", "there are no procedures"),
                    Map.entry("LOCK", "readers never wait for writers; leave it out"));

    private static final String TEMPORARY =
            "write CREATE TABLE, and DROP TABLE when done, or WITH t AS (…) inside the query";
    private static final String NO_USERS = "there are no users; guard the port instead";
    private static final Map<String, String> CREATED =
            Map.of(
                    "TEMP",
                    TEMPORARY,
                    "TEMPORARY",
                    TEMPORARY,
                    "INDEX",
                    "zone maps, sorting and dictionaries are kept by themselves; PRIMARY KEY and ORDER BY of CREATE TABLE say"
                            + " which rows are found fast",
                    "SEQUENCE",
                    "use uuid(), or row_number() in the query that inserts",
                    "DICTIONARY",
                    "make a table with a PRIMARY KEY and join with it",
                    "USER",
                    NO_USERS,
                    "ROLE",
                    NO_USERS,
                    "TRIGGER",
                    "write the other change into the same transaction",
                    "EXTENSION",
                    "what there is needs no extension; leave it out");

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

    /// What another database creates and this one does not; null where the word is none of these.
    static @Nullable String created(String what) {
        return CREATED.get(what);
    }

    /// What the grammar takes for an alias before JOIN.
    static void refuseJoins(TokenCursor cursor) {
        SqlToken positional = cursor.findAhead("POSITIONAL", "JOIN");
        if (positional != null
                && cursor.findAhead("ON") == null
                && cursor.findAhead("USING") == null) {
            throw cursor.notSupported(
                    positional,
                    "POSITIONAL JOIN is not supported: rows of a table have no order; number them with row_number() OVER (ORDER BY …) and join on the numbers");
        }
    }

    private static @Nullable SqlToken anyJoin(TokenCursor cursor) {
        for (String kind : new String[] {"JOIN", "LEFT", "INNER", "RIGHT"}) {
            SqlToken any = cursor.findAhead("ANY", kind);
            if (any != null) {
                return any;
            }
        }
        return null;
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
        SqlToken sample = cursor.findAhead("USING", "SAMPLE");
        if (sample == null) {
            sample = cursor.findAhead("SAMPLE");
        }
        if (sample != null) {
            return cursor.notSupported(
                    sample,
                    "SAMPLE takes a share; write FROM t SAMPLE 0.1, or FROM t TABLESAMPLE BERNOULLI (10) REPEATABLE (1)"
                            + " for 10 percent of the rows");
        }
        SqlToken any = anyJoin(cursor);
        if (any != null) {
            return cursor.notSupported(
                    any,
                    "ANY JOIN is not supported; join with (SELECT DISTINCT ON (key) * FROM t)");
        }
        SqlToken arrayJoin = cursor.findAhead("ARRAY", "JOIN");
        if (arrayJoin != null) {
            return cursor.notSupported(
                    arrayJoin,
                    "ARRAY JOIN takes one list and names its elements; write ARRAY JOIN list AS x");
        }
        SqlToken view = cursor.findAhead("LATERAL", "VIEW");
        if (view != null) {
            return cursor.notSupported(
                    view,
                    "LATERAL VIEW takes explode(list) t AS x; write CROSS JOIN LATERAL (SELECT …) AS v for others");
        }
        SqlToken limit = cursor.findAhead("LIMIT");
        if (limit != null && cursor.isFollowedBy(limit, "%")) {
            return cursor.notSupported(
                    limit,
                    "LIMIT takes a number of rows; for a share write QUALIFY percent_rank() OVER (ORDER BY …) < 0.5");
        }
        SqlToken format = cursor.findAhead("FORMAT");
        if (format != null) {
            return cursor.notSupported(
                    format, "FORMAT in a query is not supported; the client chooses the format");
        }
        return error;
    }
}
