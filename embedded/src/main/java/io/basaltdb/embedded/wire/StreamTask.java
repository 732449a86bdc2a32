package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.FrameBuffer;

/// What one request does, piece by piece, on the worker.
sealed interface StreamTask
        permits QueryTask, InsertTask, PrepareTask, CloseTask, PingTask, RefuseTask {
    /// What comes after a piece.
    enum Turn {
        /// More can be done at once.
        MORE,
        /// More can be done, but what was written should leave first.
        FLUSH,
        /// Nothing can be done before credit or a frame comes.
        WAIT,
        /// The request has ended; DONE was written.
        ENDED
    }

    /// Does the next piece and writes its frames. What it throws ends the request with ERROR.
    Turn step(FrameBuffer out);

    /// Gives back what the request holds; called once, after the end or instead of it.
    void release();
}
