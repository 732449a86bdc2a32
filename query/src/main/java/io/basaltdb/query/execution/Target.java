package io.basaltdb.query.execution;

import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.Transform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the rows of a plan node go while pipelines are built from the root down: through transforms into a sink.
///
/// @param consumer the profile of the node that takes the rows
/// @param transforms what stands between the node and the sink, in the order of the rows
/// @param after stages that have to end before a pipeline into this target may start (a join's build side)
/// @param filters what later operators know about columns of the node's output; for a scan to use, or to be dropped
record Target(
        OperatorProfile consumer,
        List<Placed<Transform>> transforms,
        Finishing finishing,
        List<Stage> after,
        List<ColumnFilter> filters) {
    Target {
        transforms = List.copyOf(transforms);
        after = List.copyOf(after);
        filters = List.copyOf(filters);
    }

    /// What is known of the column at that position of the node's output, once the stage has ended; with no stage, ever more while rows flow.
    record ColumnFilter(int column, DynamicFilter filter, @Nullable Stage knownAfter) {
        ColumnFilter of(int other) {
            return new ColumnFilter(other, filter, knownAfter);
        }
    }

    /// A target that is a sink alone.
    static Target of(OperatorProfile consumer, Finishing finishing) {
        return new Target(consumer, List.of(), finishing, List.of(), List.of());
    }

    /// This target behind one more transform. The filters are dropped: their columns were those of the transform's output.
    Target behind(Transform transform, OperatorProfile profile) {
        List<Placed<Transform>> more = new ArrayList<>();
        more.add(new Placed<>(transform, profile));
        more.addAll(transforms);
        return new Target(profile, more, finishing, after, List.of());
    }

    Target withFilters(List<ColumnFilter> known) {
        return new Target(consumer, transforms, finishing, after, known);
    }

    Target startingAfter(Stage stage) {
        List<Stage> more = new ArrayList<>(after);
        more.add(stage);
        return new Target(consumer, transforms, finishing, more, filters);
    }

    /// Adds the pipeline from that source into this target.
    Pipeline pipelineFrom(Source source, OperatorProfile profile, PipelineGraph graph) {
        Pipeline pipeline =
                graph.add(new Pipeline(new Placed<>(source, profile), transforms, finishing));
        after.forEach(pipeline::after);
        return pipeline;
    }
}
