package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import org.jspecify.annotations.Nullable;

/// The same value, perhaps NULL, in every lane. Its [#validity()] is null or all zero words.
public record ConstantVector(Type type, int size, Value value, long @Nullable [] validity)
        implements Vector {
    public ConstantVector(Type type, int size, Value value) {
        this(type, size, value, value.isNull() ? new long[Validity.words(size)] : null);
    }
}
