package io.basaltdb.query.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The keywords that people write, for those who colour or complete SQL. The grammar knows more: what nobody types would only
/// stand in the way there.
public final class SqlWords {
    private static final List<String> STATEMENTS =
            List.of(
                    "SELECT",
                    "INSERT INTO",
                    "CREATE TABLE",
                    "CREATE SCHEMA",
                    "CREATE VIEW",
                    "CHECK TABLE",
                    "COPY",
                    "DESCRIBE",
                    "ALTER TABLE",
                    "DROP TABLE",
                    "DROP PART",
                    "DROP SCHEMA",
                    "DROP VIEW",
                    "EXPLAIN",
                    "EXPLAIN ANALYZE",
                    "KILL QUERY",
                    "RESET",
                    "RESTORE PART",
                    "SET",
                    "SHOW TABLES",
                    "SHOW SCHEMAS",
                    "SHOW VIEWS",
                    "SHOW FUNCTIONS",
                    "SHOW CREATE TABLE",
                    "TRUNCATE TABLE",
                    "USE",
                    "VALUES",
                    "WITH");

    private static final Set<String> ALL =
            new TreeSet<>(
                    List.of(
                            """
                            ALL ALTER ANALYZE AND AS ASC BEGIN BETWEEN BIGINT BOOLEAN BY CASE CAST
                            CHECKPOINT COLUMN COMMIT COPY CREATE CROSS CURRENT_DATE CURRENT_TIMESTAMP DATE
                            DECIMAL DEFAULT DELETE DESC DESCRIBE DISTINCT DOUBLE DROP ELSE END ESCAPE
                            EXCEPT EXISTS EXPLAIN EXTRACT FALSE FETCH FILTER FIRST FOR FORMAT FROM FULL
                            GROUP HAVING HEADER IF ILIKE IN INNER INSERT INTEGER INTERSECT INTERVAL INTO IS
                            JOIN KEY KILL LAST LEFT LIKE LIMIT NATURAL NOT NULL NULLS OFFSET ON OR ORDER
                            OUTER PARTITION PRIMARY QUERY REAL REPLACE RESET RIGHT ROWS SCHEMA SCHEMAS
                            SELECT SET SETTINGS SHOW SMALLINT TABLE TABLES TEXT THEN TIME TIMESTAMP TINYINT
                            TO TRUE TRUNCATE UNION USE USING VALUES VARCHAR VIEW VIEWS WHEN WHERE WITH ZONE\
                            """
                                    .split("\\s+")));

    private SqlWords() {}

    /// All words, in upper case.
    public static Set<String> all() {
        return ALL;
    }

    /// How statements begin.
    public static List<String> statements() {
        return STATEMENTS;
    }

    /// Whether it is one of the words, in whatever case.
    public static boolean has(String word) {
        return ALL.contains(word.toUpperCase(Locale.ROOT));
    }
}
