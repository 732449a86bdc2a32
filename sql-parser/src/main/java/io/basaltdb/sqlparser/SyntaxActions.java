package io.basaltdb.sqlparser;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** What the productions of ours do once they have their tokens; kept out of the grammar to stay readable. */
final class SyntaxActions {

    /** The schema under which {@code FROM 'file'} looks up its name. No user can create it: it holds a blank. */
    static final String FILE_SCHEMA = "file in place";

    /// `a // b`, at the level of `*`.
    static final SqlBinaryOperator INTEGER_DIVIDE = operator("//", 60);

    /// `a ** b`, above `*`.
    static final SqlBinaryOperator POWER = operator("**", 70);

    /// `a || b` binds less than the arithmetic, as in PostgreSQL: `'a' || 1 + 2` is a3.
    static final SqlBinaryOperator CONCAT = operator("||", 36);

    /// The operators on bits stand between `+` and the comparisons, as in PostgreSQL.
    static final SqlBinaryOperator BIT_AND = operator("&", 36);

    static final SqlBinaryOperator BIT_OR = operator("|", 36);

    static final SqlBinaryOperator SHIFT_LEFT = operator("<<", 36);

    static final SqlBinaryOperator SHIFT_RIGHT = operator(">>", 36);

    /// `t AT TIME ZONE z`, above the arithmetic, as in PostgreSQL. Whoever reads the text before the grammar writes its three words as one token.
    static final SqlBinaryOperator AT_TIME_ZONE = operator("AT TIME ZONE", 74);

    /// `js -> 'name'`, above the arithmetic; written as tokens of their own, since `->` alone begins the body of a lambda.
    static final SqlBinaryOperator JSON_VALUE = operator("->", 74);

    static final SqlBinaryOperator JSON_TEXT = operator("->>", 74);

    /// `js #> '{a,0}'` and `js #>> '{a,0}'`: the value at a path.
    static final SqlBinaryOperator JSON_PATH = operator("#>", 74);

    static final SqlBinaryOperator JSON_TEXT_PATH = operator("#>>", 74);

    static final SqlBinaryOperator XOR = operator("#", 36);

    /// `a @> b`, `a <@ b`, `a && b` of lists: the one has all, or some, elements of the other.
    static final SqlBinaryOperator CONTAINS = operator("@>", 36);

    static final SqlBinaryOperator CONTAINED = operator("<@", 36);

    static final SqlBinaryOperator OVERLAPS = operator("&&", 36);

    /// `a <<= b`, `a >>= b` of networks: the one lies within the other or is the same.
    static final SqlBinaryOperator WITHIN_OR_EQUAL = operator("<<=", 36);

    static final SqlBinaryOperator AROUND_OR_EQUAL = operator(">>=", 36);

    /// `~ a`: every bit turned; above the operators on bits and below the arithmetic, as in PostgreSQL.
    static final SqlPrefixOperator BIT_NOT =
            new SqlPrefixOperator("~", SqlKind.OTHER, 38, ReturnTypes.ARG0, null, OperandTypes.ANY);

    /// `a GLOB 'x*'`, a comparison; its word is written as one token as well.
    static final SqlBinaryOperator GLOB = operator("GLOB", 30);

    /// Matches columns by name. What reads the tree before the validator replaces it.
    static final SqlSetOperator UNION_BY_NAME =
            new SqlSetOperator("UNION BY NAME", SqlKind.UNION, 12, false);

    static final SqlSetOperator UNION_ALL_BY_NAME =
            new SqlSetOperator("UNION ALL BY NAME", SqlKind.UNION, 12, true);

    private static final int PARAMETER_LIMIT = 65_535;

    private static final Map<String, TimeUnit> UNITS =
            Map.ofEntries(
                    Map.entry("year", TimeUnit.YEAR),
                    Map.entry("y", TimeUnit.YEAR),
                    Map.entry("quarter", TimeUnit.QUARTER),
                    Map.entry("month", TimeUnit.MONTH),
                    Map.entry("mon", TimeUnit.MONTH),
                    Map.entry("week", TimeUnit.WEEK),
                    Map.entry("w", TimeUnit.WEEK),
                    Map.entry("day", TimeUnit.DAY),
                    Map.entry("d", TimeUnit.DAY),
                    Map.entry("hour", TimeUnit.HOUR),
                    Map.entry("h", TimeUnit.HOUR),
                    Map.entry("minute", TimeUnit.MINUTE),
                    Map.entry("min", TimeUnit.MINUTE),
                    Map.entry("m", TimeUnit.MINUTE),
                    Map.entry("second", TimeUnit.SECOND),
                    Map.entry("sec", TimeUnit.SECOND),
                    Map.entry("s", TimeUnit.SECOND));

