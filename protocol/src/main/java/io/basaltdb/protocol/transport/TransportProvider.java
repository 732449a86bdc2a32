package io.basaltdb.protocol.transport;

import java.io.IOException;

/// Opens transports to the targets it knows. Found by `ServiceLoader`.
public interface TransportProvider {
    /// Whether this provider knows how to reach such a target.
    boolean accepts(ConnectTarget target);

    /// Connects.
    ///
    /// @throws ConnectException if the target answers that it does not want the connection
    /// @throws IOException if the target cannot be reached; the message says why, for a user
    Transport connect(ConnectTarget target) throws IOException;
}
