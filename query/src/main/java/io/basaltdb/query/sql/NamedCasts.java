package io.basaltdb.query.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// What others write as functions and SQL as a cast or a sum: `toInt32(x)`, `toInt32OrNull(x)`, `addDays(t, n)`, `subtractMonths(t, n)`, `JSONExtractInt(js, 'a')`,
/// `make_timestamp(2024, 2, 29, 12, 30, 1.5)`. ClickHouse's unsigned types become the next larger signed ones.
final class NamedCasts {
    private static final Map<String, SqlTypeName> TYPES =
            Map.ofEntries(
                    Map.entry("toint8", SqlTypeName.TINYINT),
                    Map.entry("toint16", SqlTypeName.SMALLINT),
                    Map.entry("toint32", SqlTypeName.INTEGER),
                    Map.entry("toint64", SqlTypeName.BIGINT),
                    Map.entry("touint8", SqlTypeName.SMALLINT),
                    Map.entry("touint16", SqlTypeName.INTEGER),
                    Map.entry("touint32", SqlTypeName.BIGINT),
                    Map.entry("tofloat32", SqlTypeName.REAL),
                    Map.entry("tofloat64", SqlTypeName.DOUBLE),
                    Map.entry("tostring", SqlTypeName.VARCHAR),
                    Map.entry("todate", SqlTypeName.DATE),
                    Map.entry("tobool", SqlTypeName.BOOLEAN));
    private static final Map<String, TimeUnit> UNITS =
            Map.of(
                    "years", TimeUnit.YEAR,
                    "months", TimeUnit.MONTH,
                    "weeks", TimeUnit.WEEK,
                    "days", TimeUnit.DAY,
                    "hours", TimeUnit.HOUR,
                    "minutes", TimeUnit.MINUTE,
                    "seconds", TimeUnit.SECOND);
    private static final List<TimeUnit> OF_CLOCK =
            List.of(TimeUnit.HOUR, TimeUnit.MINUTE, TimeUnit.SECOND);
    private static final Map<String, SqlTypeName> EXTRACTED =
            Map.of(
                    "jsonextractint", SqlTypeName.BIGINT,
                    "jsonextractuint", SqlTypeName.BIGINT,
                    "jsonextractfloat", SqlTypeName.DOUBLE,
                    "jsonextractbool", SqlTypeName.BOOLEAN);
    private static final String OR_NULL = "ornull";
    private static final String ADD = "add";
    private static final String SUBTRACT = "subtract";

    private NamedCasts() {}

    /// Null where the name means nothing here.
    static @Nullable SqlNode of(SqlCall call, String name, List<SqlNode> operands) {
        SqlParserPos position = call.getParserPosition();
        if (operands.size() == 1) {
            boolean orNull = name.endsWith(OR_NULL);
            String plain = orNull ? name.substring(0, name.length() - OR_NULL.length()) : name;
            SqlTypeName type = TYPES.get(plain);
            SqlOperator operator = orNull ? SqlLibraryOperators.TRY_CAST : SqlStdOperatorTable.CAST;
            return type == null ? null : cast(operator, operands.getFirst(), type, position);
        }
        if (name.equals("make_timestamp") && operands.size() == 6) {
            return timestamp(operands, position);
        }
        if (operands.size() != 2) {
            return null;
        }
        SqlTypeName extracted = EXTRACTED.get(name);
        if (extracted != null) {
            return extracted(operands, extracted, position);
        }
        boolean adds = name.startsWith(ADD);
        if (!adds && !name.startsWith(SUBTRACT)) {
            return null;
        }
        TimeUnit unit = UNITS.get(name.substring(adds ? ADD.length() : SUBTRACT.length()));
        return unit == null
                ? null
                : (adds ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS)
                        .createCall(
                                position, operands.get(0), times(operands.get(1), unit, position));
    }

    private static SqlNode cast(
            SqlOperator operator, SqlNode value, SqlTypeName type, SqlParserPos position) {
        SqlCall call =
                operator.createCall(
                        position,
                        value,
                        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, position), position));
        @Nullable SqlNode ours = CastOperator.of(call);
        return ours == null ? call : ours;
    }

    /// So many units; null where the unit is no text that names one.
    static @Nullable SqlNode span(SqlNode count, SqlNode unit, SqlParserPos position) {
        if (!(unit instanceof SqlCharStringLiteral literal)) {
            return null;
        }
        String name = literal.getValueAs(String.class).toLowerCase(Locale.ROOT);
        String plain = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
        return switch (plain) {
            case "quarter" -> times(count, "3", TimeUnit.MONTH, position);
            case "millisecond" -> times(count, "0.001", TimeUnit.SECOND, position);
            case "microsecond" -> times(count, "0.000001", TimeUnit.SECOND, position);
            default -> {
                @Nullable TimeUnit known = UNITS.get(plain + "s");
                yield known == null ? null : times(count, known, position);
            }
        };
    }

    private static SqlNode times(SqlNode count, String each, TimeUnit unit, SqlParserPos position) {
        return SqlStdOperatorTable.MULTIPLY.createCall(
                position,
                count,
                SqlLiteral.createInterval(
                        1, each, new SqlIntervalQualifier(unit, null, position), position));
    }

    private static SqlNode times(SqlNode count, TimeUnit unit, SqlParserPos position) {
        return times(count, "1", unit, position);
    }

    private static SqlNode timestamp(List<SqlNode> operands, SqlParserPos position) {
        SqlNode date = SyntaxRewrite.named(position, "make_date", operands.subList(0, 3));
        SqlNode time = cast(SqlStdOperatorTable.CAST, date, SqlTypeName.TIMESTAMP, position);
        for (int i = 0; i < OF_CLOCK.size(); i++) {
            SqlNode more = times(operands.get(3 + i), OF_CLOCK.get(i), position);
            time = SqlStdOperatorTable.PLUS.createCall(position, time, more);
        }
        return time;
    }

    /// The member as a value of the type, and where there is none such its zero.
    private static SqlNode extracted(
            List<SqlNode> operands, SqlTypeName type, SqlParserPos position) {
        SqlNode text = SyntaxRewrite.named(position, "json_extract_string", operands);
        SqlNode zero =
                type == SqlTypeName.BOOLEAN
                        ? SqlLiteral.createBoolean(false, position)
                        : SqlLiteral.createExactNumeric("0", position);
        return SqlStdOperatorTable.COALESCE.createCall(
                position, cast(SqlLibraryOperators.TRY_CAST, text, type, position), zero);
    }
}
