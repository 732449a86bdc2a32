package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// One bit per lane: bit i of word i / 64. Bits past `size` may hold anything.
public record BitVector(Type type, int size, long[] words, long @Nullable [] validity)
        implements Vector {
    public boolean get(int row) {
        return (words[row >> 6] >>> row & 1) != 0;
    }
}
