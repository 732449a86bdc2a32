package io.basaltdb.query.optimizer;

import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/// Intervals of Calcite (months, or milliseconds) and ours (months, or microseconds).
final class Intervals {
    private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1000);

    private Intervals() {}

    static RelDataType relType(RelDataTypeFactory factory, Type.Interval.Unit unit) {
        SqlIntervalQualifier qualifier =
                switch (unit) {
                    case MONTHS ->
                            new SqlIntervalQualifier(
                                    TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO);
                    case MICROSECONDS ->
                            new SqlIntervalQualifier(
                                    TimeUnit.DAY, 9, TimeUnit.SECOND, 6, SqlParserPos.ZERO);
                };
        return factory.createSqlIntervalType(qualifier);
    }

    /// The `long` of a literal.
    static long value(SqlTypeName type, BigDecimal literal) {
        return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type)
                ? literal.longValueExact()
                : literal.multiply(MICROS_PER_MILLI).longValue();
    }
}
