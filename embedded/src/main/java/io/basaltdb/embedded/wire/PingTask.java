package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.message.Done;
import java.util.List;

/// Gives a sign of life.
final class PingTask implements StreamTask {
    private final int stream;

    PingTask(int stream) {
        this.stream = stream;
    }

    @Override
    public Turn step(FrameBuffer out) {
        new Done(0, "", 0, List.of()).write(out, stream);
        return Turn.ENDED;
    }

    @Override
    public void release() {}
}
