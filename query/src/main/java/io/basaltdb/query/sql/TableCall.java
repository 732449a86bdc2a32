package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/// A call of a table function with literal arguments, folded into one name so that it is looked up like a table; a series of numbers with
/// others is a list that is unnested.
final class TableCall {
    static final String SEPARATOR = "\u0000";

    /// What stands before the text of an instant, which has or takes a zone.
    static final String INSTANT = "instant ";

    private static final String SERIES = "generate_series";
    private static final String RANGE = "range";
    private static final long MICROS_PER_MILLI = 1000;

    private TableCall() {}

    /// The name that a call with literal arguments has become, and what it was.
    static final class Folded extends SqlIdentifier {
        private final List<SqlNode> arguments;
        private final List<String> function;

        Folded(
                List<String> function,
                List<String> parts,
                List<SqlNode> arguments,
                SqlParserPos position) {
            super(
                    List.of(Dialect.FILE_SCHEMA, fold(parts)),
                    null,
                    position,
                    List.of(position, position));
            this.function = List.copyOf(function);
            this.arguments = List.copyOf(arguments);
        }

        /// Its name, perhaps behind that of a schema.
        List<String> function() {
            return function;
        }

        List<SqlNode> arguments() {
            return arguments;
        }
    }

    static String fold(List<String> nameAndArguments) {
        return String.join(SEPARATOR, nameAndArguments) + SEPARATOR;
    }

    /// An interval as the text that table functions take: `months n` or `micros n`.
    static String text(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value =
                literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        return value.getIntervalQualifier().isYearMonth()
                ? "months " + SqlParserUtil.intervalToMonths(value)
                : "micros " + SqlParserUtil.intervalToMillis(value) * MICROS_PER_MILLI;
    }

    /// Whether the type behind CAST is that of instants.
    static boolean isInstant(SqlNode type) {
        String name = type.toString().toUpperCase(Locale.ROOT);
        return name.contains("TIMESTAMPTZ") || name.contains("TIME ZONE");
    }

    /// `generate_series(1, ?)`, `range(t.n)`: the list of the numbers, unnested, with one column of the function's name; null where it is
    /// another function.
    static @Nullable SqlNode series(
            SqlParserPos position, String function, List<SqlNode> arguments) {
        if (!function.equals(SERIES) && !function.equals(RANGE)) {
            return null;
        }
        SqlNode list = SyntaxRewrite.named(position, function, arguments);
        return SqlStdOperatorTable.AS.createCall(
                position,
                SqlStdOperatorTable.UNNEST.createCall(position, list),
                new SqlIdentifier(function, position),
                new SqlIdentifier(function, position));
    }

    /// A table of one column, `generate_series(…) AS n`: as in PostgreSQL the column is called n too.
    static SqlNode named(SqlCall as, List<SqlNode> operands) {
        @Nullable SqlNode table = seriesIn(operands.get(0));
        if (table == null) {
            return as;
        }
        List<SqlNode> renamed = new ArrayList<>(operands);
        renamed.set(0, table);
        if (operands.size() == 2) {
            renamed.add(operands.get(1).clone(operands.get(1).getParserPosition()));
        }
        return as.getOperator().createCall(as.getParserPosition(), renamed);
    }

    /// The series without a name of its own; null where it is something else.
    private static @Nullable SqlNode seriesIn(SqlNode node) {
        if (node instanceof SqlIdentifier table) {
            return table.names.size() == 2
                            && table.names.get(0).equals(Dialect.FILE_SCHEMA)
                            && table.names.get(1).startsWith(SERIES + SEPARATOR)
                    ? table
                    : null;
        }
        return node instanceof SqlCall as
                        && as.getKind() == SqlKind.AS
                        && as.operand(0).getKind() == SqlKind.UNNEST
                ? as.operand(0)
                : null;
    }

    /// Name and arguments; null where the name was never folded.
    static @Nullable List<String> unfold(String name) {
        return name.endsWith(SEPARATOR)
                ? List.of(name.substring(0, name.length() - 1).split(SEPARATOR, -1))
                : null;
    }
}
