package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// What is to be computed once ([OnceRel]) and stands in one place only needs nothing for it. A step of a recursion is a place of many readings.
final class SingleReadings {
    private static final int MANY = 1000;

    private final Map<Integer, Integer> readings = new HashMap<>();

    RelNode apply(RelNode rel) {
        count(rel, 1);
        return readings.isEmpty() ? rel : withoutSingle(rel);
    }

    private void count(RelNode rel, int times) {
        if (rel instanceof OnceRel once) {
            readings.merge(once.number(), times, (a, b) -> Math.min(MANY, a + b));
        }
        List<RelNode> inputs = rel.getInputs();
        for (int i = 0; i < inputs.size(); i++) {
            boolean step = rel instanceof RepeatUnion && i > 0;
            count(inputs.get(i), step ? MANY : times);
        }
        rel.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        count(query.rel, times);
                        return super.visitSubQuery(query);
                    }
                });
    }

    private RelNode withoutSingle(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(withoutSingle(input));
        }
        if (rel instanceof OnceRel once && readings.getOrDefault(once.number(), 0) == 1) {
            return inputs.getFirst();
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
                        return operands.clone(withoutSingle(operands.rel));
                    }
                });
    }
}
