package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.LittleEndian;
import io.basaltdb.protocol.frame.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The bytes of one flatbuffer from outside: every access is checked against its borders.
///
/// Tables and strings can be referred to many times, so a small buffer could describe an enormous
/// one. What strings are read in all is therefore limited to the size of the buffer.
final class FlatBuffer {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int stringBytesLeft;

    FlatBuffer(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.stringBytesLeft = end - start;
    }

    FlatTable root() {
        return new FlatTable(this, reference(start));
    }

    int byteAt(int offset) {
        return bytes[check(offset, 1)];
    }

    int shortAt(int offset) {
        return LittleEndian.shortAt(bytes, check(offset, 2));
    }

    int intAt(int offset) {
        return LittleEndian.intAt(bytes, check(offset, 4));
    }

    long longAt(int offset) {
        return LittleEndian.longAt(bytes, check(offset, 8));
    }

    /// Where the reference at `offset` leads; always forward.
    int reference(int offset) {
        int distance = intAt(offset);
        if (distance <= 0 || distance > end - offset) {
            throw new ProtocolException("Arrow metadata refers to a place outside of itself");
        }
        return offset + distance;
    }

    String stringAt(int offset) {
        int length = intAt(offset);
        check(offset + 4, length);
        stringBytesLeft -= length;
        if (stringBytesLeft < 0) {
            throw new ProtocolException("Arrow metadata repeats its strings too often");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset + 4, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("Arrow metadata holds a string that is not UTF-8");
        }
    }

    /// Checks that `count` bytes from `offset` lie inside, and returns `offset`.
    int check(int offset, long count) {
        if (offset < start || count < 0 || offset > end - count) {
            throw new ProtocolException("Arrow metadata ends inside a field");
        }
        return offset;
    }
}
