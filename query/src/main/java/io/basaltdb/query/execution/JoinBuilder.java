package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.query.operator.join.HashJoinProbe;
import io.basaltdb.query.operator.join.JoinBuild;
import io.basaltdb.query.operator.join.NestedLoopBuild;
import io.basaltdb.query.operator.join.NestedLoopProbe;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.JoinKind;
import io.basaltdb.query.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Joins: the right side ends in a sink that builds, the left side flows through a transform that probes, after it; RIGHT and FULL joins
/// add a pipeline for the build rows that were never matched, RIGHT_SEMI and RIGHT_ANTI one for all they give, after all that probe.
final class JoinBuilder {
    private JoinBuilder() {}

    static void hashJoin(PlanNode.HashJoin join, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(join, target);
        JoinBuild build =
                new JoinBuild(
                        RowStore.types(join.right().output()),
                        join.rightKeys(),
                        join.kind(),
                        profile.memory());
        HashJoinProbe probe =
                new HashJoinProbe(
                        join.kind(),
                        build,
                        RowStore.types(join.left().output()),
                        join.leftKeys(),
                        join.residual());
        Finishing built = builder.finishing(build, profile);
        List<Target.ColumnFilter> leftFilters = leftFilters(join.kind(), join.left(), target);
        if (dropsUnmatchedProbeRows(join.kind())) {
            for (int k = 0; k < join.leftKeys().size(); k++) {
                leftFilters.add(
                        new Target.ColumnFilter(join.leftKeys().get(k), build.keyFilter(k), built));
            }
        }
        probing(
                join.kind(),
                join.left(),
                probe,
                probe::lastRows,
                built,
                leftFilters,
                profile,
                target,
                builder);
        builder.build(
                join.right(),
                Target.of(profile, built)
                        .withFilters(rightFilters(join.kind(), join.left(), target)));
    }

    static void nestedLoopJoin(
            PlanNode.NestedLoopJoin join, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(join, target);
        NestedLoopBuild build =
                new NestedLoopBuild(RowStore.types(join.right().output()), profile.memory());
        NestedLoopProbe probe =
                new NestedLoopProbe(
                        join.kind(), build, RowStore.types(join.left().output()), join.condition());
        Finishing built = builder.finishing(build, profile);
        List<Target.ColumnFilter> leftFilters = leftFilters(join.kind(), join.left(), target);
        probing(
                join.kind(),
                join.left(),
                probe,
                probe::lastRows,
                built,
                leftFilters,
                profile,
                target,
                builder);
        builder.build(
                join.right(),
                Target.of(profile, built)
                        .withFilters(rightFilters(join.kind(), join.left(), target)));
    }

    private static void probing(
            JoinKind kind,
            PlanNode left,
            Transform probe,
            Supplier<Source> lastRows,
            Finishing built,
            List<Target.ColumnFilter> filters,
            OperatorProfile profile,
            Target target,
            PipelineBuilder builder) {
        int before = builder.graph().pipelines().size();
        builder.build(
                left, target.behind(probe, profile).startingAfter(built).withFilters(filters));
        if (kind.givesRightRowsLast()) {
            List<Pipeline> probing = builder.graph().pipelinesSince(before);
            Pipeline rest =
                    target.startingAfter(built)
                            .pipelineFrom(lastRows.get(), profile, builder.graph());
            probing.forEach(rest::after);
        }
    }

    private static boolean dropsUnmatchedProbeRows(JoinKind kind) {
        return switch (kind) {
            case INNER, RIGHT, SEMI, RIGHT_SEMI, RIGHT_ANTI -> true;
            case LEFT, FULL, ANTI, NULL_AWARE_ANTI, MARK -> false;
        };
    }

    /// What is known of the join's output holds for the left columns too, unless leaving a left row out would show a build row as unmatched.
    private static List<Target.ColumnFilter> leftFilters(
            JoinKind kind, PlanNode left, Target target) {
        List<Target.ColumnFilter> filters = new ArrayList<>();
        if (!kind.givesRightRowsLast()) {
            for (Target.ColumnFilter known : target.filters()) {
                if (known.column() < left.output().size()) {
                    filters.add(known);
                }
            }
        }
        return filters;
    }

    /// The same for right columns, which only an inner join may drop, and a join that gives nothing else.
    private static List<Target.ColumnFilter> rightFilters(
            JoinKind kind, PlanNode left, Target target) {
        List<Target.ColumnFilter> filters = new ArrayList<>();
        if (kind == JoinKind.INNER || kind.givesRightColumnsOnly()) {
            int before = kind.givesRightColumnsOnly() ? 0 : left.output().size();
            for (Target.ColumnFilter known : target.filters()) {
                int column = known.column() - before;
                if (column >= 0) {
                    filters.add(known.of(column));
                }
            }
        }
        return filters;
    }
}
