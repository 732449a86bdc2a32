package io.basaltdb.query.optimizer;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// The limits of our types and the types that aggregates give.
final class TypeRules extends RelDataTypeSystemImpl {
    static final TypeRules INSTANCE = new TypeRules();

    private static final int MAX_DECIMAL = 38;
    private static final int MAX_FRACTION = 9;
    private static final int DEFAULT_FRACTION = 6;
    private static final int MAX_TEXT = 16 << 20;

    private TypeRules() {}

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> MAX_DECIMAL;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ, TIME -> MAX_FRACTION;
            case VARCHAR, CHAR, VARBINARY, BINARY -> MAX_TEXT;
            default -> super.getMaxPrecision(type);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? MAX_DECIMAL : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> 18;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ, TIME -> DEFAULT_FRACTION;
            default -> super.getDefaultPrecision(type);
        };
    }

    /// 'a' and 'bcd' have the common type of texts, not that of texts filled up with blanks.
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
        RelDataType type =
                switch (argument.getSqlTypeName()) {
                    case TINYINT, SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
                    case BIGINT -> factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, 0);
                    case DECIMAL ->
                            factory.createSqlType(
                                    SqlTypeName.DECIMAL, MAX_DECIMAL, argument.getScale());
                    case REAL, FLOAT, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
                    default -> argument;
                };
        return factory.createTypeWithNullability(type, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
        return factory.createTypeWithNullability(
                factory.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
    }

    /// A quotient of DECIMALs is a DOUBLE: no scale within 38 digits holds the quotients of sums.
    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory factory, RelDataType dividend, RelDataType divisor) {
        boolean decimal =
                dividend.getSqlTypeName() == SqlTypeName.DECIMAL
                        || divisor.getSqlTypeName() == SqlTypeName.DECIMAL;
        return decimal ? factory.createSqlType(SqlTypeName.DOUBLE) : null;
    }
}
