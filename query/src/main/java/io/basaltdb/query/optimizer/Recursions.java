package io.basaltdb.query.optimizer;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.schema.TransientTable;
import org.jspecify.annotations.Nullable;

/// WITH RECURSIVE: the tables that its steps write and read become numbers.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
final class Recursions extends RexShuttle {
    /// Numbers by the names that are known where the pass stands.
    private final Map<List<String>, Integer> known = new HashMap<>();

    private int count;

    RelNode apply(RelNode rel) {
        return switch (rel) {
            case RepeatUnion union -> recursion(union);
            case TableScan scan when scan.getTable().unwrap(TransientTable.class) != null -> {
                Integer number = known.get(scan.getTable().getQualifiedName());
                assert number != null : "a step's table outside of the step";
                yield new WorkingRel(scan, number, scan.getRowType());
            }
            default -> withInputs(rel).accept(this);
        };
    }

    private RelNode withInputs(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        return changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
    }

    private RelNode recursion(RepeatUnion union) {
        @Nullable RelOptTable table = union.getTransientTable();
        assert table != null;
        checkTypes(union.getSeedRel().getRowType(), union.getRowType());
        checkReadings(union);
        int number = ++count;
        RelNode seed = apply(withoutSpool(union.getSeedRel()));
        @Nullable Integer outer = known.put(table.getQualifiedName(), number);
        RelNode step = apply(withoutSpool(union.getIterativeRel()));
        if (outer == null) {
            known.remove(table.getQualifiedName());
        } else {
            known.put(table.getQualifiedName(), outer);
        }
        return new RecursionRel(
                seed, cast(step, union.getRowType()), number, !union.all, union.getRowType());
    }

    private static RelNode cast(RelNode step, RelDataType row) {
        return RelTypes.toSchema(step.getRowType()).fields().stream()
                        .map(Field::type)
                        .toList()
                        .equals(RelTypes.toSchema(row).fields().stream().map(Field::type).toList())
                ? step
                : RelOptUtil.createCastRel(step, row, true);
    }

    private static RelNode withoutSpool(RelNode rel) {
        return rel instanceof Spool spool ? withoutSpool(spool.getInput()) : rel;
    }

    /// The steps are executions of their own.
    private static void checkReadings(RelNode rel) {
        if (rel instanceof OnceRel) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "A recursive query reads a WITH query that another part reads too, or each of its steps, and whose rows are not the same each time"
                            + " (random(), LIMIT …); write these rows into a table first");
        }
        rel.getInputs().forEach(Recursions::checkReadings);
    }

    /// What a step reads is what the seed gives; a step that gives more than that would not fit into it.
    private static void checkTypes(RelDataType seed, RelDataType all) {
        for (int i = 0; i < seed.getFieldCount(); i++) {
            RelDataTypeField first = seed.getFieldList().get(i);
            RelDataTypeField both = all.getFieldList().get(i);
            if (!RelTypes.toType(first.getType()).equals(RelTypes.toType(both.getType()))) {
                String wanted = RelTypes.toType(both.getType()).sql();
                throw new BasaltException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "Column "
                                + first.getName()
                                + " of the recursive query is "
                                + RelTypes.toType(first.getType()).sql()
                                + " in its first part and "
                                + wanted
                                + " behind UNION; cast it in the first part: CAST(… AS "
                                + wanted
                                + ")");
            }
        }
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }
}
