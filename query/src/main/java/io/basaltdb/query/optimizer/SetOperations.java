package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/// UNION, INTERSECT and EXCEPT become a grouping over UNION ALL: grouping, as these operations, takes two NULLs for the same. For the
/// latter two each input marks its rows, and the groups are kept whose marks come from the right inputs; with ALL a group becomes as
/// many rows as its marks say.
final class SetOperations {
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return switch (same) {
            case Union union when !union.all -> distinct(union);
            case Intersect intersect when intersect.all ->
                    repeated(intersect, SetOperations::least);
            case Intersect intersect -> marked(intersect, false);
            case Minus minus when minus.all -> repeated(minus, SetOperations::difference);
            case Minus minus -> marked(minus, true);
            default -> same;
        };
    }

    private static RelNode distinct(Union union) {
        RelNode all = LogicalUnion.create(union.getInputs(), true);
        return LogicalAggregate.create(
                all,
                ImmutableList.of(),
                ImmutableBitSet.range(all.getRowType().getFieldCount()),
                null,
                ImmutableList.of());
    }

    /// @param times how often a group is wanted, from the numbers of its rows in two inputs
    private static RelNode repeated(SetOp operation, Counts times) {
        RelNode groups = groups(operation);
        RexBuilder rex = Rels.rex(operation);
        int fields = operation.getRowType().getFieldCount();
        RexNode count = RexInputRef.of(fields, groups.getRowType());
        for (int i = 1; i < operation.getInputs().size(); i++) {
            count = times.of(rex, count, RexInputRef.of(fields + i, groups.getRowType()));
        }
        List<RexNode> expressions = new ArrayList<>(Rels.refs(groups).subList(0, fields));
        expressions.add(count);
        List<String> names = new ArrayList<>(operation.getRowType().getFieldNames());
        names.add("times");
        RelNode counted =
                LogicalProject.create(
                        groups, ImmutableList.of(), expressions, names, ImmutableSet.of());
        return Rels.select(
                new RepeatRel(counted, fields), Columns.identity(fields), operation.getRowType());
    }

    /// Two numbers of rows to one.
    @FunctionalInterface
    private interface Counts {
        RexNode of(RexBuilder rex, RexNode first, RexNode second);
    }

    private static RexNode least(RexBuilder rex, RexNode first, RexNode second) {
        return rex.makeCall(
                SqlStdOperatorTable.CASE,
                rex.makeCall(SqlStdOperatorTable.LESS_THAN, first, second),
                first,
                second);
    }

    private static RexNode difference(RexBuilder rex, RexNode first, RexNode second) {
        return rex.makeCall(SqlStdOperatorTable.MINUS, first, second);
    }

    /// @param butFirst whether the marks of all inputs but the first must be missing instead of there
    private static RelNode marked(SetOp operation, boolean butFirst) {
        RelNode groups = groups(operation);
        RexBuilder rex = Rels.rex(operation);
        int fields = operation.getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < operation.getInputs().size(); i++) {
            boolean missing = butFirst && i > 0;
            conditions.add(
                    rex.makeCall(
                            missing ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.GREATER_THAN,
                            RexInputRef.of(fields + i, groups.getRowType()),
                            rex.makeBigintLiteral(java.math.BigDecimal.ZERO)));
        }
        return Rels.select(
                Rels.filter(groups, conditions), Columns.identity(fields), operation.getRowType());
    }

    /// The rows that are the same in one, with the number of them in each input.
    private static RelNode groups(SetOp operation) {
        RexBuilder rex = Rels.rex(operation);
        RelDataType mark =
                rex.getTypeFactory()
                        .createTypeWithNullability(
                                rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), true);
        int fields = operation.getRowType().getFieldCount();
        int count = operation.getInputs().size();
        List<RelNode> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(withMarks(operation, i, mark));
        }
        RelNode union = LogicalUnion.create(inputs, true);
        List<AggregateCall> counts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            counts.add(
                    AggregateCall.create(
                            SqlStdOperatorTable.COUNT,
                            false,
                            false,
                            false,
                            ImmutableList.of(),
                            ImmutableList.of(fields + i),
                            -1,
                            null,
                            RelCollations.EMPTY,
                            rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                            "mark" + i));
        }
        return LogicalAggregate.create(
                union, ImmutableList.of(), ImmutableBitSet.range(fields), null, counts);
    }

    /// The input's rows with as many marks as there are inputs, of which only its own is set.
    private static RelNode withMarks(SetOp operation, int index, RelDataType mark) {
        RelNode input = operation.getInputs().get(index);
        RexBuilder rex = Rels.rex(operation);
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>(operation.getRowType().getFieldNames());
        for (int i = 0; i < names.size(); i++) {
            RelDataType type = operation.getRowType().getFieldList().get(i).getType();
            RexNode ref = RexInputRef.of(i, input.getRowType());
            RelDataType nullable =
                    rex.getTypeFactory()
                            .createTypeWithNullability(
                                    type, type.isNullable() || ref.getType().isNullable());
            expressions.add(
                    ref.getType().equals(nullable)
                            ? ref
                            : rex.makeCast(nullable, ref, true, false));
        }
        for (int i = 0; i < operation.getInputs().size(); i++) {
            RexNode set = rex.makeCast(mark, rex.makeLiteral(true), true, false);
            expressions.add(i == index ? set : rex.makeNullLiteral(mark));
            names.add("mark" + i);
        }
        return LogicalProject.create(
                input, ImmutableList.of(), expressions, names, ImmutableSet.of());
    }
}
