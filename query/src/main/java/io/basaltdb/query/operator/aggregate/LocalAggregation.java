package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// One lane's part of an aggregation, which begins with its first row: until then nobody knows how the keys come.
final class LocalAggregation implements LocalSink {
    private final AggregateSink sink;
    private final OperatorContext context;
    private @Nullable LaneAggregation lane;

    LocalAggregation(AggregateSink sink, OperatorContext context) {
        this.sink = sink;
        this.context = context;
    }

    @Override
    public Progress consume(Batch batch) {
        if (batch.rowCount() > 0) {
            lane(batch).add(batch);
        }
        return Progress.MORE;
    }

    private LaneAggregation lane(Batch batch) {
        LaneAggregation begun = lane;
        if (begun == null) {
            begun = new LaneAggregation(sink.grouping(batch), sink.partitionCount(), context);
            lane = begun;
        }
        return begun;
    }

    @Override
    public void complete() {
        if (lane != null) {
            sink.take(lane.take());
        }
    }

    @Override
    public void close() {
        if (lane != null) {
            lane.close();
        }
    }
}
