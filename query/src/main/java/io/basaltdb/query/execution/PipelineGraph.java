package io.basaltdb.query.execution;

import java.util.ArrayList;
import java.util.List;

/// The stages of one query and how they wait for each other.
final class PipelineGraph {
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final List<Finishing> finishings = new ArrayList<>();

    Pipeline add(Pipeline pipeline) {
        pipelines.add(pipeline);
        return pipeline;
    }

    Finishing add(Finishing finishing) {
        finishings.add(finishing);
        return finishing;
    }

    List<Pipeline> pipelines() {
        return pipelines;
    }

    /// Pipelines added since there were that many.
    List<Pipeline> pipelinesSince(int count) {
        return List.copyOf(pipelines.subList(count, pipelines.size()));
    }

    List<Finishing> finishings() {
        return finishings;
    }

    List<Stage> readyStages() {
        List<Stage> ready = new ArrayList<>();
        for (Pipeline pipeline : pipelines) {
            if (pipeline.isReady()) {
                ready.add(pipeline);
            }
        }
        for (Finishing finishing : finishings) {
            if (finishing.isReady()) {
                ready.add(finishing);
            }
        }
        return ready;
    }

    /// Frees everything that lanes shared and sinks still hold. Called once, when no work is left.
    void close() {
        List<AutoCloseable> all = new ArrayList<>();
        pipelines.forEach(pipeline -> all.add(pipeline::close));
        finishings.forEach(finishing -> all.add(finishing.sink().operator()));
        Closing.all(all);
    }
}
