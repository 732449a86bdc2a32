package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.FrameBuffer;

/// Where a session's frames go. Safe for use by several threads; frames of one call stay together.
public interface FrameOutput {
    /// Sends whole frames, which may be overwritten afterwards. May wait until the client takes them,
    /// except on a thread that delivers input.
    ///
    /// @throws OutputClosedException if the connection is gone
    void send(FrameBuffer frames);

    /// Sends whole frames if they leave at once, else drops them. Never waits.
    void offer(FrameBuffer frames);

    /// Whether frames would leave at once.
    boolean isWritable();

    /// Sends what was given, then ends the connection.
    void close();
}
