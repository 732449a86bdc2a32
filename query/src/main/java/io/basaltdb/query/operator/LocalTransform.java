package io.basaltdb.query.operator;

import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// One lane's part of a transform: given a batch, it produces none, one or several, and can stop between any two.
public interface LocalTransform extends AutoCloseable {
    /// Takes a batch, which stays unchanged until [#produce] has returned null. Called only when the last one is used up.
    void accept(Batch input);

    /// The next output, lent until the next call of this method; null when the accepted batch is used up. Loops that may run long look at
    /// [OperatorContext#checkCancelled].
    @Nullable Batch produce();

    /// Says that no input follows; after it [#produce] may give what was held back, then null.
    default void finish() {}

    /// Whether it needs no further input (a limit that is reached).
    default boolean isFinished() {
        return false;
    }

    @Override
    void close();
}
