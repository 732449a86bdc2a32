package io.basaltdb.query.sql;

import io.basaltdb.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `make_interval(days => 3)`, whose arguments have names, and `age(t)`, which is `age(current_date, t)`.
final class IntervalCalls {
    private static final List<String> PARTS =
            List.of("years", "months", "weeks", "days", "hours", "mins", "secs");

    /// DuckDB's and ClickHouse's functions of one part, by its place.
    private static final Map<String, Integer> OF_ONE_PART =
            Map.ofEntries(
                    Map.entry("to_years", 0),
                    Map.entry("tointervalyear", 0),
                    Map.entry("to_months", 1),
                    Map.entry("tointervalmonth", 1),
                    Map.entry("to_weeks", 2),
                    Map.entry("tointervalweek", 2),
                    Map.entry("to_days", 3),
                    Map.entry("tointervalday", 3),
                    Map.entry("to_hours", 4),
                    Map.entry("tointervalhour", 4),
                    Map.entry("to_minutes", 5),
                    Map.entry("tointervalminute", 5),
                    Map.entry("to_seconds", 6),
                    Map.entry("tointervalsecond", 6));

    private IntervalCalls() {}

    /// `to_days(n)` and its like; null where the name is none of these.
    static @Nullable SqlNode ofOnePart(SqlCall call, String name) {
        @Nullable Integer place = OF_ONE_PART.get(name);
        if (place == null) {
            return null;
        }
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> places = zeros(position);
        places.set(place, call.getOperandList().getFirst());
        return SyntaxRewrite.named(position, "make_interval", places);
    }

    private static List<SqlNode> zeros(SqlParserPos position) {
        List<SqlNode> places = new ArrayList<>();
        for (int i = 0; i < PARTS.size(); i++) {
            places.add(SqlLiteral.createExactNumeric("0", position));
        }
        return places;
    }

    /// The call with its arguments in their places, those that it leaves out as zeros.
    static SqlNode made(SqlCall call, List<SqlNode> operands) {
        SqlParserPos position = call.getParserPosition();
        if (operands.stream().noneMatch(each -> each.getKind() == SqlKind.ARGUMENT_ASSIGNMENT)) {
            return call;
        }
        List<SqlNode> places = zeros(position);
        for (int i = 0; i < operands.size(); i++) {
            SqlNode operand = operands.get(i);
            if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                SqlCall named = (SqlCall) operand;
                String name =
                        ((SqlIdentifier) named.operand(1)).getSimple().toLowerCase(Locale.ROOT);
                int place = PARTS.indexOf(name);
                if (place < 0) {
                    throw SyntaxRewrite.refused(
                            operand.getParserPosition(),
                            ErrorCode.UNDEFINED_FUNCTION,
                            "make_interval has no argument "
                                    + name
                                    + "; it has "
                                    + String.join(", ", PARTS));
                }
                places.set(place, named.operand(0));
            } else if (i < PARTS.size()) {
                places.set(i, operand);
            }
        }
        return SyntaxRewrite.named(position, "make_interval", places);
    }

    static SqlNode sinceToday(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        return SyntaxRewrite.named(
                position,
                "age",
                List.of(
                        SyntaxRewrite.named(position, "today", List.of()),
                        call.getOperandList().getFirst()));
    }
}
