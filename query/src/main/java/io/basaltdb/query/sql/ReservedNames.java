package io.basaltdb.query.sql;

import io.basaltdb.query.function.DatePart;
import io.basaltdb.query.sql.SqlToken.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;

/// Which reserved words are names where they stand, so that a column may be called `time`, `position` or `end`.
///
/// Behind AS, beside a dot any word is a name. Elsewhere a word is one if what is before it waits for an operand and what is behind it
/// follows one: then the word is the whole operand, and few words of the grammar are that. Where a table or an alias without AS can
/// stand, a word is a name unless PostgreSQL reserves it too or it has a meaning there.
final class ReservedNames {
    private static final SqlAbstractParserImpl.Metadata WORDS =
            SqlParser.create("", Dialect.PARSER).getMetadata();

    /// Reserved words that begin a call; without a parenthesis they are a name.
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "ABS",
                    "AVG",
                    "CEIL",
                    "COUNT",
                    "COVAR_POP",
                    "EXP",
                    "FLOOR",
                    "LAG",
                    "LEAD",
                    "LN",
                    "LOWER",
                    "MAX",
                    "MIN",
                    "MOD",
                    "POWER",
                    "RANK",
                    "ROW_NUMBER",
                    "SQRT",
                    "SUM",
                    "UPPER");

    /// What can follow AS without being a name.
    private static final Set<String> BEHIND_AS =
            Set.of("OF", "NOT", "SELECT", "WITH", "VALUES", "TABLE");

    /// Words that are a whole operand or an operator, or that can stand between what waits for an operand and one that begins with a
    /// sign.
    private static final Set<String> OPERANDS =
            Set.of(
                    "ALL",
                    "ANY",
                    "ASYMMETRIC",
                    "BETWEEN",
                    "BOTH",
                    "CASE",
                    "DEFAULT",
                    "DISTINCT",
                    "EXISTS",
                    "FALSE",
                    "FROM",
                    "ILIKE",
                    "IN",
                    "LEADING",
                    "LIKE",
                    "LOCALTIME",
                    "LOCALTIMESTAMP",
                    "NOT",
                    "NULL",
                    "SELECT",
                    "SESSION_USER",
                    "SOME",
                    "SYMMETRIC",
                    "SYSTEM_USER",
                    "TIMEZONE_HOUR",
                    "TIMEZONE_MINUTE",
                    "TRAILING",
                    "TRUE",
                    "UNKNOWN",
                    "USER",
                    "WHEN");

    private static final Set<String> BEFORE_OPERAND =
            Set.of(
                    "(",
                    ",",
                    "=",
                    "<",
                    ">",
                    "<=",
                    ">=",
                    "<>",
                    "!=",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "||",
                    "SELECT",
                    "DISTINCT",
                    "WHERE",
                    "AND",
                    "OR",
                    "NOT",
                    "ON",
                    "BY",
                    "HAVING",
                    "WHEN",
                    "THEN",
                    "ELSE",
                    "CASE",
                    "BETWEEN",
                    "LIKE",
                    "ILIKE",
                    "SET",
                    "IN");

    private static final Set<String> BEHIND_OPERAND =
            Set.of(
                    ")",
                    ",",
                    "=",
                    "<",
                    ">",
                    "<=",
                    ">=",
                    "<>",
                    "!=",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "||",
                    "::",
                    ";",
                    "FROM",
                    "AS",
                    "IS",
                    "IN",
                    "NOT",
                    "BETWEEN",
                    "LIKE",
                    "ILIKE",
                    "AND",
                    "OR",
                    "WHEN",
                    "THEN",
                    "ELSE",
                    "END",
                    "ASC",
                    "DESC",
                    "NULLS",
                    "GROUP",
                    "ORDER",
                    "HAVING",
                    "LIMIT",
                    "OFFSET",
                    "FETCH",
                    "ROWS",
                    "RANGE",
                    "GROUPS",
                    "WINDOW",
                    "QUALIFY",
                    "WHERE",
                    "JOIN",
                    "LEFT",
                    "RIGHT",
                    "FULL",
                    "INNER",
                    "CROSS",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT");

    /// What cannot be the name of a table or an alias without AS: what PostgreSQL reserves (pg_get_keywords), and words that stand
    /// behind a table, a value or a frame in the grammar.
    private static final Set<String> NEVER_ALONE =
            Set.of(
                    ("ALL AND ANY ARRAY AS ASYMMETRIC AUTHORIZATION BINARY BOTH CASE CAST CHECK COLLATE COLUMN CONSTRAINT"
                                    + " CREATE CROSS CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME"
                                    + " CURRENT_TIMESTAMP CURRENT_USER DEFAULT DISTINCT ELSE END EXCEPT FALSE FETCH FOR"
                                    + " FOREIGN FROM FULL GRANT GROUP HAVING IN INNER INTERSECT INTO IS JOIN LATERAL LEADING"
                                    + " LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP NATURAL NOT NULL OFFSET ON ONLY OR ORDER"
                                    + " OUTER OVERLAPS PRIMARY REFERENCES RIGHT SELECT SESSION_USER SIMILAR SOME SYMMETRIC"
                                    + " TABLE TABLESAMPLE THEN TO TRAILING TRUE UNION UNIQUE USER USING WHEN WHERE WINDOW WITH"
                                    + " ANTI ASOF BETWEEN BY CUBE DESCRIBE ESCAPE EXISTS EXTEND FILTER GLOBAL GROUPS"
                                    + " MATCH_RECOGNIZE MINUS MULTISET OF OVER PARTITION PRECISION QUALIFY ROLLUP ROW ROWS SEMI"
                                    + " SET SYSTEM_USER UESCAPE UNKNOWN UNNEST UNSIGNED VALUES VARYING WITHIN WITHOUT")
                            .split(" "));

    /// What can follow a table or an alias.
    private static final Set<String> BEHIND_ALIAS =
            Set.of(
                    ",",
                    ")",
                    ";",
                    "FROM",
                    "WHERE",
                    "JOIN",
                    "LEFT",
                    "RIGHT",
                    "FULL",
                    "INNER",
                    "CROSS",
                    "NATURAL",
                    "ASOF",
                    "SEMI",
                    "ANTI",
                    "ON",
                    "USING",
                    "GROUP",
                    "HAVING",
                    "WINDOW",
                    "QUALIFY",
                    "ORDER",
                    "LIMIT",
                    "OFFSET",
                    "FETCH",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT");

    private ReservedNames() {}

    /// Whether the grammar reserves the word, which is in upper case.
    static boolean isReserved(String word) {
        return WORDS.isReservedWord(word);
    }

    /// @param inCast whether the token stands directly in the parentheses of a cast, where AS is before a type
    static boolean isName(List<SqlToken> tokens, int at, boolean inCast) {
        SqlToken token = tokens.get(at);
        if (at == 0 || token.kind() != Kind.WORD) {
            return false;
        }
        String word = token.text().toUpperCase(Locale.ROOT);
        SqlToken before = tokens.get(at - 1);
        SqlToken behind = at + 1 < tokens.size() ? tokens.get(at + 1) : token;
        if (FUNCTIONS.contains(word) && !behind.isSymbol("(")) {
            return true;
        }
        if (word.equals("UUID") && behind.isSymbol("(")) {
            return true; // the function, for the type takes nothing in parentheses
        }
        boolean behindAs = before.isWord("AS") && !inCast && !BEHIND_AS.contains(word);
        return (behindAs
                        || before.isSymbol(".")
                        || isQualifier(tokens, at)
                        || isOperand(tokens, at, word)
                        || isTable(tokens, at, word)
                        || isAlias(tokens, at, word, inCast))
                && isReserved(word);
    }

    /// Whether a name or a star stands behind a dot behind the word.
    private static boolean isQualifier(List<SqlToken> tokens, int at) {
        if (at + 2 >= tokens.size() || !tokens.get(at + 1).isSymbol(".")) {
            return false;
        }
        SqlToken member = tokens.get(at + 2);
        return member.kind() == Kind.WORD
                || member.kind() == Kind.QUOTED_NAME
                || member.isSymbol("*");
    }

    /// Whether the word stands where a table does, and not a value: `FROM one`, `JOIN period p`, `WITH old AS`.
    private static boolean isTable(List<SqlToken> tokens, int at, String word) {
        SqlToken before = tokens.get(at - 1);
        SqlToken behind = tokens.get(Math.min(at + 1, tokens.size() - 1));
        boolean isQuery = before.isWord("WITH") || before.isWord("RECURSIVE");
        if (isQuery && behind.isWord("AS")) {
            return !NEVER_ALONE.contains(word);
        }
        boolean isComparison = at >= 2 && tokens.get(at - 2).isWord("DISTINCT");
        return (before.isWord("JOIN") || (before.isWord("FROM") && !isComparison))
                && !NEVER_ALONE.contains(word)
                && (behind.kind() == Kind.END
                        || behind.kind() == Kind.WORD
                        || behind.kind() == Kind.QUOTED_NAME
                        || isOneOf(behind, BEHIND_ALIAS));
    }

    /// Whether the word names the value or table that ends before it: `SELECT 1 one`, `FROM t old WHERE …`.
    private static boolean isAlias(List<SqlToken> tokens, int at, String word, boolean inCast) {
        SqlToken before = tokens.get(at - 1);
        SqlToken behind = tokens.get(Math.min(at + 1, tokens.size() - 1));
        boolean endsOperand =
                before.isSymbol(")")
                        || before.isSymbol("]")
                        || before.kind() == Kind.NUMBER
                        || before.kind() == Kind.STRING
                        || before.kind() == Kind.QUOTED_NAME
                        || before.kind() == Kind.PARAMETER
                        || (before.kind() == Kind.WORD
                                && (!isReserved(before.text().toUpperCase(Locale.ROOT))
                                        || isName(tokens, at - 1, inCast)));
        return endsOperand
                && !inCast
                && !NEVER_ALONE.contains(word)
                && (behind.kind() == Kind.END || isOneOf(behind, BEHIND_ALIAS));
    }

    private static boolean isOperand(List<SqlToken> tokens, int at, String word) {
        SqlToken before = tokens.get(at - 1);
        SqlToken behind = tokens.get(Math.min(at + 1, tokens.size() - 1));
        return isOneOf(before, BEFORE_OPERAND)
                && (behind.kind() == Kind.END || isOneOf(behind, BEHIND_OPERAND))
                && !OPERANDS.contains(word)
                && !beginsFrame(tokens, at)
                && !word.startsWith("CURRENT_")
                && !(word.equals("INTERVAL") && isSignedAmount(tokens, at + 1))
                && !(before.isSymbol("*") && isStar(tokens, at - 1));
    }

    /// Whether a window begins with its frame here: `OVER (ROWS 2 PRECEDING)`, `WINDOW w AS (RANGE BETWEEN …)`.
    static boolean beginsFrame(List<SqlToken> tokens, int at) {
        SqlToken unit = tokens.get(at);
        if (at < 2
                || at + 1 >= tokens.size()
                || !(unit.isWord("ROWS") || unit.isWord("RANGE") || unit.isWord("GROUPS"))
                || !tokens.get(at - 1).isSymbol("(")
                || !(tokens.get(at - 2).isWord("OVER") || tokens.get(at - 2).isWord("AS"))) {
            return false;
        }
        SqlToken bound = tokens.get(at + 1);
        return bound.kind() == Kind.NUMBER
                || bound.isWord("BETWEEN")
                || bound.isWord("UNBOUNDED")
                || bound.isWord("CURRENT");
    }

    /// Whether here begins `- '1' DAY` or `-1 DAY`.
    private static boolean isSignedAmount(List<SqlToken> tokens, int at) {
        if (at + 2 >= tokens.size()
                || !(tokens.get(at).isSymbol("+") || tokens.get(at).isSymbol("-"))) {
            return false;
        }
        SqlToken unit = tokens.get(at + 2);
        return tokens.get(at + 1).kind() == Kind.STRING
                || (unit.kind() == Kind.WORD && DatePart.find(unit.text()) != null);
    }

    private static boolean isOneOf(SqlToken token, Set<String> texts) {
        return (token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL)
                && texts.contains(token.text().toUpperCase(Locale.ROOT));
    }

    /// Whether the sign means all columns instead of a product.
    private static boolean isStar(List<SqlToken> tokens, int at) {
        SqlToken before = tokens.get(at - 1);
        return before.isWord("SELECT")
                || before.isWord("DISTINCT")
                || before.isSymbol(",")
                || before.isSymbol(".")
                || before.isSymbol("(");
    }
}
