package io.basaltdb.storage.nested;

import io.basaltdb.storage.type.Type;
import java.util.List;

/// Where the elements of one type end, in the form that the package specifies. Immutable.
public final class ElementShape {
    /// How long a payload is.
    private enum Payload {
        NONE,
        NUMBER,
        FOUR,
        EIGHT,
        SIXTEEN,
        TEXT,
        /// Elements of one shape up to the end mark.
        LIST,
        /// Elements of two shapes by turns up to the end mark.
        ENTRIES,
        /// One element of each shape, and the end mark.
        MEMBERS
    }

    private final Payload payload;
    private final ElementShape[] inner;

    private ElementShape(Payload payload, ElementShape... inner) {
        this.payload = payload;
        this.inner = inner;
    }

    /// The shape of elements of that type.
    public static ElementShape of(Type element) {
        return switch (element) {
            case Type.Array(Type inner) -> new ElementShape(Payload.LIST, of(inner));
            case Type.Map(Type key, Type value) ->
                    new ElementShape(Payload.ENTRIES, of(key), of(value));
            case Type.Struct(List<Type.Struct.Member> members) ->
                    new ElementShape(
                            Payload.MEMBERS,
                            members.stream()
                                    .map(member -> of(member.type()))
                                    .toArray(ElementShape[]::new));
            case Type.Real _ -> new ElementShape(Payload.FOUR);
            default ->
                    new ElementShape(
                            switch (element.physical()) {
                                case LONG -> Payload.NUMBER;
                                case DOUBLE -> Payload.EIGHT;
                                case WIDE -> Payload.SIXTEEN;
                                case BITS -> Payload.NONE;
                                case BYTES -> Payload.TEXT;
                            });
        };
    }

    /// Whether the value goes on at this place; where it does not, the end mark stands there.
    public static boolean isElement(byte[] heap, int at) {
        return heap[at] != ElementBytes.END;
    }

    /// Whether the element at this place is NULL.
    public static boolean isNull(byte[] heap, int at) {
        return (heap[at] & 0xFF) == ElementBytes.NULL;
    }

    /// The place behind the element at this place.
    public int skip(byte[] heap, int at) {
        int tag = heap[at] & 0xFF;
        if (tag == ElementBytes.NULL) {
            return at + 1;
        }
        return switch (payload) {
            case NONE -> at + 1;
            case NUMBER -> at + 1 + ElementBytes.significantBytes(tag);
            case FOUR -> at + 5;
            case EIGHT -> at + 9;
            case SIXTEEN -> at + 17;
            case TEXT -> behindText(heap, at + 1);
            case LIST, ENTRIES, MEMBERS -> behindValue(heap, at + 1);
        };
    }

    private static int behindText(byte[] heap, int start) {
        int at = start;
        while (heap[at] != 0 || (heap[at + 1] & 0xFF) == ElementBytes.ESCAPE) {
            at++;
        }
        return at + 1;
    }

    private int behindValue(byte[] heap, int start) {
        int at = start;
        for (int i = 0; heap[at] != ElementBytes.END; i++) {
            at = inner[i % inner.length].skip(heap, at);
        }
        return at + 1;
    }

    /// How many elements of this shape stand from here to the end mark.
    public int count(byte[] heap, int start) {
        int count = 0;
        for (int at = start; heap[at] != ElementBytes.END; count++) {
            at = skip(heap, at);
        }
        return count;
    }
}
