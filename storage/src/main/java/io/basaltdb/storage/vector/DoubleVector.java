package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// One `double` per lane; for REAL already rounded to `float`.
public record DoubleVector(Type type, int size, double[] values, long @Nullable [] validity)
        implements Vector {}
