package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.AggregateOperator;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The errors of the parser and validator in our words, with code and place.
final class SqlErrors {
    /// More alternatives than this help nobody.
    private static final int MAX_EXPECTED = 6;

    private static final Pattern ENCOUNTERED =
            Pattern.compile("Encountered \"(.*?)\" at line", Pattern.DOTALL);
    private static final Pattern LEXICAL =
            Pattern.compile(
                    "Lexical error at line (\\d+), column (\\d+)\\.\\s*Encountered: \"(.*?)\"",
                    Pattern.DOTALL);
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:org|java|com|io)\\.[a-z]+\\.[\\w.$]+");

    /// In the names of [AggregateOperator].
    private static final Pattern PARAMETERS =
            Pattern.compile(
                    AggregateOperator.PARAMETERS
                            + "[^"
                            + AggregateOperator.PARAMETERS
                            + "]*"
                            + AggregateOperator.PARAMETERS,
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern SIGNATURE =
            Pattern.compile(
                    "No match found for function signature \\$?(\\w+)\\(.*", Pattern.DOTALL);

    private record Rule(Pattern pattern, ErrorCode code, @Nullable String message) {}

    private static final List<Rule> RULES =
            List.of(
                    rule(
                            "Invalid number of arguments to function '(.*)'. Was expecting 0 arguments",
                            ErrorCode.UNDEFINED_FUNCTION,
                            "There is no function $1 for these arguments"),
                    rule(
                            "The definition of column '(.*)' depends on itself.*",
                            ErrorCode.UNDEFINED_COLUMN,
                            "There is no column $1"),
                    rule(
                            "Object '(.*)' not found within '.*'(?:; did you mean '(.*)'\\?)?",
                            ErrorCode.UNDEFINED_TABLE,
                            "There is no table $1"),
                    rule(
                            "Object '(.*)' not found(?:; did you mean '(.*)'\\?)?",
                            ErrorCode.UNDEFINED_TABLE,
                            "There is no table $1"),
                    rule(
                            "Table '(.*)' not found(?:; did you mean '(.*)'\\?)?",
                            ErrorCode.UNDEFINED_TABLE,
                            "There is no table $1"),
                    rule(
                            "Column '(.*)' not found in any table(?:; did you mean '(.*)', '.*'\\?)?",
                            ErrorCode.UNDEFINED_COLUMN,
                            "There is no column $1"),
                    rule(
                            "Column '(.*)' not found in table '(.*)'.*",
                            ErrorCode.UNDEFINED_COLUMN,
                            "There is no column $1 in $2"),
                    rule(
                            "Unknown target column '(.*)'",
                            ErrorCode.UNDEFINED_COLUMN,
                            "There is no column $1"),
                    rule("Unknown identifier '(.*)'", ErrorCode.UNDEFINED_COLUMN, "There is no $1"),
                    rule(
                            "Column '(.*)' is ambiguous",
                            ErrorCode.AMBIGUOUS_COLUMN,
                            "Column $1 is in more than one table; write table.$1"),
                    rule(
                            "Expression '(.*)' is not being grouped",
                            ErrorCode.GROUPING_ERROR,
                            "$1 must stand in GROUP BY or in an aggregate such as min or any_value"),
                    rule(
                            "Aggregate expressions cannot be nested.*",
                            ErrorCode.GROUPING_ERROR,
                            "Aggregates cannot be nested"),
                    rule(
                            "Aggregate expression is illegal in (.*) clause",
                            ErrorCode.GROUPING_ERROR,
                            "An aggregate cannot stand in $1"),
                    rule(
                            "Windowed aggregate expression is illegal in (.*) clause",
                            ErrorCode.GROUPING_ERROR,
                            "A window function cannot stand in $1"),
                    rule(
                            "No match found for function signature ((?i:first|last))\\(<[^,]*>\\)",
                            ErrorCode.UNDEFINED_FUNCTION,
                            "$1 needs an order: $1(x ORDER BY y); any_value(x) needs none"),
                    rule(
                            "No match found for function signature (.*)",
                            ErrorCode.UNDEFINED_FUNCTION,
                            "There is no function $1"),
                    rule(
                            "Function '(.*)' not defined",
                            ErrorCode.UNDEFINED_FUNCTION,
                            "There is no function $1"),
                    rule(
                            "Invalid number of arguments to function '(.*)'. Was expecting (.*) arguments",
                            ErrorCode.UNDEFINED_FUNCTION,
                            "Function $1 takes $2 arguments"),
                    rule(
                            "Cannot apply '\\$SCALAR_QUERY'.*",
                            ErrorCode.SYNTAX_ERROR,
                            "A query that stands for a value has one column; this one has several"),
                    rule(
                            "Cannot apply '(.*?)' to arguments of type '(.*?)'\\..*",
                            ErrorCode.DATATYPE_MISMATCH,
                            "$1 does not take these types: $2"),
                    rule(
                            "Values passed to (.*) operator must have compatible types",
                            ErrorCode.DATATYPE_MISMATCH,
                            "The values of $1 have no common type"),
                    rule(
                            "Type mismatch in column (\\d+) of (.*)",
                            ErrorCode.DATATYPE_MISMATCH,
                            "Column $1 of $2 has no common type"),
                    rule(
                            "Column count mismatch in (.*)",
                            ErrorCode.SYNTAX_ERROR,
                            "The queries of $1 have different numbers of columns"),
                    rule(
                            "Cast function cannot convert value of type (.*) to type (.*)",
                            ErrorCode.DATATYPE_MISMATCH,
                            "There is no cast from $1 to $2"),
                    rule(
                            "Illegal mixing of types in CASE or COALESCE statement",
                            ErrorCode.DATATYPE_MISMATCH,
                            "The results of CASE have no common type"),
                    rule(
                            "Illegal use of '?NULL'?",
                            ErrorCode.DATATYPE_MISMATCH,
                            "NULL has no type here; write CAST(NULL AS type)"),
                    rule(
                            "Illegal use of dynamic parameter",
                            ErrorCode.INDETERMINATE_DATATYPE,
                            "The parameter's type is not clear before it has a value; write CAST(? AS type)"),
                    rule(
                            "Ordinal out of range",
                            ErrorCode.SYNTAX_ERROR,
                            "The position is outside the select list"),
                    rule(
                            "Duplicate relation name '(.*)' in FROM clause",
                            ErrorCode.SYNTAX_ERROR,
                            "$1 is named twice in FROM; give one an alias"),
                    rule(
                            "Numeric literal '(.*)' out of range",
                            ErrorCode.NUMERIC_OUT_OF_RANGE,
                            "The number $1 is outside every type"),
                    rule(
                            "Illegal DATE literal '?(.*?)'?: not in format.*",
                            ErrorCode.INVALID_DATETIME,
                            "'$1' is not a date such as '2025-12-31'"),
                    rule(
                            "Illegal TIMESTAMP literal '?(.*?)'?: not in format.*",
                            ErrorCode.INVALID_DATETIME,
                            "'$1' is not a timestamp such as '2025-12-31 23:59:59'"));

    private SqlErrors() {}

    private static Rule rule(String pattern, ErrorCode code, String message) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), code, message);
    }

    /// What the grammar refused.
    static BasaltException of(SqlParseException e, PlainText text) {
        if (e.getCause() instanceof CalciteContextException context) {
            return of(context, text, ErrorCode.SYNTAX_ERROR);
        }
        String message = String.valueOf(e.getMessage());
        Matcher lexical = LEXICAL.matcher(message);
        if (lexical.find()) {
            return text.toSource(
                            Integer.parseInt(lexical.group(1)), Integer.parseInt(lexical.group(2)))
                    .error(ErrorCode.SYNTAX_ERROR, "Unexpected character " + lexical.group(3));
        }
        SqlParserPos at = e.getPos();
        SqlPosition position =
                at == null
                        ? new SqlPosition(0, 0)
                        : text.toSource(at.getLineNum(), at.getColumnNum());
        Matcher encountered = ENCOUNTERED.matcher(message);
        if (!encountered.find()) {
            return position.error(ErrorCode.SYNTAX_ERROR, clean(message));
        }
        String found = encountered.group(1);
        String problem =
                found.equals("<EOF>")
                        ? "The statement ends too early"
                        : "Unexpected \"" + found.replaceAll("\\s+", " ").strip() + "\"";
        return position.error(ErrorCode.SYNTAX_ERROR, problem + expected(e));
    }

    private static String expected(SqlParseException e) {
        List<String> words = new ArrayList<>();
        for (String token : e.getExpectedTokenNames()) {
            String word = token.replace("\"", "");
            if (!word.startsWith("<") && !words.contains(word)) {
                words.add(word);
            }
        }
        return words.isEmpty() || words.size() > MAX_EXPECTED
                ? ""
                : "; expected " + String.join(", ", words);
    }

    /// What the validator refused.
    static BasaltException of(CalciteContextException e, PlainText text, ErrorCode fallback) {
        SqlPosition position = text.toSource(e.getPosLine(), e.getPosColumn());
        @Nullable Throwable cause = e.getCause();
        if (cause instanceof BasaltException known) {
            return position.error(known.code(), String.valueOf(known.getMessage()));
        }
        String message =
                cause == null || cause.getMessage() == null
                        ? String.valueOf(e.getMessage())
                        : cause.getMessage();
        return of(position, message, fallback);
    }

    static BasaltException of(SqlPosition position, String raw, ErrorCode fallback) {
        String message = PARAMETERS.matcher(raw).replaceAll("");
        int folded = message.indexOf(TableCall.SEPARATOR);
        if (folded >= 0) {
            String name = message.substring(message.indexOf('\'') + 1, folded);
            return position.error(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "There is no table function " + name + " with these arguments");
        }
        Matcher signature = SIGNATURE.matcher(message);
        @Nullable String instead =
                signature.matches() ? ForeignFunctions.instead(signature.group(1)) : null;
        if (instead != null) {
            return position.error(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "There is no function "
                            + signature.group(1).toLowerCase(Locale.ROOT)
                            + "; "
                            + instead);
        }
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern.matcher(message);
            if (matcher.matches()) {
                return position.error(rule.code, filled(rule, matcher));
            }
        }
        return position.error(fallback, clean(message));
    }

    private static String filled(Rule rule, Matcher matcher) {
        String text = String.valueOf(rule.message);
        for (int group = Math.min(2, matcher.groupCount()); group >= 1; group--) {
            @Nullable String value = matcher.group(group);
            if (text.contains("$" + group)) {
                text = text.replace("$" + group, value == null ? "" : value);
            } else if (value != null) {
                text = text + "; did you mean " + value + "?";
            }
        }
        return text;
    }

    /// The text without what only a Java programmer could read.
    static String clean(String message) {
        String text = message.lines().findFirst().orElse("").strip();
        return text.isEmpty() || CLASS_NAME.matcher(text).find() || text.contains("Exception")
                ? "The statement cannot be planned; please simplify it"
                : text;
    }
}
