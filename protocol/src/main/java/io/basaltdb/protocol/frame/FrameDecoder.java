package io.basaltdb.protocol.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of bytes into frames, whatever the pieces in which they arrive.
///
/// The payload array begins at no more than 64 KiB and doubles as bytes arrive, so a length that
/// only claims to be large costs nothing. After it has refused a frame it refuses all that follows:
/// where the next one begins cannot be known. Used by one thread.
public final class FrameDecoder {
    private static final int FIRST_ALLOCATION_BYTES = 64 << 10;

    private final byte[] header = new byte[Frame.HEADER_BYTES];
    private int headerBytes;
    private byte[] payload = new byte[0];
    private int payloadBytes;
    private int length;
    private boolean isBroken;
    private int limit = Limits.FRAME_BYTES_BEFORE_LOGIN;

    public FrameDecoder() {}

    /// Accepts payloads of up to `maxPayloadBytes` from the next frame on. Begins at
    /// [Limits#FRAME_BYTES_BEFORE_LOGIN].
    public void setLimit(int maxPayloadBytes) {
        limit = maxPayloadBytes;
    }

    /// The next whole frame, or null if `input` is used up first; the rest of `input` stays.
    ///
    /// @throws ProtocolException if the announced length is above the limit
    public @Nullable Frame next(ByteBuffer input) {
        if (isBroken) {
            throw new ProtocolException("frames follow one that was refused");
        }
        if (headerBytes < Frame.HEADER_BYTES) {
            int count = Math.min(input.remaining(), Frame.HEADER_BYTES - headerBytes);
            input.get(header, headerBytes, count);
            headerBytes += count;
            if (headerBytes < Frame.HEADER_BYTES) {
                return null;
            }
            beginPayload();
        }
        takePayload(input);
        return payloadBytes == length ? finish() : null;
    }

    /// Whether a frame has begun that is not whole yet.
    public boolean isInsideFrame() {
        return headerBytes > 0;
    }

    private void beginPayload() {
        length = LittleEndian.intAt(header, 0);
        if (length < 0 || length > limit) {
            headerBytes = 0;
            isBroken = true;
            throw new ProtocolException(
                    "a frame announces "
                            + Integer.toUnsignedString(length)
                            + " bytes, at most "
                            + limit
                            + " are accepted here");
        }
        payload = new byte[Math.min(length, FIRST_ALLOCATION_BYTES)];
        payloadBytes = 0;
    }

    private void takePayload(ByteBuffer input) {
        while (payloadBytes < length && input.hasRemaining()) {
            if (payloadBytes == payload.length) {
                payload = Arrays.copyOf(payload, (int) Math.min(length, payload.length * 2L));
            }
            int count = Math.min(input.remaining(), payload.length - payloadBytes);
            input.get(payload, payloadBytes, count);
            payloadBytes += count;
        }
    }

    private Frame finish() {
        Frame frame =
                new Frame(
                        header[4] & 0xFF,
                        header[5] & 0xFF,
                        LittleEndian.shortAt(header, 6) & 0xFFFF,
                        payload,
                        length);
        headerBytes = 0;
        payload = new byte[0];
        return frame;
    }
}
