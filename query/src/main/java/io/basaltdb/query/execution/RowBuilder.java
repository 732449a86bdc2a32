package io.basaltdb.query.execution;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.operator.filter.FilterTransform;
import io.basaltdb.query.operator.filter.LimitTransform;
import io.basaltdb.query.operator.filter.ProjectTransform;
import io.basaltdb.query.operator.filter.RepeatTransform;
import io.basaltdb.query.operator.filter.RowsSource;
import io.basaltdb.query.operator.filter.UnnestTransform;
import io.basaltdb.query.operator.filter.ValuesSource;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;

/// Nodes that work row by row: each is one transform or source, and UNION ALL is one pipeline per branch into the same target.
final class RowBuilder {
    private RowBuilder() {}

    static void filter(PlanNode.Filter filter, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(filter, target);
        FilterTransform transform = new FilterTransform(filter.predicate());
        builder.build(
                filter.input(), target.behind(transform, profile).withFilters(target.filters()));
    }

    static void project(PlanNode.Project project, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(project, target);
        ProjectTransform transform = new ProjectTransform(project.expressions());
        List<Target.ColumnFilter> filters = new ArrayList<>();
        for (Target.ColumnFilter known : target.filters()) {
            if (project.expressions().get(known.column())
                    instanceof Expression.Column(int index, _)) {
                filters.add(known.of(index));
            }
        }
        builder.build(project.input(), target.behind(transform, profile).withFilters(filters));
    }

    static void limit(PlanNode.Limit limit, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(limit, target);
        Expression bound = limit.limit();
        long rows =
                bound == null
                        ? Long.MAX_VALUE
                        : RowCounts.of(bound, "LIMIT", builder.query().evaluation());
        long offset = RowCounts.of(limit.offset(), "OFFSET", builder.query().evaluation());
        builder.build(limit.input(), target.behind(new LimitTransform(rows, offset), profile));
    }

    static void repeat(PlanNode.Repeat repeat, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(repeat, target);
        builder.build(
                repeat.input(), target.behind(new RepeatTransform(repeat.countColumn()), profile));
    }

    static void unnest(PlanNode.Unnest unnest, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(unnest, target);
        List<Type> types =
                unnest.lists().stream().map(list -> unnest.input().output().type(list)).toList();
        Type number = unnest.numbered() ? unnest.output().type(unnest.output().size() - 1) : null;
        builder.build(
                unnest.input(),
                target.behind(
                        new UnnestTransform(unnest.lists(), types, number, unnest.keepsEmpty()),
                        profile));
    }

    static void unionAll(PlanNode.UnionAll union, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(union, target);
        Target branch =
                new Target(
                        profile,
                        target.transforms(),
                        target.finishing(),
                        target.after(),
                        target.filters());
        union.inputs().forEach(input -> builder.build(input, branch));
    }

    static void values(PlanNode.Values values, Target target, PipelineBuilder builder) {
        target.pipelineFrom(
                new ValuesSource(values.rows(), values.output()),
                builder.profile(values, target),
                builder.graph());
    }

    static void rows(PlanNode.Rows rows, Target target, PipelineBuilder builder) {
        target.pipelineFrom(
                new RowsSource(rows.rows()), builder.profile(rows, target), builder.graph());
    }
}
