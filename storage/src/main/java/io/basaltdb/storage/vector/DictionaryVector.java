package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// One code per lane into a dictionary. Every lane, null or not, holds a code from 0 to `dictionary.size() - 1`.
public record DictionaryVector(
        int size, int[] codes, Dictionary dictionary, long @Nullable [] validity)
        implements Vector {
    @Override
    public Type type() {
        return dictionary.type();
    }
}
