package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loop of a function that gives NULL where an argument is NULL: it sees the validity that all arguments have together.
abstract class StrictLoop implements ScalarLoop {
    final Type type;
    final LaneValidity validity = new LaneValidity();

    StrictLoop(Type type) {
        this.type = type;
    }

    @Override
    public final Vector evaluate(List<Vector> arguments, int size, @Nullable Selection selection) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof ConstantVector constant && constant.value().isNull()) {
                return new ConstantVector(type, size, Value.NULL);
            }
        }
        return compute(arguments, size, selection, validity.ofAll(arguments, size));
    }

    /// Computes the lanes.
    ///
    /// @param valid where every argument is not null; null where that is everywhere
    abstract Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid);

    /// The rows whose failure counts.
    final Selection live(int size, @Nullable Selection selection, long @Nullable [] valid) {
        return validity.live(valid, size, selection);
    }
}
