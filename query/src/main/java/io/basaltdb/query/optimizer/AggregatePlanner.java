package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// Plans grouping.
final class AggregatePlanner {
    private final PhysicalPlanner planner;
    private final Cardinality cardinality;

    AggregatePlanner(PhysicalPlanner planner, Cardinality cardinality) {
        this.planner = planner;
        this.cardinality = cardinality;
    }

    PlannedRel plan(Aggregate aggregate, ImmutableBitSet required) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            throw unsupported("GROUPING SETS, ROLLUP and CUBE are");
        }
        PlannedRel input = planner.plan(aggregate.getInput(), usedOfInput(aggregate, required));
        List<RelDataTypeField> row = aggregate.getRowType().getFieldList();
        int[] positions = new int[row.size()];
        Arrays.fill(positions, -1);
        List<Field> fields = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            int position = input.position(key);
            positions[groups.size()] = groups.size();
            fields.add(field(row.get(groups.size()), input.node().output().type(position)));
            groups.add(position);
        }
        List<AggregateCall> calls = new ArrayList<>();
        List<Integer> constants = new ArrayList<>();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            int field = groups.size() + i;
            org.apache.calcite.rel.core.AggregateCall call = aggregate.getAggCallList().get(i);
            if (!required.get(field)) {
                continue;
            }
            if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
                constants.add(field);
            } else {
                positions[field] = fields.size();
                calls.add(call(call, row.get(field), input));
                fields.add(field(row.get(field), calls.getLast().type()));
            }
        }
        PlanNode node =
                new PlanNode.Aggregate(
                        input.node(),
                        groups,
                        calls,
                        new Schema(fields),
                        cardinality.rows(aggregate));
        return constants.isEmpty()
                ? new PlannedRel(node, positions)
                : withConstants(aggregate, node, positions, constants);
    }

    private static ImmutableBitSet usedOfInput(Aggregate aggregate, ImmutableBitSet required) {
        ImmutableBitSet.Builder used = aggregate.getGroupSet().rebuild();
        int groups = aggregate.getGroupCount();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            if (required.get(groups + i)) {
                org.apache.calcite.rel.core.AggregateCall call = aggregate.getAggCallList().get(i);
                used.addAll(call.getArgList());
                if (call.filterArg >= 0) {
                    used.set(call.filterArg);
                }
            }
        }
        return used.build();
    }

    private static Field field(RelDataTypeField field, Type type) {
        return new Field(field.getName(), type, field.getType().isNullable());
    }

    /// Fields that are the same constant in every group.
    private static PlannedRel withConstants(
            Aggregate aggregate, PlanNode node, int[] positions, List<Integer> constants) {
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>(node.output().fields());
        for (int i = 0; i < fields.size(); i++) {
            expressions.add(new Expression.Column(i, fields.get(i).type()));
        }
        for (int field : constants) {
            RexLiteral literal =
                    (RexLiteral)
                            aggregate
                                    .getAggCallList()
                                    .get(field - aggregate.getGroupCount())
                                    .rexList
                                    .getFirst();
            Type type = RelTypes.toType(literal.getType());
            positions[field] = fields.size();
            expressions.add(ExpressionBuilder.literal(literal, type));
            fields.add(field(aggregate.getRowType().getFieldList().get(field), type));
        }
        return new PlannedRel(
                new PlanNode.Project(node, expressions, new Schema(fields)), positions);
    }

    /// Where the answer depends on the order of the rows, the keys are among the arguments.
    private static AggregateCall call(
            org.apache.calcite.rel.core.AggregateCall call,
            RelDataTypeField field,
            PlannedRel input) {
        if (call.distinctKeys != null) {
            throw unsupported("WITHIN DISTINCT is");
        }
        if (call.ignoreNulls()) {
            throw unsupported("IGNORE NULLS in an aggregate is");
        }
        List<Integer> arguments = new ArrayList<>();
        for (int argument : call.getArgList()) {
            arguments.add(input.position(argument));
        }
        return new AggregateCall(
                function(call.getAggregation()),
                arguments,
                call.isDistinct(),
                call.filterArg < 0 ? -1 : input.position(call.filterArg),
                parameters(call.getAggregation()),
                RelTypes.toType(call.getType()),
                field.getName());
    }

    static AggregateParameters parameters(SqlAggFunction aggregate) {
        return aggregate instanceof AggregateOperator operator
                ? operator.parameters()
                : AggregateParameters.NONE;
    }

    static boolean isStringAgg(SqlAggFunction aggregate) {
        return aggregate instanceof AggregateOperator operator
                && operator.function() == AggregateFunction.STRING_AGG;
    }

    /// Our function for that of the tree.
    static AggregateFunction function(SqlAggFunction aggregate) {
        if (aggregate instanceof AggregateOperator operator) {
            return operator.function();
        }
        return switch (aggregate.getKind()) {
            case COUNT -> AggregateFunction.COUNT;
            case SUM -> AggregateFunction.SUM;
            case AVG -> AggregateFunction.AVG;
            case MIN -> AggregateFunction.MIN;
            case MAX -> AggregateFunction.MAX;
            case ANY_VALUE -> AggregateFunction.ANY_VALUE;
            case SINGLE_VALUE -> AggregateFunction.SINGLE_VALUE;
            default ->
                    throw unsupported(
                            "Aggregate " + aggregate.getName().toLowerCase(Locale.ROOT) + " is");
        };
    }

    private static BasaltException unsupported(String what) {
        return new BasaltException(ErrorCode.FEATURE_NOT_SUPPORTED, what + " not supported yet");
    }
}
