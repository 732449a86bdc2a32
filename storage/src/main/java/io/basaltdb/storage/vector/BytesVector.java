package io.basaltdb.storage.vector;

import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// A run of bytes per lane: `length[i]` bytes of `heap` from `start[i]`. Lanes may share, overlap or leave out bytes of the heap, so
/// substring, filter and gather copy none.
public record BytesVector(
        Type type, int size, byte[] heap, int[] start, int[] length, long @Nullable [] validity)
        implements Vector {}
