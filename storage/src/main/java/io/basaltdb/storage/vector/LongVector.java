package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// One `long` per lane.
///
/// @param magnitudeBits a bound on the lanes that are valid and selected: each lies in −2^bits … 2^bits − 1; 63 where nothing is known.
///     Arithmetic uses it to choose loops that need no overflow check.
public record LongVector(
        Type type, int size, long[] values, long @Nullable [] validity, int magnitudeBits)
        implements Vector {
    public static final int UNBOUNDED = 63;

    public LongVector(Type type, int size, long[] values, long @Nullable [] validity) {
        this(type, size, values, validity, UNBOUNDED);
    }
}
