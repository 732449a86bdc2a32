package io.basaltdb.query.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Functions of other databases that are another way to write a call of ours.
///
/// - `list_aggregate(l, 'sum')`: `list_sum(l)`
/// - `formatDateTime(t, '%Y-%m-%d %H:%i:%S')`: `strftime` with the letters that ClickHouse gives another meaning
/// - `arrayJoin(l)`: `unnest(l)`
/// - `row_to_json(r)`: `to_json(r)`
/// - `date_bin(width, t, origin)`: `time_bucket(width, t, origin)`
/// - `to_days(n)`, `toIntervalDay(n)`: `make_interval(days => n)`
final class FamiliarCalls {
    /// What ClickHouse's and MySQL's letters are called in `strftime`.
    private static final Map<Character, String> CODES =
            Map.of(
                    'i',
                    "%M",
                    'M',
                    "%B",
                    's',
                    "%S",
                    'h',
                    "%I",
                    'c',
                    "%m",
                    'R',
                    "%H:%M",
                    'r',
                    "%I:%M %p");

    private static final String SAME_CODES = "YyCmbBdejaAHIpSfFTDnt%wuVGg";

    private FamiliarCalls() {}

    /// The call of ours; null where the name or the number of operands is none of these.
    static @Nullable SqlNode of(SqlCall call, String name, List<SqlNode> operands) {
        SqlParserPos position = call.getParserPosition();
        return switch (name) {
            case "list_aggregate", "list_aggr", "array_aggregate", "array_aggr" ->
                    operands.size() == 2 ? listAggregate(position, operands) : null;
            case "formatdatetime" ->
                    operands.size() == 2 ? formatDateTime(position, operands) : null;
            case "arrayjoin" ->
                    operands.size() == 1
                            ? SyntaxRewrite.named(position, SelectUnnest.NAME, operands)
                            : null;
            case "row_to_json", "array_to_json" ->
                    operands.size() == 1
                            ? SyntaxRewrite.named(position, "to_json", operands)
                            : null;
            case "date_bin" ->
                    operands.size() == 3
                            ? SyntaxRewrite.named(position, "time_bucket", operands)
                            : null;
            default -> operands.size() == 1 ? IntervalCalls.ofOnePart(call, name) : null;
        };
    }

    private static SqlNode listAggregate(SqlParserPos position, List<SqlNode> operands) {
        @Nullable String aggregate = text(operands.get(1));
        if (aggregate == null) {
            throw SyntaxRewrite.unsupported(
                    position,
                    "list_aggregate takes the name of an aggregate in quotes: list_aggregate(l, 'sum')");
        }
        return SyntaxRewrite.named(
                position,
                "list_" + aggregate.toLowerCase(Locale.ROOT),
                List.of(operands.getFirst()));
    }

    private static SqlNode formatDateTime(SqlParserPos position, List<SqlNode> operands) {
        @Nullable String format = text(operands.get(1));
        if (format == null) {
            throw SyntaxRewrite.unsupported(
                    position, "formatDateTime takes its format in quotes; strftime takes any text");
        }
        StringBuilder codes = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char letter = format.charAt(i);
            if (letter != '%' || i + 1 == format.length()) {
                codes.append(letter);
                continue;
            }
            char code = format.charAt(++i);
            @Nullable String ours = CODES.get(code);
            if (ours == null && SAME_CODES.indexOf(code) < 0) {
                throw SyntaxRewrite.unsupported(
                        position,
                        "formatDateTime does not take %"
                                + code
                                + "; see strftime for what there is");
            }
            codes.append(ours == null ? "%" + code : ours);
        }
        return SyntaxRewrite.named(
                position,
                "strftime",
                List.of(
                        operands.getFirst(),
                        SqlLiteral.createCharString(
                                codes.toString(), operands.get(1).getParserPosition())));
    }

    private static @Nullable String text(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
                ? literal.getValueAs(String.class)
                : null;
    }
}
