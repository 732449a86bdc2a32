package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// Chooses the order of inner joins: every tree of them, together with what only renames columns between them, is taken apart into a
/// [JoinGraph] and put together anew.
final class JoinOrder {
    private final Cardinality cardinality;

    JoinOrder(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    RelNode apply(RelNode rel) {
        if (isInner(rel)) {
            return ordered(rel);
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    private static boolean isInner(RelNode rel) {
        return rel instanceof Join join && join.getJoinType() == JoinRelType.INNER;
    }

    private RelNode ordered(RelNode root) {
        JoinGraph graph = new JoinGraph(cardinality);
        int[] fields = flatten(root, graph);
        JoinTree tree = new JoinSearch(graph).best();
        return Rels.select(tree.rel(), tree.columnsOf(fields), root.getRowType());
    }

    /// Adds the tree's leaves and conditions to the graph; answers where its fields are among the graph's columns.
    private int[] flatten(RelNode rel, JoinGraph graph) {
        if (isInner(rel)) {
            Join join = (Join) rel;
            int[] left = flatten(join.getLeft(), graph);
            int[] right = flatten(join.getRight(), graph);
            int[] both = new int[left.length + right.length];
            System.arraycopy(left, 0, both, 0, left.length);
            System.arraycopy(right, 0, both, left.length, right.length);
            for (RexNode conjunct : Conjunctions.of(join.getCondition())) {
                graph.addCondition(Columns.shifted(conjunct, both));
            }
            return both;
        }
        if (rel instanceof Project project && isInner(project.getInput())) {
            int[] columns = columns(project);
            if (columns.length == project.getProjects().size()) {
                int[] below = flatten(project.getInput(), graph);
                return Arrays.stream(columns).map(column -> below[column]).toArray();
            }
        }
        return graph.addLeaf(apply(rel));
    }

    /// The columns that a projection renames, or says to be nullable as they were before an outer join became an inner one.
    private static int[] columns(Project project) {
        return project.getProjects().stream()
                .map(JoinOrder::withoutNullabilityCast)
                .filter(RexInputRef.class::isInstance)
                .mapToInt(column -> ((RexInputRef) column).getIndex())
                .toArray();
    }

    private static RexNode withoutNullabilityCast(RexNode node) {
        if (node.getKind() != SqlKind.CAST) {
            return node;
        }
        RexNode operand = ((RexCall) node).getOperands().getFirst();
        return SqlTypeUtil.equalSansNullability(node.getType(), operand.getType()) ? operand : node;
    }
}
