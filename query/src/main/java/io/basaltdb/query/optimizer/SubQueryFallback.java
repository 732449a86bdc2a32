package io.basaltdb.query.optimizer;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/// The general way of sub-queries: a correlated join each, which then becomes a plain one ([Unnesting]). Used for what [SubQueryJoins] leaves: scalar
/// sub-queries, EXISTS and IN below OR, in SELECT and in CASE.
final class SubQueryFallback {
    private static final Context SETTINGS =
            Contexts.of(
                    RelBuilder.Config.DEFAULT
                            .withSimplify(false)
                            .withBloat(-1)
                            .withSimplifyLimit(false)
                            .withSimplifyValues(false)
                            .withPruneInputOfAggregate(false));

    private static final RelBuilderFactory BUILDERS = RelBuilder.proto(SETTINGS);

    private SubQueryFallback() {}

    /// Made by the first query that needs them. `CoreRules` has the same three, but makes every rule of Calcite, in 900 classes: half a second of a new JVM.
    private static final class Rules {
        static final HepProgram PROGRAM = program();

        private static HepProgram program() {
            HepProgramBuilder program = HepProgram.builder();
            // Together: one that leaves an expression may hold others.
            program.addRuleCollection(
                    List.of(
                            rule(SubQueryRemoveRule.Config.FILTER),
                            rule(SubQueryRemoveRule.Config.PROJECT),
                            rule(SubQueryRemoveRule.Config.JOIN)));
            return program.build();
        }

        private static RelOptRule rule(SubQueryRemoveRule.Config config) {
            return config.withRelBuilderFactory(BUILDERS).toRule();
        }
    }

    /// A tree without sub-queries and correlated joins.
    ///
    /// @throws BasaltException FEATURE_NOT_SUPPORTED where one remains
    static RelNode apply(RelNode rel) {
        RelNode joined = rel;
        if (holds(rel, false)) {
            RelOptPlanner planner = new HepPlanner(Rules.PROGRAM, SETTINGS);
            planner.setRoot(withOneReading(rel));
            joined = planner.findBestExp();
        }
        if (holds(joined, true)) {
            joined = Unnesting.apply(joined);
        }
        if (holds(joined, false)) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "A sub-query that refers to the outer query at this place is not supported; write it as a join");
        }
        return joined;
    }

    /// The rules read the sub-query of an IN twice: for its rows, and for whether there are any and NULLs among them.
    private static RelNode withOneReading(RelNode rel) {
        List<RelNode> inputs =
                rel.getInputs().stream().map(SubQueryFallback::withOneReading).toList();
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
                        RelNode read = withOneReading(operands.rel);
                        return operands.clone(
                                query.getKind() == SqlKind.EXISTS
                                                || query.getKind() == SqlKind.SCALAR_QUERY
                                        ? read
                                        : OnceRel.of(read, read.getId()));
                    }
                });
    }

    /// Whether the tree holds a sub-query, or a correlated join.
    private static boolean holds(RelNode rel, boolean correlate) {
        Finder finder = new Finder(correlate);
        finder.go(rel);
        return finder.found;
    }

    private static final class Finder extends RelVisitor {
        private final boolean correlate;
        private boolean found;

        Finder(boolean correlate) {
            this.correlate = correlate;
        }

        @Override
        public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
            if (correlate) {
                found |= node instanceof Correlate;
            } else {
                node.accept(
                        new RexShuttle() {
                            @Override
                            public RexNode visitSubQuery(RexSubQuery query) {
                                found = true;
                                return query;
                            }
                        });
            }
            super.visit(node, ordinal, parent);
        }
    }
}
