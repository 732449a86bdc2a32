package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.Frames;
import io.basaltdb.query.sql.SqlToken.Kind;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What other databases let one write shorter, or with more words, written out as the grammar knows it, word by word.
///
/// - `FROM t`, `FROM t SELECT a`: `SELECT * FROM t`, `SELECT a FROM t`
/// - `SELECT a, FROM t`: the comma is left out
/// - `SELECT 1 WHERE a`: from one row
/// - `GROUP BY ALL`, `ORDER BY ALL`: the name [#ALL], which [AllColumns] writes out
/// - `GROUP BY a WITH ROLLUP`, `WITH CUBE`, `WITH TOTALS`: `GROUP BY ROLLUP(a)`, `CUBE(a)`, `GROUPING SETS ((a), ())`
/// - `WITH t AS [NOT] MATERIALIZED (…)`, `GLOBAL IN`: without the word, which is about the way and not about the answer
/// - `SELECT DISTINCT ON (a) b`, `LIMIT 2 BY a`, `LIMIT 2 WITH TIES`: calls that [ChosenRows] understands
/// - `ORDER BY a WITH FILL`: calls that [GapSyntax] understands
/// - `OVER (ROWS 2 PRECEDING)`: `OVER (ORDER BY 1 ROWS 2 PRECEDING)`
/// - `GROUPS 2 PRECEDING`: `ROWS` with distances beyond all rows, `GROUPS CURRENT ROW`: `RANGE`
/// - `quantile(0.9)(x)`: the name [AggregateCalls] knows, with the parameter in front of the arguments
/// - `t AT TIME ZONE z`: the one token that stands for the three words
/// - `a GLOB 'x*'`: a token as well
/// - `ASOF LEFT JOIN`: `LEFT ASOF JOIN`
/// - `* RENAME (a AS b)`: the call that [ColumnChoices] understands, as a further item
/// - `js -> 'a'`, `js ->> 0`, `js #>> '{a,b}'`, `a @> b`, `a && b`, `a # b`: tokens of their own
/// - `x COLLATE "C"`, `current_schema()`: without these words, without these brackets
/// - `lag(x IGNORE NULLS) OVER (…)`: `lag(x) IGNORE NULLS OVER (…)`
/// - `generate_series(1, 3) WITH ORDINALITY`: of UNNEST of the list
/// - `x LIKE ANY ('a%', 'b%')`: [LikeLists]
/// - `any(x)` where nothing is compared: `any_value(x)`
/// - `TIME '12:30'`, `TIMESTAMPTZ '…+02'`, `UUID '…'`, `BYTEA '…'`: a cast of the text
/// - `WITH 5 AS x`: [NamedExpressions]
/// - `PREWHERE`, `TOP 5`, `ARRAY JOIN` and the like: [ForeignClauses]
/// - `[1, 2]`, `{'a': 1}`, `MAP {'a': 1}`, `x[1:2]`, `x::INTEGER[]`: [NestedShorthand]
/// - `lambda x: x + 1`, `[x + 1 for x in l if x > 0]`: [LambdaShorthand]
/// - `SELECT unnest(a)`: a name that [SelectUnnest] knows
/// - `:name`: `$1` for the first name of the statement, `$2` for the next one
/// - `f(a := 1)`: `f(a => 1)`
/// - `a <=> b`, `a DIV b`, `1_000`: `a IS NOT DISTINCT FROM b`, `a // b`, `1000`
final class Shorthand {
    /// The name that stands for all columns in GROUP BY and ORDER BY; no column bears it.
    static final String ALL = "all columns";

