package io.basaltdb.query.optimizer;

import io.basaltdb.storage.type.Type;
import org.apache.calcite.rel.type.RelDataTypeComparability;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/// One of our types that the grammar has no name for, as Calcite carries it: a type that equals itself, can be compared with itself, and of which nothing else is known.
@SuppressWarnings("serial") // nobody writes types as objects
public final class OwnRelType extends AbstractSqlType {
    private static final Family INTERVALS = new Family(Type.INTERVAL);

    private final Type type;

    OwnRelType(Type type, boolean nullable) {
        super(SqlTypeName.OTHER, nullable, null);
        this.type = type;
        computeDigest();
    }

    public Type type() {
        return type;
    }

    OwnRelType withNullability(boolean nullable) {
        return nullable == isNullable() ? this : new OwnRelType(type, nullable);
    }

    @Override
    public RelDataTypeFamily getFamily() {
        return type instanceof Type.CalendarInterval ? INTERVALS : new Family(type);
    }

    /// Types of one family can be compared; Calcite asks whether it is the same object.
    private record Family(Type type) implements RelDataTypeFamily {}

    @Override
    public RelDataTypeComparability getComparability() {
        return RelDataTypeComparability.ALL;
    }

    @Override
    protected void generateTypeString(StringBuilder text, boolean withDetail) {
        text.append(type.sql());
    }
}
