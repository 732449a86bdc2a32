package io.basaltdb.protocol.transport;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An ordered duplex of frames, seen from the client.
///
/// Any thread may send and close; sent frames arrive in the order of the calls, those of one call
/// together. One thread at a time receives. What a transport without a thread of its own does for
/// the server side, it does inside [#receive], so a client that waits for an answer receives.
public interface Transport extends AutoCloseable {
    /// Sends the whole frames in `frames`, which may be reused afterwards.
    ///
    /// @throws IOException if the connection is broken or closed
    void send(FrameBuffer frames) throws IOException;

    /// The next frame; waits for it. Null once the other side has closed in order.
    ///
    /// @throws java.net.SocketTimeoutException if nothing came for the time set; the connection can
    ///     be used further
    /// @throws IOException if the connection is broken or closed
    @Nullable Frame receive() throws IOException;

    /// Names who takes frames that come while the thread that receives is itself at work for the
    /// other side, as it is in process: PROGRESS, which would be stale afterwards. Called on any
    /// thread; must not wait. All other frames, and all frames of a transport that has a thread on
    /// the other side, come by [#receive].
    default void whileAtWork(Consumer<Frame> receiver) {}

    /// What the other side offers beyond frames, where it is in this process; null where it has nothing of that type.
    default <T> @Nullable T offered(Class<T> type) {
        return null;
    }

    /// How long [#receive] waits for further bytes; 0 is for ever.
    void setReceiveTimeout(int timeoutMillis) throws IOException;

    /// Accepts payloads up to this size from now on; see `Limits`.
    void setFrameLimit(int maxPayloadBytes);

    /// Whether [#close] was called.
    boolean isClosed();

    /// Ends the connection; wakes a thread that receives. Closing again does nothing.
    @Override
    void close();
}