    private static final Set<String> BEHIND_SELECT_LIST =
            Set.of(
                    "WHERE",
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

    private static final Set<String> COMPARISONS =
            Set.of("=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>", "~", "~*", "!~", "!~*");

    /// Operators that the grammar takes as tokens of their own.
    private static final Set<String> MARKED =
            Set.of("#", "#>", "#>>", "@>", "<@", "&&", "<<=", ">>=");

    /// Types whose values may be written as a text behind the type's name.
    private static final Set<String> SPELLED =
            Set.of("TIME", "TIMESTAMPTZ", "UUID", "BYTEA", "BLOB", "JSON", "JSONB", "INET");

    /// Collations that order texts as all are ordered here.
    private static final Set<String> BY_CODE_POINT =
            Set.of("C", "POSIX", "UCS_BASIC", "BINARY", "DEFAULT", "C.UTF-8", "C.UTF8");

    private static final Pattern OFFSET_AT_END =
            Pattern.compile(".*:\\d\\d(\\.\\d*)?([+-]\\d\\d?(:?\\d\\d){0,2}|[zZ])\\s*");

    private final String source;
    private final List<SqlToken> tokens;
    private final @Nullable String[] written;

    private Shorthand(String source, List<SqlToken> tokens) {
        this.source = source;
        this.tokens = tokens;
        this.written = new String[tokens.size()];
    }

    /// What to write for each token; null: itself.
    static @Nullable String[] writtenOut(String source, List<SqlToken> tokens) {
        Shorthand shorthand = new Shorthand(source, tokens);
        for (int i = 0; i < tokens.size(); i++) {
            if (shorthand.written[i] == null) {
                shorthand.writeOut(i);
            }
        }
        return shorthand.written;
    }

    private void writeOut(int i) {
        SqlToken token = tokens.get(i);
        switch (token.kind()) {
            case NUMBER -> {
                if (token.text().matches("\\.[1-9][0-9]*") && isBehind(i) && closes(i - 1)) {
                    written[i] = "['" + token.text().substring(1) + "']";
                } else if (token.text().indexOf('_') >= 0) {
                    written[i] = token.text().replace("_", "");
                }
            }
            case SYMBOL -> symbol(i, token.text());
            case WORD -> word(i, token.text().toUpperCase(Locale.ROOT));
            case PARAMETER -> {
                if (token.text().startsWith(":")) {
                    written[i] = "$" + parameterNumber(token.text());
                }
            }
            case QUOTED_NAME, STRING, END -> {}
        }
    }

    /// The place of a named parameter among the names, in the order in which they come first.
    private int parameterNumber(String name) {
        List<String> names =
                tokens.stream()
                        .filter(token ->
                                token.kind() == Kind.PARAMETER && token.text().startsWith(":"))
                        .map(SqlToken::text)
                        .distinct()
                        .toList();
        return names.indexOf(name) + 1;
    }

    private void symbol(int i, String symbol) {
        if (NestedShorthand.symbol(this, i, symbol)) {
            return;
        }
        if (symbol.equals("<=>")) {
            written[i] = " IS NOT DISTINCT FROM ";
        } else if (symbol.equals("->>")
                || (symbol.equals("->") && isStep(i + 1) && !LambdaShorthand.isArrow(this, i))) {
            written[i] = "@" + symbol + "@";
        } else if (MARKED.contains(symbol)) {
            written[i] = "@" + symbol + "@";
        } else if (symbol.equals(":=")) {
            written[i] = "=>";
        } else if (symbol.equals(":")) {
            jsonPath(i);
        } else if (symbol.equals(",") && isWord(i + 1, "FROM")) {
            written[i] = "";
        }
    }

    /// Whether nothing stands between the token and what stands before it.
    private boolean isBehind(int i) {
        return i > 0 && tokens.get(i).start() == tokens.get(i - 1).end();
    }

    private boolean closes(int i) {
        return isSymbol(i, ")") || isSymbol(i, "]") || isSymbol(i, "}");
    }

    /// `js:a.b[0]` as `js -> 'a' -> 'b' -> 0`, where nothing stands around the colon.
    private void jsonPath(int colon) {
        if (!isBehind(colon) || !isBehind(colon + 1) || !(closes(colon - 1) || isName(colon - 1))) {
            return;
        }
        int i = colon;
        while (isName(i + 1) && isBehind(i + 1)) {
            written[i] = "@->@";
            written[i + 1] = "'" + tokens.get(i + 1).text().replace("'", "''") + "'";
            i += 2;
            while (isSymbol(i, "[") && isBehind(i) && isSymbol(i + 2, "]")) {
                written[i] = "@->@";
                written[i + 2] = "";
                i += 3;
            }
            if (!isSymbol(i, ".") || !isBehind(i)) {
                return;
            }
        }
    }

    private boolean isName(int i) {
        return !isEnd(i)
                && (tokens.get(i).kind() == Kind.WORD || tokens.get(i).kind() == Kind.QUOTED_NAME);
    }

    /// Whether the token names a place in JSON; behind `->` anything else is the body of a lambda.
    private boolean isStep(int i) {
        return isText(i)
                || isSymbol(i, "-")
                || (!isEnd(i)
                        && (tokens.get(i).kind() == Kind.NUMBER
                                || tokens.get(i).kind() == Kind.PARAMETER));
    }

    /// Whether the token compares what stands before it with what comes: `= ANY (…)`, `LIKE ANY (…)`.
    private boolean endsComparison(int i) {
        return i < 0
                || (tokens.get(i).kind() == Kind.SYMBOL
                        && COMPARISONS.contains(tokens.get(i).text()))
                || isWord(i, "LIKE")
                || isWord(i, "ILIKE")
                || isWord(i, "TO");
    }

    private void word(int i, String word) {
        switch (word) {
            case "FROM" -> {
                if (beginsQuery(i)) {
                    fromFirst(i);
                }
            }
            case "SELECT" -> withoutFrom(i);
            case "ALL" -> {
                if (isWord(i - 1, "BY") && endsList(i + 1)) {
                    written[i] = SqlNames.quoted(ALL);
                }
            }
            case "WITH" -> {
                groupedWith(i);
                numberedSeries(i);
                if (beginsQuery(i)) {
                    NamedExpressions.with(this, i);
                }
            }
            case "PREWHERE", "TOP", "ARRAY", "LATERAL", "SAMPLE", "APPROXIMATE", "IN" ->
                    ForeignClauses.word(this, i, word);
            case "MATERIALIZED" -> {
                boolean not = isWord(i - 1, "NOT");
                if (isWord(not ? i - 2 : i - 1, "AS") && isSymbol(i + 1, "(")) {
                    written[i] = "";
                    if (not) {
                        written[i - 1] = "";
                    }
                }
            }
            case "GLOBAL" -> {
                if (isWord(i + 1, "IN") || (isWord(i + 1, "NOT") && isWord(i + 2, "IN"))) {
                    written[i] = "";
                }
            }
            case "DISTINCT" -> ChosenRowsShorthand.distinctOn(this, i);
            case "LIMIT" -> ChosenRowsShorthand.limitBy(this, i);
            case "FILL" -> GapFillShorthand.withFill(this, i);
            case "INTERPOLATE" -> GapFillShorthand.interpolate(this, i);
            case "TIES" -> ChosenRowsShorthand.withTies(this, i);
            case "ANY" -> {
                if (isSymbol(i + 1, "(") && !endsComparison(i - 1)) {
                    written[i] = "any_value";
                }
            }
            case "GROUPS" -> {
                frameAlone(i);
                groupsFrame(i);
            }
            case "ROWS", "RANGE" -> frameAlone(i);
            case "DIV" -> {
                if (endsOperand(i - 1) && beginsOperand(i + 1)) {
                    written[i] = "//";
                }
            }
            case "GLOB" -> {
                if (endsOperand(i - 1) && (beginsOperand(i + 1) || isText(i + 1))) {
                    written[i] = "@glob@";
                }
            }
            case "RENAME" -> rename(i);
            case "EXCLUDE", "EXCEPT" -> {
                if (isSymbol(i - 1, "*")
                        && isSymbol(i - 2, "(")
                        && isWord(i - 3, "COLUMNS")
                        && isSymbol(i + 1, "(")) {
                    written[i - 1] = SqlNames.quoted(ColumnChoices.EXCEPT);
                    written[i] = "";
                }
            }
            case "UNNEST" -> {
                if (isSymbol(i + 1, "(") && isInSelectList(i)) {
                    written[i] = SqlNames.quoted(SelectUnnest.NAME);
                }
            }
            case "AS" -> NestedShorthand.castType(this, i);
            case "LAMBDA" -> LambdaShorthand.keyword(this, i);
            case "FILTER", "EXISTS" -> LambdaShorthand.name(this, i);
            case "MAP" -> {
                if (isSymbol(i + 1, "(") && !isWord(i + 2, "SELECT")) {
                    written[i] = SqlNames.quoted("map");
                }
            }
            case "ASOF" -> {
                if (isWord(i + 1, "LEFT")) {
                    written[i] = "LEFT";
                    written[i + 1] = "ASOF";
                }
            }
            case "AT" -> {
                if (isWord(i + 1, "TIME") && isWord(i + 2, "ZONE") && i > 0) {
                    written[i] = "@time zone@";
                    written[i + 1] = "";
                    written[i + 2] = "";
                }
            }
            case "CURRENT_SCHEMA",
                    "CURRENT_CATALOG",
                    "CURRENT_USER",
                    "CURRENT_DATE",
                    "CURRENT_TIME",
                    "CURRENT_TIMESTAMP" -> {
                if (isSymbol(i + 1, "(") && isSymbol(i + 2, ")")) {
                    blank(i + 1, i + 3);
                }
            }
            case "COLLATE" -> collate(i);
            case "LIKE", "ILIKE" -> LikeLists.word(this, i);
            case "IGNORE", "RESPECT" -> {
                // DuckDB's and BigQuery's place for it is inside the brackets.
                if (isWord(i + 1, "NULLS") && isSymbol(i + 2, ")") && isWord(i + 3, "OVER")) {
                    blank(i, i + 2);
                    written[i + 2] = ") " + word + " NULLS";
                }
            }
            case "TIMESTAMP" -> instantWithOffset(i);
            case "DATE_DIFF" -> {
                if (isSymbol(i + 1, "(") && isText(i + 2)) {
                    written[i] = SqlNames.quoted(tokens.get(i).text());
                }
            }
            case "CONTAINS",
                    "JSON_VALUE",
                    "JSON_QUERY",
                    "JSON_EXISTS",
                    "TRANSLATE",
                    "EMPTY",
                    "FIRST",
                    "LAST",
                    "CORR",
                    "REGR_SLOPE",
                    "REGR_INTERCEPT",
                    "REGR_R2",
                    "REGR_AVGX",
                    "REGR_AVGY",
                    "REGR_SXY",
                    "WIDTH_BUCKET",
                    "NORMALIZE" -> {
                if (isSymbol(i + 1, "(")) {
                    written[i] = SqlNames.quoted(tokens.get(i).text());
                }
            }
            default -> {
                if (isSymbol(i + 1, "(") && AggregateCalls.isParametric(word)) {
                    parametric(i);
                } else if (isText(i + 1) && SPELLED.contains(word) && !endsOperand(i - 1)) {
                    String text = tokens.get(i + 1).text().replace("'", "''");
                    written[i] = "CAST(";
                    written[i + 1] = "'" + text + "' AS " + word + ")";
                }
            }
        }
    }

    /// `generate_series(1, 3) WITH ORDINALITY`: what the grammar knows of UNNEST, of the list of the series.
    private void numberedSeries(int with) {
        if (!isWord(with + 1, "ORDINALITY") || !isSymbol(with - 1, ")")) {
            return;
        }
        int open = with - 1;
        int depth = -1;
        while (open > 0 && depth < 0) {
            depth += depthChange(--open);
        }
        int name = open - 1;
        if (isWord(name, "GENERATE_SERIES") || isWord(name, "RANGE")) {
            written[name] = "UNNEST(" + SqlNames.quoted(tokens.get(name).text());
            written[with - 1] = "))";
        }
    }

    /// Whether that collation orders texts as all are ordered.
    static boolean ordersByCodePoint(String collation) {
        return BY_CODE_POINT.contains(collation.toUpperCase(Locale.ROOT));
    }

    /// `x COLLATE "C"`: all texts are ordered so.
    private void collate(int i) {
        if (isEnd(i + 1) || !(endsOperand(i - 1) || isText(i - 1))) {
            return;
        }
        String collation = tokens.get(i + 1).text();
        if (ordersByCodePoint(collation)) {
            blank(i, i + 2);
            return;
        }
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "There is no collation "
                        + collation
                        + "; texts are ordered by code point, as in \"C\"; order by lower(x) or strip_accents(x) for another order");
    }

