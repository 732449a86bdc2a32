package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.IntervalFunctions;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Sums and averages of intervals are put together from the sums of their months, days and microseconds; here those over windows.
final class IntervalSums extends TreeRewrite {
    IntervalSums(RexBuilder rex) {
        super(rex);
    }

    @Override
    public RexNode visitOver(RexOver over) {
        RexNode visited = super.visitOver(over);
        if (!(visited instanceof RexOver same)
                || !(same.getAggOperator() instanceof IntervalAggregate sum)) {
            return visited;
        }
        if (same.isDistinct()) {
            throw distinct();
        }
        List<RexNode> parts = new ArrayList<>();
        for (ScalarFunction part : IntervalFunctions.PARTS_OF) {
            RexNode value = called(rex, part, Type.BIGINT, same.getOperands());
            RelDataType type = RelTypes.toRel(rex.getTypeFactory(), new Type.Decimal(38, 0), true);
            parts.add(over(same, SqlStdOperatorTable.SUM, type, List.of(value)));
        }
        RelDataType counted = rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        return put(
                rex,
                parts,
                sum.isAverage()
                        ? over(same, SqlStdOperatorTable.COUNT, counted, same.getOperands())
                        : null);
    }

    private RexNode over(
            RexOver over, SqlAggFunction function, RelDataType type, List<RexNode> operands) {
        List<RexFieldCollation> order = over.getWindow().orderKeys;
        return rex.makeOver(
                type,
                function,
                operands,
                over.getWindow().partitionKeys,
                ImmutableList.copyOf(order),
                over.getWindow().getLowerBound(),
                over.getWindow().getUpperBound(),
                over.getWindow().getExclude(),
                over.getWindow().isRows(),
                true,
                false,
                false,
                over.ignoreNulls());
    }

    static BasaltException distinct() {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "A sum of the different intervals is not supported; group by them and add those up");
    }

    /// The interval of these sums, through the count where there is one.
    static RexNode put(RexBuilder rex, List<RexNode> sums, @Nullable RexNode count) {
        RexNode total = called(rex, IntervalFunctions.OF_SUMS, Type.INTERVAL, sums);
        return count == null
                ? total
                : called(
                        rex,
                        FunctionCatalog.get("divide"),
                        Type.INTERVAL,
                        List.of(total, nullIfZero(rex, count)));
    }

    private static RexNode nullIfZero(RexBuilder rex, RexNode count) {
        RelDataType nullable =
                rex.getTypeFactory().createTypeWithNullability(count.getType(), true);
        return rex.makeCall(
                nullable,
                SqlStdOperatorTable.CASE,
                List.of(
                        rex.makeCall(
                                SqlStdOperatorTable.EQUALS,
                                count,
                                rex.makeExactLiteral(BigDecimal.ZERO, count.getType())),
                        rex.makeNullLiteral(nullable),
                        count));
    }

    static RexNode called(
            RexBuilder rex, ScalarFunction function, Type type, List<RexNode> arguments) {
        return rex.makeCall(
                RelTypes.toRel(rex.getTypeFactory(), type, true),
                new FunctionOperator(function.name(), function),
                arguments);
    }
}
