package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts one behind the other; what is not text is written as CAST to TEXT writes it.
final class ConcatLoop implements ScalarLoop {
    /// What a NULL argument does.
    enum Nulls {
        /// Makes the result NULL.
        STRICT,
        /// Is left out.
        SKIPPED,
        /// Is left out, with its separator; a NULL separator makes the result NULL.
        SEPARATED
    }

    private final Nulls nulls;
    private final Type result;
    private final ValueLanes[] lanes;
    private final LaneValidity validity = new LaneValidity();
    private final TextOutput out = new TextOutput();

    ConcatLoop(CallSite site, Nulls nulls) {
        this.nulls = nulls;
        this.result = site.result();
        this.lanes = new ValueLanes[site.arity()];
        ZoneClock clock = new ZoneClock(site.context().zone());
        for (int i = 0; i < lanes.length; i++) {
            Type type = site.argument(i);
            // In a concatenation of bytes these stand as they are.
            Type shownAs = result instanceof Type.Text ? type : Type.TEXT;
            lanes[i] = new ValueLanes(type, shownAs, clock);
        }
    }

    @Override
    public Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
        for (int i = 0; i < arguments.size(); i++) {
            boolean decides = nulls == Nulls.STRICT || (nulls == Nulls.SEPARATED && i == 0);
            if (decides
                    && arguments.get(i) instanceof ConstantVector constant
                    && constant.value().isNull()) {
                return new ConstantVector(result, size, Value.NULL);
            }
            lanes[i].read(arguments.get(i), size);
        }
        long[] valid =
                switch (nulls) {
                    case STRICT -> validity.ofAll(arguments, size);
                    case SKIPPED -> null;
                    case SEPARATED -> arguments.getFirst().validity();
                };
        out.begin(size);
        Selection live = validity.live(valid, size, selection);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            write(row);
            out.end(row);
        }
        return out.vector(result, size, valid);
    }

    private void write(int row) {
        boolean isSeparated = nulls == Nulls.SEPARATED;
        boolean isFirst = true;
        for (int i = isSeparated ? 1 : 0; i < lanes.length; i++) {
            if (lanes[i].isNull(row)) {
                continue;
            }
            if (isSeparated && !isFirst) {
                lanes[0].write(out, row);
            }
            lanes[i].write(out, row);
            isFirst = false;
        }
    }
}
