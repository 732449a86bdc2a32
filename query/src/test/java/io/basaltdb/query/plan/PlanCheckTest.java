package io.basaltdb.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each kind of mistake is told, and a sound plan has none.
class PlanCheckTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", Type.BIGINT, false), new Field("flag", Type.BOOLEAN, true));
    private static final PlanNode VALUES =
            new PlanNode.Values(List.of(List.of(Value.of(1L), Value.of(true))), SCHEMA);

    private static void assertProblem(String part, PlanNode plan) {
        List<String> problems = PlanCheck.problems(plan);
        assertTrue(problems.stream().anyMatch(p -> p.contains(part)), problems.toString());
    }

    @Test
    void acceptsASoundPlan() {
        PlanNode filter = new PlanNode.Filter(VALUES, new Expression.Column(1, Type.BOOLEAN), 1);
        PlanNode plan =
                new PlanNode.Aggregate(
                        filter,
                        List.of(1),
                        List.of(
                                new AggregateCall(
                                        AggregateFunction.MAX,
                                        List.of(0),
                                        false,
                                        -1,
                                        Type.BIGINT,
                                        "m")),
                        Schema.of(
                                new Field("flag", Type.BOOLEAN, true),
                                new Field("m", Type.BIGINT, true)),
                        1);
        assertEquals(List.of(), PlanCheck.problems(plan));
    }

    @Test
    void tellsWhatIsWrong() {
        assertProblem(
                "condition of type BIGINT",
                new PlanNode.Filter(VALUES, new Expression.Column(0, Type.BIGINT), 1));
        assertProblem(
                "takes column 0 for BOOLEAN where it is BIGINT",
                new PlanNode.Filter(VALUES, new Expression.Column(0, Type.BOOLEAN), 1));
        assertProblem(
                "gives [BIGINT] but promises [TEXT]",
                new PlanNode.Project(
                        VALUES,
                        List.of(new Expression.Column(0, Type.BIGINT)),
                        Schema.of(new Field("x", Type.TEXT, true))));
        assertProblem(
                "names column 5 of 2",
                new PlanNode.Sort(VALUES, List.of(new SortKey(5, false, false))));
        assertProblem(
                "compares BIGINT with BOOLEAN",
                new PlanNode.HashJoin(
                        JoinKind.SEMI, VALUES, VALUES, List.of(0), List.of(1), null, SCHEMA, 1));
        assertProblem(
                "row of 1 values", new PlanNode.Values(List.of(List.of(Value.of(1L))), SCHEMA));
        assertProblem(
                "gives [BIGINT, BOOLEAN] but promises [BIGINT]",
                new PlanNode.UnionAll(
                        List.of(VALUES), Schema.of(new Field("id", Type.BIGINT, true))));
    }
}
