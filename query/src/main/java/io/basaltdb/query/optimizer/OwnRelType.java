package io.basaltdb.query.optimizer;

import io.basaltdb.storage.type.Type;
import org.apache.calcite.rel.type.RelDataTypeComparability;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// One of our types that the grammar has no name for, as Calcite carries it: a type that equals itself, can be compared with itself, and of which nothing else is known.
/// Calcite asks of two types whether their families are the same object: that is the one that is not nullable.
@SuppressWarnings("serial") // nobody writes types as objects
public final class OwnRelType extends AbstractSqlType {
    private final Type type;
    private final @Nullable OwnRelType notNull;

    /// The type without NULL. Only one of each is of use, as a factory keeps them.
    OwnRelType(Type type) {
        this(type, null);
    }

    private OwnRelType(Type type, @Nullable OwnRelType notNull) {
        super(SqlTypeName.OTHER, notNull != null, null);
        this.type = type;
        this.notNull = notNull;
        computeDigest();
    }

    public Type type() {
        return type;
    }

    OwnRelType withNullability(boolean nullable) {
        if (nullable == isNullable()) {
            return this;
        }
        return nullable ? new OwnRelType(type, this) : notNull();
    }

    private OwnRelType notNull() {
        return notNull == null ? this : notNull;
    }

    @Override
    public RelDataTypeFamily getFamily() {
        return notNull();
    }

    @Override
    public RelDataTypeComparability getComparability() {
        return RelDataTypeComparability.ALL;
    }

    /// With detail it tells types of one name apart, which other databases of the process or older definitions can have.
    @Override
    protected void generateTypeString(StringBuilder text, boolean withDetail) {
        text.append(type.sql());
        if (withDetail && type instanceof Type.Enumeration labels && !labels.name().isEmpty()) {
            text.append(' ').append(labels.labelled());
        }
    }
}