    /// `TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+02'`: the grammar's literal takes the names of zones and no offsets.
    private void instantWithOffset(int i) {
        if (isWord(i + 1, "WITH")
                && isWord(i + 2, "TIME")
                && isWord(i + 3, "ZONE")
                && isText(i + 4)
                && OFFSET_AT_END.matcher(tokens.get(i + 4).text()).matches()) {
            written[i] = "CAST(";
            blank(i + 1, i + 4);
            written[i + 4] =
                    "'" + tokens.get(i + 4).text().replace("'", "''") + "' AS TIMESTAMPTZ)";
        }
    }

    /// Whether the token stands between SELECT and FROM, and not in a query or a list of tables there.
    private boolean isInSelectList(int at) {
        int depth = 0;
        for (int i = at - 1; i >= 0; i--) {
            depth -= depthChange(i);
            if (depth == 0 && isWord(i, "SELECT")) {
                return true;
            }
            if (depth == 0 && (isWord(i, "FROM") || isWord(i, "JOIN") || isWord(i, "LATERAL"))) {
                return false;
            }
            if (depth < 0) {
                depth = 0;
            }
        }
        return false;
    }

    /// `quantile(0.9)(x)` as `"quantile()"(0.9, x)`.
    private void parametric(int name) {
        int close = name + 2;
        int depth = 1;
        while (!isEnd(close) && depth > 0) {
            depth += depthChange(close++);
        }
        if (isSymbol(close, "(")) {
            written[name] = SqlNames.quoted(tokens.get(name).text() + AggregateCalls.PARAMETRIC);
            written[close - 1] = ",";
            written[close] = "";
        }
    }

