package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// Refuses a request that this server does not know or have.
final class RefuseTask implements StreamTask {
    private final String what;

    RefuseTask(String what) {
        this.what = what;
    }

    @Override
    public Turn step(FrameBuffer out) {
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "this server does not support " + what);
    }

    @Override
    public void release() {}
}
