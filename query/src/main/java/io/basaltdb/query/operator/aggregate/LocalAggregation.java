package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One lane's aggregation: an aggregation for each of the forms in which keys come, nearly always one.
final class LocalAggregation implements LocalSink {
    private final AggregateShape shape;
    private final AggregateSink sink;
    private final OperatorContext context;
    private final List<FormedAggregation> formed = new ArrayList<>();
    private @Nullable FormedAggregation current;

    LocalAggregation(AggregateShape shape, AggregateSink sink, OperatorContext context) {
        this.shape = shape;
        this.sink = sink;
        this.context = context;
    }

    @Override
    public Progress consume(Batch batch) {
        if (batch.rowCount() == 0) {
            return Progress.MORE;
        }
        FormedAggregation into = current;
        if (into == null || (shape.hasKeys() && !into.forms().takes(batch))) {
            into = find(batch);
            current = into;
        }
        into.add(batch);
        return Progress.MORE;
    }

    private FormedAggregation find(Batch batch) {
        boolean mayBeNew = true;
        for (FormedAggregation known : formed) {
            if (known.forms().takes(batch)) {
                return known;
            }
            mayBeNew &= known.isCollapsing();
        }
        KeyForms forms = sink.forms(batch, mayBeNew);
        for (FormedAggregation known : formed) {
            if (known.forms().equals(forms)) {
                return known;
            }
        }
        FormedAggregation made = new FormedAggregation(shape, forms, sink, context);
        formed.add(made);
        return made;
    }

    @Override
    public void complete() {
        formed.forEach(FormedAggregation::complete);
    }

    @Override
    public void close() {
        formed.forEach(FormedAggregation::close);
    }
}
