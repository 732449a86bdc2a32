package io.basaltdb.query.sql;

import io.basaltdb.query.expression.ListLambda.Kind;
import io.basaltdb.query.function.NestedTypes;
import io.basaltdb.query.optimizer.LambdaClosure;
import io.basaltdb.query.optimizer.LambdaParameter;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/// One call of a function of lists with its lambda: the operands are the lists, perhaps the value that a reduction begins with, and the body, in which
/// calls of the parameters stand. The types of the lists give the parameters theirs before the body is looked at. For one planning.
final class LambdaOperator extends SqlFunction {
    /// Times that the type of a running value is made wider for what the body gives.
    private static final int ROUNDS = 3;

    private final Kind form;
    private final String written;
    private final List<LambdaParameter> parameters;
    private final int lists;
    private final boolean hasInitial;

    /// @param written the function's name in the statement
    LambdaOperator(
            Kind form,
            String written,
            List<LambdaParameter> parameters,
            int lists,
            boolean hasInitial) {
        super(
                form.function() + " " + lists + " " + parameters.size() + " " + hasInitial,
                SqlKind.OTHER_FUNCTION,
                null,
                (binding, result, types) -> infer(binding, types),
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.form = form;
        this.written = written;
        this.parameters = List.copyOf(parameters);
        this.lists = lists;
        this.hasInitial = hasInitial;
    }

    /// Before parameters of the statement in the body take their types from what stands beside them.
    private static void infer(SqlCallBinding binding, RelDataType[] types) {
        LambdaOperator operator = (LambdaOperator) binding.getOperator();
        operator.declare(binding.getValidator(), binding.getScope(), binding.getCall());
        if (operator.isCondition()) {
            types[types.length - 1] = binding.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN);
        }
    }

    private boolean isCondition() {
        return switch (form) {
            case FILTER, ANY_MATCH, ALL_MATCH -> true;
            case TRANSFORM, REDUCE -> false;
        };
    }

    private static SqlNode body(SqlCall call) {
        return call.getOperandList().getLast();
    }

    private void declare(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        RelDataTypeFactory types = validator.getTypeFactory();
        int first = form == Kind.REDUCE ? 1 : 0;
        for (int i = 0; i < lists; i++) {
            Type element = element(validator, scope, call.operand(i));
            parameters.get(first + i).is(RelTypes.toRel(types, element, true));
        }
        if (parameters.size() > first + lists) {
            parameters.getLast().is(RelTypes.toRel(types, Type.BIGINT, true));
        }
        if (form == Kind.REDUCE) {
            run(validator, scope, call);
        }
    }

    private Type element(SqlValidator validator, SqlValidatorScope scope, SqlNode list) {
        RelDataType type = validator.deriveType(scope, list);
        if (!RelTypes.isKnown(type)) {
            throw mismatch(
                    list, "The type of the list is not clear here; write CAST(? AS INTEGER[])");
        }
        return switch (RelTypes.toType(type)) {
            case Type.Array(Type element) -> element;
            case Type.Null _ -> Type.NULL;
            case Type.Map _ ->
                    throw mismatch(
                            list,
                            written + " takes a list; of a map take map_keys(m) or map_values(m)");
            case Type other -> throw mismatch(list, written + " takes a list, not " + other.sql());
        };
    }

    /// The running value is what it begins with, the elements and the results have in common.
    private void run(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        RelDataType begin =
                hasInitial
                        ? validator.deriveType(scope, call.operand(lists))
                        : RelTypes.toRel(
                                validator.getTypeFactory(),
                                element(validator, scope, call.operand(0)),
                                true);
        Type type = RelTypes.isKnown(begin) ? widest(RelTypes.toType(begin)) : Type.NULL;
        running(validator, type);
        if (holdsQuery(body(call))) {
            return; // only the body that stands in the statement has a scope for it
        }
        for (int round = 0; round < ROUNDS; round++) {
            RelDataType given = validator.deriveType(scope, TreeCopy.of(body(call)));
            Type wider =
                    RelTypes.isKnown(given) ? common(type, RelTypes.toType(given), call) : type;
            if (wider.equals(type)) {
                return;
            }
            type = widest(wider);
            running(validator, type);
        }
        if (type instanceof Type.Decimal) {
            running(validator, Type.DOUBLE);
        }
    }

    /// Without a value to begin with, the first element is the first running value.
    private void running(SqlValidator validator, Type type) {
        RelDataType known = RelTypes.toRel(validator.getTypeFactory(), type, true);
        parameters.getFirst().is(known);
        if (!hasInitial) {
            parameters.get(1).is(known);
        }
    }