    /// `* RENAME (a AS b, c AS d)` as `*, "star rename"(a, b, c, d)`.
    private void rename(int rename) {
        if (!isSymbol(rename + 1, "(") || !endsStar(rename - 1)) {
            return;
        }
        written[rename] = ", " + SqlNames.quoted(ColumnChoices.RENAME);
        for (int i = rename + 2; !isEnd(i) && !isSymbol(i, ")"); i++) {
            if (isWord(i, "AS")) {
                written[i] = ",";
            }
        }
    }

    /// Whether a `*` of a select list ends here, with what it leaves out or replaces.
    private boolean endsStar(int i) {
        if (isSymbol(i, "*")) {
            return true;
        }
        int open = i;
        int depth = 0;
        do {
            depth -= depthChange(open--);
        } while (open > 0 && depth > 0);
        return isSymbol(i, ")")
                && (isWord(open, "EXCLUDE") || isWord(open, "EXCEPT") || isWord(open, "REPLACE"))
                && endsStar(open - 1);
    }

    private boolean isText(int i) {
        return i < tokens.size() && tokens.get(i).kind() == Kind.STRING;
    }

    private boolean beginsQuery(int i) {
        return i == 0
                || (isSymbol(i - 1, "(") && (i == 1 || !isFunctionName(i - 2)))
                || isWord(i - 1, "UNION")
                || isWord(i - 1, "EXCEPT")
                || isWord(i - 1, "INTERSECT")
                || isWord(i - 1, "AS")
                || (isWord(i - 1, "ALL")
                        && (isWord(i - 2, "UNION")
                                || isWord(i - 2, "EXCEPT")
                                || isWord(i - 2, "INTERSECT")));
    }

