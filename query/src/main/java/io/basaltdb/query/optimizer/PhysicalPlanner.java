package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// The optimised tree → plan nodes. Each node is asked for some of its fields and says where they are, so columns that nobody needs
/// are neither read nor carried.
final class PhysicalPlanner {
    private final Cardinality cardinality;
    private SharedTrees shared;

    PhysicalPlanner(Cardinality cardinality) {
        this.cardinality = cardinality;
        this.shared = SharedTrees.none(cardinality);
    }

    /// A plan whose columns are exactly the fields of the tree, in order.
    ///
    /// @param saving whether what occurs more than once in the tree is computed once also where it could be computed again
    PlanNode planSharing(RelNode root, boolean saving) {
        shared = SharedTrees.of(root, cardinality, saving);
        PlanNode plan = plan(root);
        while (shared.mustPlanAgain()) {
            plan = plan(root);
        }
        return plan;
    }

    private PlanNode plan(RelNode root) {
        int fields = root.getRowType().getFieldCount();
        PlannedRel planned = plan(root, ImmutableBitSet.range(fields));
        int[] positions = new int[fields];
        for (int i = 0; i < fields; i++) {
            positions[i] = planned.position(i);
        }
        return Columns.select(planned.node(), positions, RelTypes.toSchema(root.getRowType()));
    }

    /// A plan that gives at least the fields asked for.
    PlannedRel plan(RelNode rel, ImmutableBitSet required) {
        PlannedRel known = shared.plan(rel, required, this);
        return known == null ? planItself(rel, required) : known;
    }

    /// As [#plan], also where the tree is a shared one.
    PlannedRel planItself(RelNode rel, ImmutableBitSet required) {
        return switch (rel) {
            case TableScan scan -> new ScanPlanner(cardinality).plan(scan, List.of(), required);
            case Filter filter -> filter(filter, required);
            case Project project -> new ProjectPlanner(this).plan(project, required);
            case Join join -> new JoinPlanner(this, cardinality).plan(join, required);
            case Aggregate aggregate ->
                    new AggregatePlanner(this, cardinality).plan(aggregate, required);
            case Sort sort -> sort(sort, required);
            case RecursionRel recursion -> recursion(recursion);
            case WorkingRel working ->
                    new PlannedRel(
                            new PlanNode.WorkingTable(
                                    working.table(),
                                    Columns.nullable(RelTypes.toSchema(working.getRowType())),
                                    cardinality.rows(working)),
                            Columns.identity(working.getRowType().getFieldCount()));
            case RepeatRel repeat -> repeat(repeat, required);
            case OnceRel once -> plan(once.getInput(), required);
            case UnnestRel unnest -> unnest(unnest, required);
            case Union union when union.all -> union(union, required);
            case Union union -> throw unsupported("UNION without ALL is", union);
            case Values values -> values(values, required);
            case WindowRel window -> new WindowPlanner(this).plan(window, required);
            case Correlate correlate ->
                    throw unsupported("A correlated sub-query at this place is", correlate);
            default ->
                    throw unsupported(
                            "Operator "
                                    + rel.getRelTypeName()
                                            .replace("Logical", "")
                                            .toUpperCase(java.util.Locale.ROOT)
                                    + " is",
                            rel);
        };
    }

    private static BasaltException unsupported(String what, RelNode node) {
        assert node != null;
        return new BasaltException(ErrorCode.FEATURE_NOT_SUPPORTED, what + " not supported yet");
    }

    private PlannedRel filter(Filter filter, ImmutableBitSet required) {
        if (filter.getInput() instanceof TableScan scan) {
            return new ScanPlanner(cardinality)
                    .plan(scan, Conjunctions.of(filter.getCondition()), required);
        }
        PlannedRel input =
                plan(filter.getInput(), required.union(Columns.used(filter.getCondition())));
        RexNode condition = Columns.shifted(filter.getCondition(), input.positions());
        PlanNode node =
                new PlanNode.Filter(
                        input.node(), ExpressionBuilder.build(condition), cardinality.rows(filter));
        return new PlannedRel(node, input.positions());
    }

