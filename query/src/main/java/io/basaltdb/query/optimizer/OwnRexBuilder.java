package io.basaltdb.query.optimizer;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes row expressions. A cast to a type of ours stays a cast: Calcite would make a literal of what it holds, and knows no literals of such types.
public final class OwnRexBuilder extends RexBuilder {
    public OwnRexBuilder(RelDataTypeFactory types) {
        super(types);
    }

    @Override
    public RexNode makeCast(
            SqlParserPos position,
            RelDataType type,
            RexNode value,
            boolean matchNullability,
            boolean safe,
            RexLiteral format) {
        if (!(type instanceof OwnRelType) || isNull(value)) {
            return super.makeCast(position, type, value, matchNullability, safe, format);
        }
        boolean nullable =
                matchNullability ? type.isNullable() : value.getType().isNullable() || safe;
        RelDataType wanted = getTypeFactory().createTypeWithNullability(type, nullable);
        return wanted.equals(value.getType())
                ? value
                : makeAbstractCast(position, wanted, value, safe);
    }

    private static boolean isNull(@Nullable RexNode value) {
        return value instanceof RexLiteral literal && literal.isNull();
    }
}
