package io.basaltdb.storage.nested;

import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.Type;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether runs of bytes are values of a nested type, in the one form that the package specifies. Believes nothing of the bytes; for checks, not for
/// queries.
public final class NestedCheck {
    /// No place: what stands there is no value.
    private static final int WRONG = -1;

    private NestedCheck() {}

    /// Whether the bytes are one value of the type and nothing else.
    public static boolean isValue(Type.Nested type, byte[] heap, int start, int length) {
        return behindValue(type, heap, start, start + length) == start + length;
    }

    private static int behindValue(Type.Nested type, byte[] heap, int start, int end) {
        return switch (type) {
            case Type.Array(Type element) -> {
                int at = start;
                while (goesOn(heap, at, end)) {
                    at = behindElement(element, heap, at, end);
                }
                yield behindEnd(heap, at, end);
            }
            case Type.Map map -> behindMap(map, heap, start, end);
            case Type.Struct(List<Type.Struct.Member> members) -> {
                int at = start;
                for (Type.Struct.Member member : members) {
                    at =
                            goesOn(heap, at, end)
                                    ? behindElement(member.type(), heap, at, end)
                                    : WRONG;
                }
                yield behindEnd(heap, at, end);
            }
        };
    }

    private static int behindMap(Type.Map map, byte[] heap, int start, int end) {
        Set<ByteBuffer> keys = new HashSet<>();
        int at = start;
        while (goesOn(heap, at, end)) {
            int behindKey = behindElement(map.key(), heap, at, end);
            boolean isKey =
                    behindKey != WRONG
                            && !ElementShape.isNull(heap, at)
                            && keys.add(ByteBuffer.wrap(heap, at, behindKey - at));
            at =
                    isKey && goesOn(heap, behindKey, end)
                            ? behindElement(map.value(), heap, behindKey, end)
                            : WRONG;
        }
        return behindEnd(heap, at, end);
    }

    private static boolean goesOn(byte[] heap, int at, int end) {
        return at != WRONG && at < end && ElementShape.isElement(heap, at);
    }

    private static int behindEnd(byte[] heap, int at, int end) {
        return at != WRONG && at < end && !ElementShape.isElement(heap, at) ? at + 1 : WRONG;
    }

    private static int behindElement(Type type, byte[] heap, int at, int end) {
        if (ElementShape.isNull(heap, at)) {
            return at + 1;
        }
        int tag = heap[at] & 0xFF;
        return switch (type.physical()) {
            case LONG -> behindWhole(type, heap, at, end);
            case DOUBLE -> behindPayload(tag, type instanceof Type.Real ? 4 : 8, at, end);
            case WIDE -> behindPayload(tag, 16, at, end);
            case BITS -> tag == ElementBytes.FALSE || tag == ElementBytes.TRUE ? at + 1 : WRONG;
            case BYTES -> {
                if (tag != ElementBytes.PRESENT) {
                    yield WRONG;
                }
                yield type instanceof Type.Nested nested
                        ? behindValue(nested, heap, at + 1, end)
                        : type instanceof Type.Inet
                                ? behindInet(heap, at + 1, end)
                                : behindText(heap, at + 1, end);
            }
        };
    }

    private static int behindPayload(int tag, int count, int at, int end) {
        return tag == ElementBytes.PRESENT && end - at > count ? at + 1 + count : WRONG;
    }

    /// A number in as few bytes as it needs, in the range of its type.
    private static int behindWhole(Type type, byte[] heap, int at, int end) {
        int count = ElementBytes.significantBytes(heap[at] & 0xFF);
        if (count < 0 || count > Long.BYTES || end - at <= count) {
            return WRONG;
        }
        long value = ElementBytes.whole(heap, at);
        boolean isShortest =
                ElementBytes.significantBytes(value) == count
                        && ElementBytes.tag(value, count) == (heap[at] & 0xFF);
        boolean fits =
                switch (type) {
                    case Type.Int whole -> value >= whole.min() && value <= whole.max();
                    case Type.Enumeration(_, List<String> labels) ->
                            value >= 0 && value < labels.size();
                    default -> true;
                };
        return isShortest && fits ? at + 1 + count : WRONG;
    }

    private static int behindInet(byte[] heap, int start, int end) {
        int behind = behindText(heap, start, end);
        if (behind == WRONG) {
            return WRONG;
        }
        byte[] value = new byte[behind - start];
        int length = ElementReader.text(heap, start - 1, behind, value);
        return InetBytes.isValue(value, 0, length) ? behind : WRONG;
    }

    private static int behindText(byte[] heap, int start, int end) {
        for (int at = start; at < end; at++) {
            if (heap[at] == 0) {
                boolean isEscaped = at + 1 < end && (heap[at + 1] & 0xFF) == ElementBytes.ESCAPE;
                if (!isEscaped) {
                    return at + 1;
                }
                at++;
            }
        }
        return WRONG;
    }
}