    /// Whether a parenthesis behind this token holds arguments: TRIM(FROM x).
    private boolean isFunctionName(int i) {
        return isWord(i, "TRIM");
    }

    /// `SELECT … WHERE …` is about one row without columns.
    private void withoutFrom(int select) {
        if (isSymbol(select + 1, "*")) {
            return;
        }
        int depth = 0;
        for (int i = select + 1; !isEnd(i) && depth >= 0; i++) {
            depth += depthChange(i);
            if (depth == 0 && (isWord(i, "FROM") || isOneOf(i, BEHIND_SELECT_LIST))) {
                if (isWord(i, "WHERE")) {
                    written[i] = "FROM (VALUES (0)) AS " + SqlNames.quoted("no table") + " WHERE";
                }
                return;
            }
        }
    }

    private void fromFirst(int from) {
        int select = from + 1;
        int depth = 0;
        while (!isEnd(select) && (depth > 0 || !isWord(select, "SELECT"))) {
            depth += depthChange(select);
            if (depth < 0 || (depth == 0 && isOneOf(select, BEHIND_SELECT_LIST))) {
                break;
            }
            select++;
        }
        if (isEnd(select) || !isWord(select, "SELECT")) {
            written[from] = "SELECT * FROM";
            return;
        }
        int end = select + 1;
        while (!isEnd(end) && (depth > 0 || !isOneOf(end, BEHIND_SELECT_LIST))) {
            depth += depthChange(end);
            if (depth < 0) {
                break;
            }
            end++;
        }
        written[from] = writtenOut(select, end) + " FROM";
        for (int i = select; i < end; i++) {
            written[i] = "";
        }
    }

