package io.basaltdb.query.optimizer;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// IS NOT DISTINCT FROM between the sides of a join, in equalities, which can be keys of a hash table.
final class NullSafeEquality {
    private NullSafeEquality() {}

    /// What means the same as the conjunct, all together; itself where it is something else, or of a type without a zero.
    static List<RexNode> equalities(RexNode conjunct, RexBuilder rex) {
        if (conjunct.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
            return List.of(conjunct);
        }
        RexNode first = ((RexCall) conjunct).getOperands().get(0);
        RexNode second = ((RexCall) conjunct).getOperands().get(1);
        if (!first.getType().isNullable() || !second.getType().isNullable()) {
            return List.of(rex.makeCall(SqlStdOperatorTable.EQUALS, first, second));
        }
        if (!hasZero(first.getType()) || !hasZero(second.getType())) {
            return List.of(conjunct);
        }
        return List.of(
                rex.makeCall(SqlStdOperatorTable.EQUALS, orZero(first, rex), orZero(second, rex)),
                rex.makeCall(SqlStdOperatorTable.EQUALS, isNull(first, rex), isNull(second, rex)));
    }

    private static boolean hasZero(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    REAL,
                    FLOAT,
                    DOUBLE,
                    CHAR,
                    VARCHAR,
                    DATE,
                    TIMESTAMP ->
                    true;
            default -> false;
        };
    }

    private static RexNode orZero(RexNode value, RexBuilder rex) {
        RelDataType type = rex.getTypeFactory().createTypeWithNullability(value.getType(), false);
        return rex.makeCall(SqlStdOperatorTable.COALESCE, value, rex.makeZeroLiteral(type));
    }

    private static RexNode isNull(RexNode value, RexBuilder rex) {
        return rex.makeCall(SqlStdOperatorTable.IS_NULL, value);
    }
}
