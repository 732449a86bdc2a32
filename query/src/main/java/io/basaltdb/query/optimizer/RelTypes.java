package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.NestedTypes;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Our types and Calcite's, both ways.
public final class RelTypes {
    private static final int TIME_DIGITS = 6;

    private RelTypes() {}

    /// A factory of types with our rules; text is UTF-8.
    public static RelDataTypeFactory newFactory() {
        return new SqlTypeFactoryImpl(TypeRules.INSTANCE) {
            @Override
            public Charset getDefaultCharset() {
                return StandardCharsets.UTF_8;
            }

            // Whatever is in a nested value may be NULL.
            @Override
            public RelDataType createArrayType(RelDataType element, long maxCardinality) {
                return super.createArrayType(createTypeWithNullability(element, true), -1);
            }

            @Override
            public RelDataType createMapType(RelDataType key, RelDataType value) {
                return super.createMapType(
                        createTypeWithNullability(key, true),
                        createTypeWithNullability(value, true));
            }

            @Override
            public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
                return type instanceof OwnRelType own
                        ? canonize(
                                ((OwnRelType) canonize(own.withNullability(false)))
                                        .withNullability(nullable))
                        : super.createTypeWithNullability(type, nullable);
            }

            @Override
            public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
                return types.stream().anyMatch(RelTypes::isNested)
                        ? commonNested(this, types)
                        : types.stream().anyMatch(OwnRelType.class::isInstance)
                                ? commonOwn(this, types)
                                : super.leastRestrictive(types);
            }

