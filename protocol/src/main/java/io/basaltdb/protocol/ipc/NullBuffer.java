package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.FrameBuffer;

/// A column that knows nothing but nulls.
final class NullBuffer extends ColumnBuffer {
    NullBuffer() {
        super(WireType.NULL);
    }

    @Override
    public long bodyBytes() {
        return 0;
    }

    @Override
    void appendPlaceholder() {}

    @Override
    boolean hasValidityBuffer() {
        return false;
    }

    @Override
    int[] valueBufferBytes() {
        return new int[0];
    }

    @Override
    void writeValues(FrameBuffer out) {}
}