    private SyntaxActions() {}

    /// An operator that only carries its name through the grammar.
    private static SqlBinaryOperator operator(String symbol, int precedence) {
        return new SqlBinaryOperator(
                symbol,
                SqlKind.OTHER,
                precedence,
                true,
                ReturnTypes.ARG0,
                null,
                OperandTypes.ANY_ANY);
    }

    static SqlNode numberedParameter(String image, SqlParserPos position) {
        int number = 0;
        for (int i = 1; i < image.length() && number <= PARAMETER_LIMIT; i++) {
            number = number * 10 + (image.charAt(i) - '0');
        }
        if (number < 1 || number > PARAMETER_LIMIT) {
            throw at(position, "Parameter " + image + " is outside $1 to $" + PARAMETER_LIMIT);
        }
        return new SqlDynamicParam(number - 1, position);
    }

    /** {@code FROM 'events.parquet'}: a table of the reserved schema of files. */
    static SqlIdentifier file(SqlNode literal) {
        SqlParserPos position = literal.getParserPosition();
        String name = SqlLiteral.unchain(literal).getValueAs(String.class);
        return new SqlIdentifier(
                List.of(FILE_SCHEMA, name), null, position, List.of(position, position));
    }

    /**
     * {@code INTERVAL '1 day'} and {@code INTERVAL '1 year 2 months'}: each number with its unit
     * becomes an interval expression of its own; the parts are added up.
     */
    static SqlNode intervalWithUnits(SqlParserPos position, int sign, String text) {
        String[] words = text.trim().split("\\s+");
        if (words.length == 1) {
            words = text.trim().split("(?<=[0-9])(?=[A-Za-z])");
        }
        if (words.length < 2 || words.length % 2 != 0 || text.indexOf(':') >= 0) {
            return stored(position, sign, text);
        }
        SqlNode sum = null;
        for (int i = 0; i < words.length; i += 2) {
            SqlNode part = intervalPart(position, sign, text, words[i], words[i + 1]);
            sum = sum == null ? part : SqlStdOperatorTable.PLUS.createCall(position, sum, part);
        }
        return sum;
    }

    /** Whatever else an interval can be written as: read when it is computed, as one of months, days and microseconds. */
    private static SqlNode stored(SqlParserPos position, int sign, String text) {
        SqlNode type =
                new SqlDataTypeSpec(
                        new SqlUserDefinedTypeNameSpec(
                                new SqlIdentifier("interval", position), position),
                        position);
        SqlNode cast =
                SqlStdOperatorTable.CAST.createCall(
                        position, SqlLiteral.createCharString(text, position), type);
        return sign < 0 ? SqlStdOperatorTable.UNARY_MINUS.createCall(position, cast) : cast;
    }

    private static SqlNode intervalPart(
            SqlParserPos position, int sign, String text, String number, String unitName) {
        String name = unitName.toLowerCase(Locale.ROOT);
        TimeUnit unit = UNITS.get(name);
        if (unit == null && name.endsWith("s")) {
            unit = UNITS.get(name.substring(0, name.length() - 1));
        }
        if (unit == null) {
            throw at(position, "Interval '" + text + "' names the unknown unit " + unitName);
        }
        BigDecimal value;
        try {
            value = new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw at(
                    position,
                    "Interval '" + text + "' holds " + number + ", which is not a number");
        }
        if (value.signum() < 0) {
            sign = -sign;
            value = value.negate();
        }
        return SqlLiteral.createInterval(
                sign,
                value.toPlainString(),
                new SqlIntervalQualifier(unit, null, position),
                position);
    }

    private static CalciteContextException at(SqlParserPos position, String message) {
        return new CalciteContextException(
                message,
                new IllegalArgumentException(message),
                position.getLineNum(),
                position.getColumnNum(),
                position.getEndLineNum(),
                position.getEndColumnNum());
    }
}
