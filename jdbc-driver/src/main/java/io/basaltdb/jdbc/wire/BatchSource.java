package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireSchema;
import org.jspecify.annotations.Nullable;

/// Where the rows of a result set come from.
public interface BatchSource extends AutoCloseable {
    WireSchema schema();

    /// The next rows, at least one; null at the end.
    @Nullable WireBatch next() throws WireException;

    /// Stops; what has not been read is dropped.
    @Override
    void close();
}
