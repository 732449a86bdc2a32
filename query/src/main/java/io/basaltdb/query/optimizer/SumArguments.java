package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// `SUM(x + 5)` is `SUM(x) + 5 * COUNT(x)`: no sum per row, and one sum of x for all that differ by a constant.
///
/// Only where the types prove that neither `x + 5` nor a sum can fail: x has at most 32 bits, x + 5 fits its type, and the sum is a BIGINT,
/// which no number of rows brings to its limit.
final class SumArguments {
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same instanceof Aggregate aggregate
                        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                        && aggregate.getInput() instanceof Project project
                ? new Rewrite(aggregate, project).result()
                : same;
    }

    /// A column of the projection's input and what is added to it.
    private record Shifted(int column, long addend) {
        static @Nullable Shifted of(AggregateCall call, Project project) {
            boolean plainSum =
                    call.getAggregation().getKind() == SqlKind.SUM
                            && !call.isDistinct()
                            && call.distinctKeys == null
                            && call.getType().getSqlTypeName() == SqlTypeName.BIGINT;
            return plainSum ? of(project.getProjects().get(call.getArgList().getFirst())) : null;
        }

        private static @Nullable Shifted of(RexNode argument) {
            if (!(argument instanceof RexCall sum) || sum.getOperands().size() != 2) {
                return null;
            }
            RexNode left = sum.getOperands().get(0);
            RexNode right = sum.getOperands().get(1);
            return switch (sum.getKind()) {
                case PLUS ->
                        right instanceof RexInputRef column
                                ? of(column, left, 1, sum.getType())
                                : of(left, right, 1, sum.getType());
                case MINUS -> of(left, right, -1, sum.getType());
                default -> null;
            };
        }

        private static @Nullable Shifted of(
                RexNode column, RexNode constant, int sign, RelDataType type) {
            if (!(column instanceof RexInputRef ref)
                    || !(constant instanceof RexLiteral literal)
                    || !(RelTypes.toType(ref.getType()) instanceof Type.Int(int bits))
                    || bits > Integer.SIZE
                    || !(RelTypes.toType(literal.getType()) instanceof Type.Int)
                    || !(RelTypes.toType(type) instanceof Type.Int(int sumBits))) {
                return null;
            }
            BigDecimal value = literal.getValueAs(BigDecimal.class);
            if (value == null || value.abs().compareTo(BigDecimal.valueOf(1L << 31)) > 0) {
                return null;
            }
            long addend = sign * value.longValueExact();
            long least = -(1L << (bits - 1)) + addend;
            long greatest = (1L << (bits - 1)) - 1 + addend;
            long limit = sumBits == Long.SIZE ? Long.MAX_VALUE : (1L << (sumBits - 1)) - 1;
            return greatest <= limit && least >= -limit - 1
                    ? new Shifted(ref.getIndex(), addend)
                    : null;
        }
    }

    /// One aggregate's new form, from the projection up.
    private static final class Rewrite {
        private final Aggregate aggregate;
        private final Project project;
        private final RexBuilder rex;

        /// Of the new projection.
        private final List<RexNode> fields = new ArrayList<>();

        private final List<String> names = new ArrayList<>();
        private final List<AggregateCall> calls = new ArrayList<>();

        /// Where the old projection's fields are in the new one, −1 for nowhere.
        private final int[] moved;

        Rewrite(Aggregate aggregate, Project project) {
            this.aggregate = aggregate;
            this.project = project;
            this.rex = Rels.rex(aggregate);
            this.moved = new int[project.getProjects().size()];
            Arrays.fill(moved, -1);
        }

        RelNode result() {
            List<@Nullable Shifted> shifted = new ArrayList<>();
            boolean any = false;
            for (AggregateCall call : aggregate.getAggCallList()) {
                Shifted argument = Shifted.of(call, project);
                shifted.add(argument);
                any |= argument != null;
            }
            return any ? over(shifted) : aggregate;
        }

        private RelNode over(List<@Nullable Shifted> shifted) {
            // Keys come first, so that a key's place among them is its field.
            aggregate.getGroupSet().forEach(this::field);
            int groups = aggregate.getGroupCount();
            List<int[]> places = new ArrayList<>();
            for (int i = 0; i < shifted.size(); i++) {
                places.add(place(aggregate.getAggCallList().get(i), shifted.get(i)));
            }
            RelNode input =
                    LogicalProject.create(
                            project.getInput(),
                            ImmutableList.of(),
                            fields,
                            names,
                            ImmutableSet.of());
            RelNode grouped =
                    LogicalAggregate.create(
                            input, ImmutableList.of(), ImmutableBitSet.range(groups), null, calls);
            List<RexNode> results = new ArrayList<>();
            for (int key = 0; key < groups; key++) {
                results.add(RexInputRef.of(key, grouped.getRowType()));
            }
            for (int i = 0; i < places.size(); i++) {
                RexNode result = result(places.get(i), shifted.get(i), groups, grouped);
                RelDataType type = aggregate.getRowType().getFieldList().get(groups + i).getType();
                results.add(rex.ensureType(type, result, true));
            }
            return LogicalProject.create(
                    grouped,
                    ImmutableList.of(),
                    results,
                    aggregate.getRowType().getFieldNames(),
                    ImmutableSet.of());
        }

        /// Places of the new calls that the call's result needs: itself, or a sum and a count.
        private int[] place(AggregateCall call, @Nullable Shifted argument) {
            int filter = call.filterArg < 0 ? -1 : field(call.filterArg);
            if (argument == null) {
                List<Integer> arguments = call.getArgList().stream().map(this::field).toList();
                return new int[] {place(call.withArgList(arguments).withFilter(filter))};
            }
            RexInputRef column = RexInputRef.of(argument.column(), project.getInput().getRowType());
            List<Integer> summed = List.of(field(column));
            AggregateCall sum = call.withArgList(summed).withFilter(filter);
            AggregateCall count =
                    AggregateCall.create(
                            SqlStdOperatorTable.COUNT,
                            false,
                            false,
                            false,
                            ImmutableList.of(),
                            column.getType().isNullable() ? summed : List.of(),
                            filter,
                            null,
                            RelCollations.EMPTY,
                            rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                            null);
            return new int[] {place(sum), place(count)};
        }

        private int place(AggregateCall call) {
            int known = calls.indexOf(call);
            if (known >= 0) {
                return known;
            }
            calls.add(call);
            return calls.size() - 1;
        }

        /// The new projection's field for a field of the old one.
        private int field(int old) {
            if (moved[old] < 0) {
                moved[old] =
                        add(
                                project.getProjects().get(old),
                                project.getRowType().getFieldNames().get(old));
            }
            return moved[old];
        }

        /// The new projection's field for a column.
        private int field(RexInputRef column) {
            int known = fields.indexOf(column);
            return known >= 0
                    ? known
                    : add(
                            column,
                            project.getInput().getRowType().getFieldNames().get(column.getIndex()));
        }

        private int add(RexNode expression, String name) {
            fields.add(expression);
            names.add(name);
            return fields.size() - 1;
        }

        private RexNode result(
                int[] places, @Nullable Shifted argument, int groups, RelNode grouped) {
            RexNode result = RexInputRef.of(groups + places[0], grouped.getRowType());
            if (argument == null) {
                return result;
            }
            RexNode count = RexInputRef.of(groups + places[1], grouped.getRowType());
            RexNode addend =
                    rex.makeExactLiteral(BigDecimal.valueOf(argument.addend()), count.getType());
            return rex.makeCall(
                    SqlStdOperatorTable.PLUS,
                    result,
                    rex.makeCall(SqlStdOperatorTable.MULTIPLY, addend, count));
        }
    }
}