    private PlannedRel sort(Sort sort, ImmutableBitSet required) {
        RelCollation collation = sort.getCollation();
        PlannedRel input =
                plan(sort.getInput(), required.union(ImmutableBitSet.of(collation.getKeys())));
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation field : collation.getFieldCollations()) {
            keys.add(
                    new SortKey(
                            input.position(field.getFieldIndex()),
                            field.direction.isDescending(),
                            field.nullDirection == RelFieldCollation.NullDirection.FIRST));
        }
        Expression offset = sort.offset == null ? bound(0) : bound(sort.offset);
        PlanNode node;
        if (sort.fetch == null && sort.offset == null) {
            node = new PlanNode.Sort(input.node(), keys);
        } else if (keys.isEmpty()) {
            node =
                    new PlanNode.Limit(
                            input.node(), sort.fetch == null ? null : bound(sort.fetch), offset);
        } else if (sort.fetch == null) {
            node = new PlanNode.Limit(new PlanNode.Sort(input.node(), keys), null, offset);
        } else {
            node = new PlanNode.TopN(input.node(), keys, bound(sort.fetch), offset);
        }
        return new PlannedRel(node, input.positions());
    }

    private static Expression bound(long count) {
        return new Expression.Literal(Value.of(count), Type.BIGINT);
    }

    private static Expression bound(RexNode count) {
        return ExpressionBuilder.cast(ExpressionBuilder.build(count), Type.BIGINT);
    }

    private PlannedRel repeat(RepeatRel repeat, ImmutableBitSet required) {
        PlannedRel input = plan(repeat.getInput(), required.set(repeat.countField()));
        PlanNode node =
                new PlanNode.Repeat(
                        input.node(),
                        input.position(repeat.countField()),
                        cardinality.rows(repeat));
        return new PlannedRel(node, input.positions());
    }

    /// The columns of the elements stand behind those of the input, all of them.
    private PlannedRel unnest(UnnestRel unnest, ImmutableBitSet required) {
        int width = unnest.getInput().getRowType().getFieldCount();
        ImmutableBitSet ofInput =
                required.intersect(ImmutableBitSet.range(width))
                        .union(ImmutableBitSet.of(unnest.lists()));
        PlannedRel input = plan(unnest.getInput(), ofInput);
        List<Field> fields = new ArrayList<>(input.node().output().fields());
        int[] positions = Arrays.copyOf(input.positions(), unnest.getRowType().getFieldCount());
        for (int i = width; i < positions.length; i++) {
            positions[i] = fields.size();
            RelDataTypeField field = unnest.getRowType().getFieldList().get(i);
            fields.add(
                    new Field(
                            field.getName(),
                            RelTypes.toType(field.getType()),
                            field.getType().isNullable()));
        }
        PlanNode node =
                new PlanNode.Unnest(
                        input.node(),
                        unnest.lists().stream().map(input::position).toList(),
                        unnest.isNumbered(),
                        unnest.keepsEmpty(),
                        new Schema(fields),
                        cardinality.rows(unnest));
        return new PlannedRel(node, positions);
    }

    /// All fields: which of them a step reads, only all steps together say.
    private PlannedRel recursion(RecursionRel recursion) {
        Schema output = Columns.nullable(RelTypes.toSchema(recursion.getRowType()));
        return new PlannedRel(
                new PlanNode.Recursion(
                        whole(recursion.getLeft(), output),
                        whole(recursion.getRight(), output),
                        recursion.table(),
                        recursion.isDistinct(),
                        output),
                Columns.identity(output.size()));
    }

    private PlanNode whole(RelNode rel, Schema output) {
        PlannedRel planned =
                new PhysicalPlanner(cardinality).plan(rel, ImmutableBitSet.range(output.size()));
        int[] positions =
                Arrays.stream(Columns.identity(output.size())).map(planned::position).toArray();
        return Columns.select(planned.node(), positions, output);
    }

    private PlannedRel union(Union union, ImmutableBitSet required) {
        Schema row = RelTypes.toSchema(union.getRowType());
        int[] order = required.toArray();
        List<Field> fields = new ArrayList<>();
        for (int field : order) {
            fields.add(row.field(field));
        }
        Schema output = new Schema(fields);
        List<PlanNode> inputs = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            PlannedRel planned = plan(input, required);
            int[] positions = Arrays.stream(order).map(planned::position).toArray();
            PlanNode branch = Columns.select(planned.node(), positions, output);
            // A chain of a thousand unions is one union of a thousand branches, not a tree as deep.
            if (branch instanceof PlanNode.UnionAll nested) {
                inputs.addAll(nested.inputs());
            } else {
                inputs.add(branch);
            }
        }
        return new PlannedRel(
                new PlanNode.UnionAll(inputs, output), Columns.inverse(order, row.size()));
    }

    private static PlannedRel values(Values values, ImmutableBitSet required) {
        int[] order = required.toArray();
        List<RelDataTypeField> row = values.getRowType().getFieldList();
        List<Field> fields = new ArrayList<>();
        for (int index : order) {
            RelDataTypeField field = row.get(index);
            fields.add(
                    new Field(
                            field.getName(),
                            RelTypes.toType(field.getType()),
                            field.getType().isNullable()));
        }
        List<List<Value>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Value> cells = new ArrayList<>();
            for (int i = 0; i < order.length; i++) {
                cells.add(Literals.value(tuple.get(order[i]), fields.get(i).type()));
            }
            rows.add(List.copyOf(cells));
        }
        return new PlannedRel(
                new PlanNode.Values(List.copyOf(rows), new Schema(fields)),
                Columns.inverse(order, row.size()));
    }
}
