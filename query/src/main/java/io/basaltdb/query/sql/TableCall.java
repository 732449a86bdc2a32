package io.basaltdb.query.sql;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/// A call of a table function with literal arguments, folded into one name so that it is looked up like a table.
final class TableCall {
    static final String SEPARATOR = "\u0000";

    /// What stands before the text of an instant, which has or takes a zone.
    static final String INSTANT = "instant ";

    private static final String SERIES = "generate_series";
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

    /// `generate_series(…) AS n`: as in PostgreSQL the only column is called n too.
    static SqlNode named(SqlCall as, List<SqlNode> operands) {
        return operands.get(0) instanceof SqlIdentifier table
                        && table.names.size() == 2
                        && table.names.get(0).equals(Dialect.FILE_SCHEMA)
                        && table.names.get(1).startsWith(SERIES + SEPARATOR)
                ? as.getOperator()
                        .createCall(
                                as.getParserPosition(),
                                table,
                                operands.get(1),
                                operands.get(1).clone(operands.get(1).getParserPosition()))
                : as;
    }

    /// Name and arguments; null where the name was never folded.
    static @Nullable List<String> unfold(String name) {
        return name.endsWith(SEPARATOR)
                ? List.of(name.substring(0, name.length() - 1).split(SEPARATOR, -1))
                : null;
    }
}
