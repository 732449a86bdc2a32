package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

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
        if (rel instanceof Project project
                && isInner(project.getInput())
                && project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
            int[] below = flatten(project.getInput(), graph);
            int[] fields = new int[project.getProjects().size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = below[((RexInputRef) project.getProjects().get(i)).getIndex()];
            }
            return fields;
        }
        return graph.addLeaf(apply(rel));
    }
}
