package io.basaltdb.protocol.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A growing array that frames are written into, one after the other. Used by one thread.
///
/// ```
/// buffer.begin(FrameType.CREDIT, 0, stream);
/// buffer.putInt(4);
/// buffer.end();
/// ```
public final class FrameBuffer {
    private static final int NO_FRAME = -1;

    private byte[] bytes;
    private int size;
    private int frameStart = NO_FRAME;

    public FrameBuffer(int initialBytes) {
        bytes = new byte[Math.max(64, initialBytes)];
    }

    /// The array that holds what was written, from index 0; replaced when it grows.
    public byte[] array() {
        return bytes;
    }

    /// How many bytes were written.
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Forgets everything written; keeps the array.
    public void clear() {
        size = 0;
        frameStart = NO_FRAME;
    }

    /// A copy of what was written.
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// Starts a frame; its payload is what is put until [#end].
    public void begin(FrameType type, int flags, int stream) {
        assert frameStart == NO_FRAME : "a frame is open";
        frameStart = size;
        putInt(0);
        putByte(type.code());
        putByte(flags);
        putShort(stream);
    }

    /// Ends the open frame and writes its length.
    ///
    /// @throws ProtocolException if the payload is above [Limits#FRAME_BYTES]; the frame is gone then
    public void end() {
        int length = payloadBytes();
        if (length > Limits.FRAME_BYTES) {
            drop();
            throw new ProtocolException(
                    "a frame of " + length + " bytes, at most " + Limits.FRAME_BYTES + " fit");
        }
        LittleEndian.putInt(bytes, frameStart, length);
        frameStart = NO_FRAME;
    }

    /// Removes the open frame.
    public void drop() {
        size = frameStart;
        frameStart = NO_FRAME;
    }

    /// Bytes put into the open frame so far.
    public int payloadBytes() {
        return size - frameStart - Frame.HEADER_BYTES;
    }

    public void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void putShort(int value) {
        ensure(2);
        LittleEndian.putShort(bytes, size, (short) value);
        size += 2;
    }

    public void putInt(int value) {
        ensure(4);
        LittleEndian.putInt(bytes, size, value);
        size += 4;
    }

    public void putLong(long value) {
        ensure(8);
        LittleEndian.putLong(bytes, size, value);
        size += 8;
    }

    /// Raw bytes without a count.
    public void putRaw(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, size, count);
        size += count;
    }

    /// That many zero bytes.
    public void putZeros(int count) {
        ensure(count);
        Arrays.fill(bytes, size, size + count, (byte) 0);
        size += count;
    }

    public void putBytes(byte[] source) {
        putInt(source.length);
        putRaw(source, 0, source.length);
    }

    public void putString(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public void putStrings(List<String> values) {
        putInt(values.size());
        for (String value : values) {
            putString(value);
        }
    }

    public void putMap(Map<String, String> map) {
        putInt(map.size());
        map.forEach((key, value) -> {
            putString(key);
            putString(value);
        });
    }

    private void ensure(int count) {
        if (bytes.length - size < count) {
            long wanted = Math.max(bytes.length * 2L, (long) size + count);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, wanted));
        }
    }
}
