package io.basaltdb.embedded.wire;

import io.basaltdb.query.session.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens sessions of the engine.
public interface SessionSource {
    /// A new session.
    ///
    /// @param attributes wishes of the client, by the keys of the protocol's `Attribute`
    /// @throws io.basaltdb.storage.error.BasaltException if a wish cannot be met
    Session open(Map<String, String> attributes);

    /// What there is beyond sessions for a client in this process; null where there is nothing of that type.
    default <T> @Nullable T offered(Class<T> type) {
        return null;
    }
}
