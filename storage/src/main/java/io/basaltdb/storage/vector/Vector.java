package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// One column of a batch. The type says what the values mean; the variant says how they lie. A column of a wide DECIMAL may be
/// a [LongVector] in one batch and a [WideVector] in the next; any column may be a [DictionaryVector] or [ConstantVector].
public sealed interface Vector
        permits LongVector,
                DoubleVector,
                WideVector,
                BitVector,
                BytesVector,
                DictionaryVector,
                ConstantVector {
    Type type();

    /// Number of lanes, selected or not.
    int size();

    /// Bit i of word i / 64 is set where lane i is not null; null where no lane is null. At least ⌈size / 64⌉ words; bits past
    /// `size` may hold anything.
    long @Nullable [] validity();

    default boolean isNull(int row) {
        long[] words = validity();
        return words != null && (words[row >> 6] >>> row & 1) == 0;
    }

    default boolean mayHaveNulls() {
        return validity() != null;
    }
}