    /// `GROUP BY … WITH ROLLUP`
    private void groupedWith(int with) {
        String sets = "";
        String close = ")";
        if (isWord(with + 1, "ROLLUP")) {
            sets = "ROLLUP (";
        } else if (isWord(with + 1, "CUBE")) {
            sets = "CUBE (";
        } else if (isWord(with + 1, "TOTALS")) {
            sets = "GROUPING SETS ((";
            close = "), ())";
        } else {
            return;
        }
        if (isWord(with + 2, "AS")) {
            return; // the name of a common table expression
        }
        int depth = 0;
        for (int i = with - 1; i > 0 && depth >= 0; i--) {
            depth -= depthChange(i);
            if (depth == 0 && isWord(i, "BY") && isWord(i - 1, "GROUP")) {
                written[i] = "BY " + sets;
                written[with] = close;
                written[with + 1] = "";
                return;
            }
        }
    }

    /// A frame right behind the bracket, which the grammar reads as the name of a window: it stands behind an order that tells no rows apart.
    private void frameAlone(int unit) {
        if (ReservedNames.beginsFrame(tokens, unit)) {
            written[unit - 1] = "(ORDER BY 1 ";
        }
    }

    /// `GROUPS` before the bounds of a frame.
    private void groupsFrame(int groups) {
        boolean two = isWord(groups + 1, "BETWEEN");
        int first = groups + (two ? 2 : 1);
        int behind = boundEnd(first);
        if (behind < 0) {
            return;
        }
        boolean distances = moveDistance(first);
        if (two) {
            if (!isWord(behind, "AND") || boundEnd(behind + 1) < 0) {
                return;
            }
            distances |= moveDistance(behind + 1);
        }
        written[groups] = distances ? "ROWS" : "RANGE";
    }

