package io.basaltdb.query.optimizer;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/// The general way of sub-queries: a correlated join each, then decorrelation by grouping. Used for what [SubQueryJoins] leaves: scalar
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

    private static final HepProgram RULES = rules();

    private SubQueryFallback() {}

    private static HepProgram rules() {
        HepProgramBuilder program = HepProgram.builder();
        program.addRuleInstance(
                CoreRules.FILTER_SUB_QUERY_TO_CORRELATE
                        .config
                        .withRelBuilderFactory(BUILDERS)
                        .toRule());
        program.addRuleInstance(
                CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE
                        .config
                        .withRelBuilderFactory(BUILDERS)
                        .toRule());
        program.addRuleInstance(
                CoreRules.JOIN_SUB_QUERY_TO_CORRELATE
                        .config
                        .withRelBuilderFactory(BUILDERS)
                        .toRule());
        return program.build();
    }

    /// A tree without sub-queries and correlated joins.
    ///
    /// @throws BasaltException FEATURE_NOT_SUPPORTED where one remains
    static RelNode apply(RelNode rel) {
        RelNode joined = rel;
        if (holds(rel, false)) {
            RelOptPlanner planner = new HepPlanner(RULES, SETTINGS);
            planner.setRoot(rel);
            joined = planner.findBestExp();
        }
        if (holds(joined, true)) {
            joined =
                    RelDecorrelator.decorrelateQuery(
                            joined.accept(new KeepRows()), BUILDERS.create(rel.getCluster(), null));
        }
        if (holds(joined, false) || holds(joined, true)) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "A sub-query that refers to the outer query at this place is not supported; write it as a join");
        }
        return joined;
    }

    /// A correlated join whose right side gives a row always, as an aggregate without groups does, keeps every left row; said as an outer
    /// join, so that it still does once the right side is grouped by what it is correlated by.
    private static final class KeepRows extends RelShuttleImpl {
        @Override
        public RelNode visit(LogicalCorrelate correlate) {
            LogicalCorrelate visited = (LogicalCorrelate) super.visit(correlate);
            @Nullable Double rows =
                    visited.getCluster().getMetadataQuery().getMinRowCount(visited.getRight());
            if (visited.getJoinType() != JoinRelType.INNER || rows == null || rows < 1) {
                return visited;
            }
            RelNode outer =
                    LogicalCorrelate.create(
                            visited.getLeft(),
                            visited.getRight(),
                            visited.getHints(),
                            visited.getCorrelationId(),
                            visited.getRequiredColumns(),
                            JoinRelType.LEFT);
            return RelOptUtil.createCastRel(outer, visited.getRowType(), true);
        }
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
