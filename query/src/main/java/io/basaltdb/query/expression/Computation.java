package io.basaltdb.query.expression;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// One expression made ready for one thread: operands below, loops bound, arrays at hand.
abstract class Computation {
    final Type type;

    Computation(Type type) {
        this.type = type;
    }

    /// The value in each lane of the batch. Only lanes in `live` (null: all) must be right, and only they may raise.
    ///
    /// @return lent until the next call
    abstract Vector compute(Batch batch, @Nullable Selection live);

    static boolean isEmpty(Batch batch, @Nullable Selection live) {
        return live == null ? batch.size() == 0 : live.count() == 0;
    }
}