    /// Behind a bound of a frame; −1 where there is none.
    private int boundEnd(int i) {
        boolean direction = isWord(i + 1, "PRECEDING") || isWord(i + 1, "FOLLOWING");
        boolean bound =
                isWord(i, "CURRENT")
                        ? isWord(i + 1, "ROW")
                        : direction && (isWord(i, "UNBOUNDED") || isNumber(i));
        return bound ? i + 2 : -1;
    }

    boolean isNumber(int i) {
        return i < tokens.size() && tokens.get(i).kind() == Kind.NUMBER;
    }

    /// Moves a distance that counts groups; false where the bound has none.
    private boolean moveDistance(int i) {
        if (!isNumber(i) || !tokens.get(i).text().matches("[0-9_]{1,18}")) {
            return false;
        }
        long distance = Long.parseLong(tokens.get(i).text().replace("_", ""));
        written[i] = Long.toString(distance + Frames.GROUPS);
        return true;
    }

    /// Whether the token ends a list of columns.
    private boolean endsList(int i) {
        return isEnd(i)
                || isSymbol(i, ")")
                || isSymbol(i, ";")
                || isWord(i, "ASC")
                || isWord(i, "DESC")
                || isWord(i, "NULLS")
                || isOneOf(i, BEHIND_SELECT_LIST);
    }

    boolean endsOperand(int i) {
        return i >= 0
                && (isSymbol(i, ")") || tokens.get(i).kind() == Kind.NUMBER || isPlainName(i));
    }

    private boolean beginsOperand(int i) {
        return !isEnd(i)
                && (isSymbol(i, "(")
                        || tokens.get(i).kind() == Kind.NUMBER
                        || tokens.get(i).kind() == Kind.PARAMETER
                        || isPlainName(i));
    }

    /// Whether the token can only be a name.
    boolean isPlainName(int i) {
        SqlToken token = tokens.get(i);
        return token.kind() == Kind.QUOTED_NAME
                || (token.kind() == Kind.WORD
                        && !ReservedNames.isReserved(token.text().toUpperCase(Locale.ROOT)));
    }

    /// What the token is written as so far.
    String text(int i) {
        String known = written[i];
        SqlToken token = tokens.get(i);
        return known != null
                ? known
                : token.kind() == Kind.QUOTED_NAME
                        ? SqlNames.quoted(token.text())
                        : source.substring(token.start(), token.end());
    }

    void write(int i, String text) {
        written[i] = text;
    }

    /// Leaves out the tokens from `first` to before `end`.
    void blank(int first, int end) {
        Arrays.fill(written, first, end, "");
    }

    /// The source between two tokens, the second excluded, in the words of the grammar.
    String writtenOut(int first, int end) {
        String text = source.substring(tokens.get(first).start(), tokens.get(end - 1).end());
        return PlainText.of(text, SqlLexer.tokens(text)).whole();
    }

    Kind kind(int i) {
        return tokens.get(i).kind();
    }

    List<SqlToken> tokens() {
        return tokens;
    }

    String source() {
        return source;
    }

    int depthChange(int i) {
        SqlToken token = tokens.get(i);
        return token.opens() ? 1 : token.closes() ? -1 : 0;
    }

    boolean isEnd(int i) {
        return i >= tokens.size() || tokens.get(i).kind() == Kind.END;
    }

    boolean isWord(int i, String word) {
        return i >= 0 && i < tokens.size() && tokens.get(i).isWord(word);
    }

    boolean isSymbol(int i, String symbol) {
        return i >= 0 && i < tokens.size() && tokens.get(i).isSymbol(symbol);
    }

    boolean isOneOf(int i, Set<String> words) {
        return i < tokens.size()
                && tokens.get(i).kind() == Kind.WORD
                && words.contains(tokens.get(i).text().toUpperCase(Locale.ROOT));
    }
}
