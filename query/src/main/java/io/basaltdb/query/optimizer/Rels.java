package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Makes tree nodes; column references take the types of the inputs they now read.
final class Rels {
    private Rels() {}

    /// The rows for which all conjuncts hold; the input itself where there are none.
    static RelNode filter(RelNode input, List<RexNode> conjuncts) {
        if (conjuncts.isEmpty()) {
            return input;
        }
        List<RexNode> typed =
                withoutTautologies(input, typed(new LinkedHashSet<>(conjuncts), refs(input)));
        if (typed.isEmpty()) {
            return input;
        }
        return LogicalFilter.create(input, Conjunctions.and(rex(input), typed));
    }

    /// x = x, which decorrelation leaves behind, says that x is not NULL.
    private static List<RexNode> withoutTautologies(RelNode input, List<RexNode> conjuncts) {
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : conjuncts) {
            if (conjunct instanceof RexCall call
                    && call.getKind() == SqlKind.EQUALS
                    && call.getOperands().get(0) instanceof RexInputRef column
                    && column.equals(call.getOperands().get(1))) {
                if (column.getType().isNullable()) {
                    rest.add(rex(input).makeCall(SqlStdOperatorTable.IS_NOT_NULL, column));
                }
            } else if (!conjunct.isAlwaysTrue()) {
                rest.add(conjunct);
            }
        }
        return rest;
    }

    static RelNode join(RelNode left, RelNode right, List<RexNode> conjuncts, JoinRelType kind) {
        List<RexNode> refs = new ArrayList<>();
        addRefs(refs, left, kind.generatesNullsOnLeft(), 0);
        addRefs(refs, right, kind.generatesNullsOnRight(), left.getRowType().getFieldCount());
        List<RexNode> typed = new ArrayList<>();
        for (RexNode conjunct : typed(new LinkedHashSet<>(conjuncts), refs)) {
            typed.addAll(NullSafeEquality.equalities(conjunct, rex(left)));
        }
        return LogicalJoin.create(
                left,
                right,
                ImmutableList.of(),
                Conjunctions.and(rex(left), typed),
                ImmutableSet.of(),
                kind);
    }

    /// The columns of the input at these places, with the names and types of the row type.
    static RelNode select(RelNode input, int[] columns, RelDataType row) {
        List<RexNode> expressions = new ArrayList<>();
        boolean same = columns.length == input.getRowType().getFieldCount();
        for (int i = 0; i < columns.length; i++) {
            RexNode ref = RexInputRef.of(columns[i], input.getRowType());
            RelDataType type = row.getFieldList().get(i).getType();
            expressions.add(
                    ref.getType().equals(type) ? ref : rex(input).makeCast(type, ref, true, false));
            same &= columns[i] == i;
        }
        return same && input.getRowType().equals(row)
                ? input
                : LogicalProject.create(
                        input,
                        ImmutableList.of(),
                        expressions,
                        row.getFieldNames(),
                        ImmutableSet.of());
    }

    /// The projection with only these of its fields. The caller sees to it that the others are computed elsewhere.
    static RelNode pick(Project project, ImmutableBitSet fields) {
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int field : fields) {
            expressions.add(project.getProjects().get(field));
            names.add(project.getRowType().getFieldNames().get(field));
        }
        return LogicalProject.create(
                project.getInput(), ImmutableList.of(), expressions, names, ImmutableSet.of());
    }

    /// References to every column of the input.
    static List<RexNode> refs(RelNode input) {
        List<RexNode> refs = new ArrayList<>();
        addRefs(refs, input, false, 0);
        return refs;
    }

    private static void addRefs(List<RexNode> refs, RelNode input, boolean nullable, int shift) {
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            RelDataType type =
                    nullable
                            ? rex(input)
                                    .getTypeFactory()
                                    .createTypeWithNullability(field.getType(), true)
                            : field.getType();
            refs.add(new RexInputRef(field.getIndex() + shift, type));
        }
    }

    private static List<RexNode> typed(Iterable<RexNode> conjuncts, List<RexNode> refs) {
        List<RexNode> typed = new ArrayList<>();
        for (RexNode conjunct : conjuncts) {
            typed.add(Columns.replaced(conjunct, refs));
        }
        return typed;
    }

    static RexBuilder rex(RelNode rel) {
        return rel.getCluster().getRexBuilder();
    }
}