            @Override
            public @Nullable RelDataType leastRestrictive(
                    List<RelDataType> types, SqlTypeMappingRule rule) {
                return types.stream().anyMatch(RelTypes::isNested)
                        ? commonNested(this, types)
                        : types.stream().anyMatch(OwnRelType.class::isInstance)
                                ? commonOwn(this, types)
                                : super.leastRestrictive(types, rule);
            }
        };
    }

    /// The one type of ours among them, beside NULLs, and intervals of the grammar where it is INTERVAL.
    private static @Nullable RelDataType commonOwn(
            RelDataTypeFactory factory, List<RelDataType> types) {
        @Nullable Type common = null;
        for (RelDataType type : types) {
            if (type instanceof OwnRelType own) {
                if (common != null && !common.equals(own.type())) {
                    return null;
                }
                common = own.type();
            }
        }
        assert common != null;
        boolean isInterval = common instanceof Type.CalendarInterval;
        for (RelDataType type : types) {
            boolean fits =
                    type instanceof OwnRelType
                            || type.getSqlTypeName() == SqlTypeName.NULL
                            || (isInterval
                                    && SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName()));
            if (!fits) {
                return null;
            }
        }
        return toRel(factory, common, types.stream().anyMatch(RelDataType::isNullable));
    }

    private static boolean isNested(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case ARRAY, MAP -> true;
            default -> false;
        };
    }

    private static @Nullable RelDataType commonNested(
            RelDataTypeFactory factory, List<RelDataType> types) {
        if (!types.stream().allMatch(RelTypes::isKnown)) {
            return null;
        }
        @Nullable Type common = NestedTypes.common(types.stream().map(RelTypes::toType).toList());
        return common == null
                ? null
                : toRel(factory, common, types.stream().anyMatch(RelDataType::isNullable));
    }

    public static RelDataType toRel(RelDataTypeFactory factory, Type type, boolean nullable) {
        return factory.createTypeWithNullability(toRel(factory, type), nullable);
    }

    private static RelDataType toRel(RelDataTypeFactory factory, Type type) {
        return switch (type) {
            case Type.Bool _ -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case Type.Int(int bits) ->
                    factory.createSqlType(
                            switch (bits) {
                                case 8 -> SqlTypeName.TINYINT;
                                case 16 -> SqlTypeName.SMALLINT;
                                case 32 -> SqlTypeName.INTEGER;
                                default -> SqlTypeName.BIGINT;
                            });
            case Type.Real _ -> factory.createSqlType(SqlTypeName.REAL);
            case Type.DoublePrecision _ -> factory.createSqlType(SqlTypeName.DOUBLE);
            case Type.Decimal(int precision, int scale) ->
                    factory.createSqlType(SqlTypeName.DECIMAL, precision, scale);
            case Type.Date _ -> factory.createSqlType(SqlTypeName.DATE);
            case Type.Timestamp(int precision) ->
                    factory.createSqlType(SqlTypeName.TIMESTAMP, precision);
            case Type.TimestampTz(int precision) ->
                    factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision);
            case Type.Text _ -> factory.createSqlType(SqlTypeName.VARCHAR);
            case Type.Time _ -> factory.createSqlType(SqlTypeName.TIME, TIME_DIGITS);
            case Type.Uuid _ -> factory.createSqlType(SqlTypeName.UUID);
            case Type.Json _ -> factory.createSqlType(SqlTypeName.VARIANT);
            case Type.CalendarInterval _, Type.Enumeration _, Type.Inet _ -> new OwnRelType(type);
            case Type.Binary _ -> factory.createSqlType(SqlTypeName.VARBINARY);
            case Type.Array(Type element) -> factory.createArrayType(toRel(factory, element), -1);
            case Type.Map(Type key, Type value) ->
                    factory.createMapType(toRel(factory, key), toRel(factory, value));
            case Type.Struct(List<Type.Struct.Member> members) ->
                    factory.createStructType(
                            StructKind.FULLY_QUALIFIED,
                            members.stream()
                                    .map(member -> toRel(factory, member.type(), true))
                                    .toList(),
                            members.stream().map(Type.Struct.Member::name).toList());
            case Type.Interval(Type.Interval.Unit unit) -> Intervals.relType(factory, unit);
            case Type.Null _ -> factory.createSqlType(SqlTypeName.NULL);
        };
    }

    /// A row type with the names and types of the schema.
    public static RelDataType toRel(RelDataTypeFactory factory, Schema schema) {
        RelDataTypeFactory.Builder builder = factory.builder();
        for (Field field : schema.fields()) {
            builder.add(field.name(), toRel(factory, field.type(), field.nullable()));
        }
        return builder.build();
    }

    /// Our type; DECIMAL wider than 38 digits and types that we do not have are refused.
    ///
    /// @throws BasaltException FEATURE_NOT_SUPPORTED
    public static Type toType(RelDataType type) {
        if (type instanceof OwnRelType own) {
            return own.type();
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Type.BOOLEAN;
            case TINYINT -> Type.TINYINT;
            case SMALLINT -> Type.SMALLINT;
            case INTEGER -> Type.INTEGER;
            case BIGINT -> Type.BIGINT;
            case REAL -> Type.REAL;
            case FLOAT, DOUBLE -> Type.DOUBLE;
            case DECIMAL -> new Type.Decimal(type.getPrecision(), Math.max(0, type.getScale()));
            case DATE -> Type.DATE;
            case TIMESTAMP -> new Type.Timestamp(type.getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
                    new Type.TimestampTz(type.getPrecision());
            case CHAR, VARCHAR -> Type.TEXT;
            case TIME -> Type.TIME;
            case UUID -> Type.UUID;
            case VARIANT -> Type.JSON;
            case BINARY, VARBINARY -> Type.VARBINARY;
            case NULL -> Type.NULL;
            case ARRAY -> new Type.Array(toType(inner(type.getComponentType())));
            case MAP ->
                    new Type.Map(
                            toType(inner(type.getKeyType())), toType(inner(type.getValueType())));
            case ROW ->
                    new Type.Struct(type.getFieldList().stream().map(RelTypes::toMember).toList());
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
                    new Type.Interval(Type.Interval.Unit.MONTHS);
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND ->
                    new Type.Interval(Type.Interval.Unit.MICROSECONDS);
            default ->
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "Values of type "
                                    + type.getSqlTypeName().getName().replace('_', ' ')
                                    + " are not supported"
                                    + (type.getSqlTypeName().getName().startsWith("U")
                                            ? "; write the next wider type, for example BIGINT"
                                            : ""));
        };
    }

    /// What ROW has in it has no names.
    private static Type.Struct.Member toMember(RelDataTypeField field) {
        String name = field.getName();
        return new Type.Struct.Member(
                name.equals("EXPR$" + field.getIndex())
                        ? NestedTypes.placeName(field.getIndex())
                        : name,
                toType(field.getType()));
    }

    private static RelDataType inner(@Nullable RelDataType type) {
        assert type != null;
        return type;
    }

    /// Whether the type is one that the grammar has no name for, or has one in it.
    public static boolean hasOwn(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case OTHER -> type instanceof OwnRelType;
            case ARRAY -> hasOwn(inner(type.getComponentType()));
            case MAP -> hasOwn(inner(type.getKeyType())) || hasOwn(inner(type.getValueType()));
            case ROW -> type.getFieldList().stream().anyMatch(field -> hasOwn(field.getType()));
            default -> false;
        };
    }

    /// Whether the type is one of ours.
    public static boolean isKnown(RelDataType type) {
        if (type instanceof OwnRelType) {
            return true;
        }
        return switch (type.getSqlTypeName()) {
            case ARRAY -> isKnown(inner(type.getComponentType()));
            case MAP -> isKnown(inner(type.getKeyType())) && isKnown(inner(type.getValueType()));
            case ROW -> type.getFieldList().stream().allMatch(field -> isKnown(field.getType()));
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    DATE,
                    TIMESTAMP,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    TIMESTAMP_TZ,
                    CHAR,
                    VARCHAR,
                    TIME,
                    UUID,
                    VARIANT,
                    BINARY,
                    VARBINARY,
                    NULL ->
                    true;
            default -> SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
        };
    }

    /// Names and types of a row type; names of results may repeat.
    public static Schema toSchema(RelDataType row) {
        List<Field> fields = new ArrayList<>(row.getFieldCount());
        for (RelDataTypeField field : row.getFieldList()) {
            fields.add(
                    new Field(
                            field.getName(),
                            toType(field.getType()),
                            field.getType().isNullable()));
        }
        return new Schema(fields);
    }
}