    private static Type widest(Type type) {
        return type instanceof Type.Decimal(int _, int scale)
                ? new Type.Decimal(Type.Decimal.MAX_PRECISION, scale)
                : type;
    }

    private Type common(Type running, Type given, SqlCall call) {
        @Nullable Type common = NestedTypes.common(running, given);
        if (common == null) {
            throw mismatch(
                    body(call),
                    "The lambda of "
                            + written
                            + " gives "
                            + given.sql()
                            + ", but the running value is "
                            + running.sql()
                            + "; cast one of them");
        }
        return common;
    }

    private static boolean holdsQuery(SqlNode node) {
        try {
            node.accept(
                    new SqlBasicVisitor<@Nullable Void>() {
                        @Override
                        public @Nullable Void visit(SqlCall call) {
                            if (call.isA(SqlKind.QUERY)) {
                                throw Util.FoundOne.NULL;
                            }
                            return super.visit(call);
                        }
                    });
            return false;
        } catch (Util.FoundOne found) {
            return true;
        }
    }

    private static RuntimeException mismatch(SqlNode at, String message) {
        return SyntaxRewrite.refused(at.getParserPosition(), ErrorCode.DATATYPE_MISMATCH, message);
    }

    @Override
    public void validateCall(
            SqlCall call,
            SqlValidator validator,
            SqlValidatorScope scope,
            SqlValidatorScope operandScope) {
        declare(validator, scope, call);
        super.validateCall(call, validator, scope, operandScope);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        declare(validator, scope, call);
        if (hasInitial) {
            validator.deriveType(scope, call.operand(lists));
        }
        SqlNode body = body(call);
        RelDataType given = validator.deriveType(scope, body);
        if (isCondition()) {
            checkCondition(body, given);
        }
        boolean nullable = false;
        for (int i = 0; i < lists; i++) {
            nullable |= validator.deriveType(scope, call.operand(i)).isNullable();
        }
        return result(validator.getTypeFactory(), given, nullable);
    }

    /// As in WHERE, but that numbers are conditions too: 0 is none, all others are.
    private void checkCondition(SqlNode body, RelDataType given) {
        if (!RelTypes.isKnown(given)) {
            return;
        }
        switch (RelTypes.toType(given)) {
            case Type.Bool _, Type.Int _, Type.Null _ -> {}
            case Type other ->
                    throw mismatch(
                            body,
                            "The lambda of "
                                    + written
                                    + " is a condition, but gives "
                                    + other.sql());
        }
    }

    private RelDataType result(RelDataTypeFactory types, RelDataType body, boolean nullable) {
        return switch (form) {
            case TRANSFORM ->
                    RelTypes.toRel(
                            types,
                            new Type.Array(
                                    RelTypes.isKnown(body) ? RelTypes.toType(body) : Type.TEXT),
                            nullable);
            case FILTER ->
                    RelTypes.toRel(
                            types,
                            new Type.Array(RelTypes.toType(parameters.getFirst().type())),
                            nullable);
            case ANY_MATCH, ALL_MATCH -> RelTypes.toRel(types, Type.BOOLEAN, true);
            case REDUCE -> parameters.getFirst().type();
        };
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        boolean nullable = false;
        for (int i = 0; i < lists; i++) {
            nullable |= binding.getOperandType(i).isNullable();
        }
        return result(
                binding.getTypeFactory(),
                binding.getOperandType(binding.getOperandCount() - 1),
                nullable);
    }

    /// How such a call becomes a row expression.
    static RexNode converted(SqlRexContext context, SqlCall call) {
        LambdaOperator operator = (LambdaOperator) call.getOperator();
        List<RexNode> own = new ArrayList<>();
        for (SqlNode operand : call.getOperandList().subList(0, call.operandCount() - 1)) {
            own.add(context.convertExpression(operand));
        }
        RexNode body = context.convertExpression(body(call));
        @Nullable RelDataType known = context.getValidator().getValidatedNodeTypeIfKnown(call);
        boolean nullable =
                own.subList(0, operator.lists).stream()
                        .anyMatch(list -> list.getType().isNullable());
        return LambdaClosure.closed(
                context.getRexBuilder(),
                operator.form,
                operator.parameters,
                operator.hasInitial,
                own,
                body,
                known == null
                        ? operator.result(context.getTypeFactory(), body.getType(), nullable)
                        : known);
    }
}
