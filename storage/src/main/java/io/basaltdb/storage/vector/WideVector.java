package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// A 128-bit two's-complement number per lane: `high` is signed, `low` unsigned.
public record WideVector(Type type, int size, long[] high, long[] low, long @Nullable [] validity)
        implements Vector {}
