package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.ListLambda;
import io.basaltdb.query.expression.ListLambda.Kind;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;

/// Turns the body of a lambda into a function of its own: what it takes of the row (columns, parameters of the statement or of lambdas around it,
/// sub-queries) becomes arguments of the call. From here on the tree holds a call like any other, and no pass can take a body apart.
public final class LambdaClosure extends RexShuttle {
    private final RexBuilder rex;
    private final List<LambdaParameter> parameters;
    private final List<RexNode> taken = new ArrayList<>();

    private LambdaClosure(RexBuilder rex, List<LambdaParameter> parameters) {
        this.rex = rex;
        this.parameters = parameters;
    }

    /// The call of the function that the lambda means.
    ///
    /// @param own the lists, and the initial value of a reduction behind them
    /// @param body with calls of the parameters
    /// @param type of the call
    public static RexNode closed(
            RexBuilder rex,
            Kind kind,
            List<LambdaParameter> parameters,
            boolean hasInitial,
            List<RexNode> own,
            RexNode body,
            RelDataType type) {
        LambdaClosure closure = new LambdaClosure(rex, parameters);
        Expression expression =
                ExpressionBuilder.build(body.accept(new InLists(rex)).accept(closure));
        int first = kind == Kind.REDUCE ? 1 : 0;
        int lists = own.size() - (hasInitial ? 1 : 0);
        ListLambda function =
                new ListLambda(
                        kind,
                        parameters.stream().map(LambdaParameter::written).toList(),
                        types(parameters.subList(first, first + lists)),
                        hasInitial,
                        closure.taken.stream()
                                .map(node -> RelTypes.toType(node.getType()))
                                .toList(),
                        ExpressionBuilder.cast(expression, bodyType(kind, parameters, type)));
        List<RexNode> arguments = new ArrayList<>(own);
        arguments.addAll(closure.taken);
        return rex.makeCall(type, new FixedOperator(function), arguments);
    }

    private static List<Type> types(List<LambdaParameter> parameters) {
        return parameters.stream().map(each -> RelTypes.toType(each.type())).toList();
    }

    private static Type bodyType(Kind kind, List<LambdaParameter> parameters, RelDataType result) {
        return switch (kind) {
            case TRANSFORM -> ((Type.Array) RelTypes.toType(result)).element();
            case FILTER, ANY_MATCH, ALL_MATCH -> Type.BOOLEAN;
            case REDUCE -> RelTypes.toType(parameters.getFirst().type());
        };
    }

    @Override
    public RexNode visitCall(RexCall call) {
        int own = parameters.indexOf(call.getOperator());
        if (own >= 0) {
            return rex.makeInputRef(call.getType(), own);
        }
        return isTakenWhole(call) ? take(call) : super.visitCall(call);
    }

    /// Parameters of lambdas around this one, values of the session, and what can be computed once for the row: it cannot fail, also where the list is
    /// empty. What reads nothing stays, since functions prepare constants.
    private static boolean isTakenWhole(RexCall call) {
        if (call.getOperator() instanceof LambdaParameter
                || call.getOperator() instanceof SlotOperator) {
            return true;
        }
        Reading reading = new Reading();
        call.accept(reading);
        return reading.row && !reading.parameter && Fallibility.isMovable(call);
    }

    @Override
    public RexNode visitInputRef(RexInputRef column) {
        return take(column);
    }

    @Override
    public RexNode visitDynamicParam(RexDynamicParam parameter) {
        return take(parameter);
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable
                ? take(access)
                : super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitOver(RexOver over) {
        return takeWithoutParameters(over, "window functions");
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        return takeWithoutParameters(query, "sub-queries");
    }

    private RexNode takeWithoutParameters(RexCall call, String where) {
        Reading reading = new Reading();
        call.accept(reading);
        if (reading.parameter) {
            throw misplaced(where);
        }
        return take(call);
    }

    static BasaltException misplaced(String where) {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "The parameters of a lambda cannot be used in "
                        + where
                        + "; unnest the list instead: FROM t, UNNEST(t.l) AS u(x)");
    }

    /// The column of the body's rows that has the value.
    private RexNode take(RexNode node) {
        int index = taken.indexOf(node);
        if (index < 0) {
            index = taken.size();
            taken.add(node);
        }
        return rex.makeInputRef(node.getType(), parameters.size() + index);
    }

    /// What an expression reads.
    private static final class Reading extends RexVisitorImpl<Void> {
        private boolean row;
        private boolean parameter;

        Reading() {
            super(true);
        }

        @Override
        public Void visitInputRef(RexInputRef column) {
            row = true;
            return super.visitInputRef(column);
        }

        @Override
        public Void visitCall(RexCall call) {
            parameter |= call.getOperator() instanceof LambdaParameter;
            return super.visitCall(call);
        }
    }
}
