package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.Transform;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A source, the transforms behind it, and the sink (with its finishing) that takes the rows.
final class Pipeline extends Stage {
    private final Placed<Source> source;
    private final List<Placed<Transform>> transforms;
    private final Finishing target;
    private final AtomicInteger lanesLeft = new AtomicInteger();

    Pipeline(Placed<Source> source, List<Placed<Transform>> transforms, Finishing target) {
        this.source = source;
        this.transforms = List.copyOf(transforms);
        this.target = target;
        target.after(this);
    }

    Placed<Source> source() {
        return source;
    }

    List<Placed<Transform>> transforms() {
        return transforms;
    }

    Finishing target() {
        return target;
    }

    void setLaneCount(int count) {
        lanesLeft.set(count);
    }

    /// Whether that was its last lane.
    boolean laneEnded() {
        return lanesLeft.decrementAndGet() == 0;
    }

    /// Frees what its lanes shared.
    void close() {
        Closing.all(transforms.stream().<AutoCloseable>map(Placed::operator).toList().reversed());
        source.operator().close();
    }
}
