package io.basaltdb.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the fields of a payload in order. Every count is compared with the bytes that are left
/// before anything is allocated for it.
public final class PayloadReader {
    private static final int SMALLEST_ENTRY_BYTES = 4;
    private static final char STAND_IN = '\uFFFD';

    private final byte[] bytes;
    private final int end;
    private final Frame origin;
    private int position;

    PayloadReader(byte[] bytes, int start, int end, Frame origin) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.origin = origin;
    }

    /// How many bytes are left.
    public int remaining() {
        return end - position;
    }

    public int readByte() {
        return bytes[take(1)] & 0xFF;
    }

    public int readShort() {
        return LittleEndian.shortAt(bytes, take(2)) & 0xFFFF;
    }

    public int readInt() {
        return LittleEndian.intAt(bytes, take(4));
    }

    public long readLong() {
        return LittleEndian.longAt(bytes, take(8));
    }

    /// A number of things that is never negative and at most `max`.
    public int readCount(int max) {
        int count = readInt();
        if (count < 0 || count > max) {
            throw broken(
                    "a count of " + Integer.toUnsignedString(count) + ", at most " + max + " fit");
        }
        return count;
    }

    /// A copy of the next byte string.
    public byte[] readBytes() {
        int count = readCount(remaining() - 4);
        int start = take(count);
        return Arrays.copyOfRange(bytes, start, start + count);
    }

    /// The next string; bytes that are not UTF-8 are refused.
    public String readString() {
        int count = readCount(remaining() - 4);
        int start = take(count);
        String value = new String(bytes, start, count, StandardCharsets.UTF_8);
        // The stand-in for bytes that are not UTF-8 may also have been written as such.
        return value.indexOf(STAND_IN) < 0 ? value : strictly(start, count);
    }

    private String strictly(int start, int count) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, count))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken("a string that is not UTF-8");
        }
    }

    public List<String> readStrings() {
        int count = readCount(entries());
        List<String> strings = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            strings.add(readString());
        }
        return strings;
    }

    public Map<String, String> readMap() {
        int count = readCount(entries());
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(readString(), readString());
        }
        return map;
    }

    private int entries() {
        return Math.min(Limits.LIST_ENTRIES, remaining() / SMALLEST_ENTRY_BYTES);
    }

    /// Passes over that many bytes; answers where in the payload they begin.
    public int skip(int count) {
        return take(count);
    }

    private int take(int count) {
        if (count > remaining()) {
            throw broken("a field of " + count + " bytes where " + remaining() + " are left");
        }
        int start = position;
        position += count;
        return start;
    }

    private ProtocolException broken(String found) {
        return new ProtocolException(origin + " holds " + found);
    }
}
