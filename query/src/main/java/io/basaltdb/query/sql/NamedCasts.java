package io.basaltdb.query.sql;

import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
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

/// What ClickHouse writes as functions and SQL as a cast or a sum: `toInt32(x)`, `toInt32OrNull(x)`, `addDays(t, n)`, `subtractMonths(t, n)`. Its unsigned types
/// become the next larger signed ones.
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
            SqlOperator cast = orNull ? SqlLibraryOperators.TRY_CAST : SqlStdOperatorTable.CAST;
            return type == null
                    ? null
                    : cast.createCall(
                            position,
                            operands.getFirst(),
                            new SqlDataTypeSpec(
                                    new SqlBasicTypeNameSpec(type, position), position));
        }
        if (operands.size() != 2) {
            return null;
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
                                position,
                                operands.get(0),
                                SqlStdOperatorTable.MULTIPLY.createCall(
                                        position,
                                        operands.get(1),
                                        SqlLiteral.createInterval(
                                                1,
                                                "1",
                                                new SqlIntervalQualifier(unit, null, position),
                                                position)));
    }
}
