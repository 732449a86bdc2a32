package io.basaltdb.query.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/// The validator's coercion, without the one that reads texts as numbers to add them up: `sum(name)` is a mistake, not a question of the first row.
final class AggregateCoercion extends TypeCoercionImpl {
    AggregateCoercion(RelDataTypeFactory types, SqlValidator validator) {
        super(types, validator);
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding,
            List<RelDataType> operandTypes,
            List<SqlTypeFamily> expectedFamilies) {
        return !(binding.getOperator() instanceof SqlAggFunction
                        && operandTypes.stream().anyMatch(SqlTypeUtil::inCharFamily))
                && super.builtinFunctionCoercion(binding, operandTypes, expectedFamilies);
    }
}
