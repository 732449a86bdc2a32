package io.basaltdb.storage.nested;

/// Single elements that are not NULL, by the place of their tag.
public final class ElementReader {
    private ElementReader() {}

    /// Of a type whose form is a `long`.
    public static long whole(byte[] heap, int at) {
        return ElementBytes.whole(heap, at);
    }

    public static double floating(byte[] heap, int at) {
        return ElementBytes.fromOrdered(ElementBytes.getLong(heap, at + 1));
    }

    public static double real(byte[] heap, int at) {
        return ElementBytes.fromOrderedReal(ElementBytes.getInt(heap, at + 1));
    }

    /// The upper half of a 128-bit number.
    public static long high(byte[] heap, int at) {
        return ElementBytes.getLong(heap, at + 1) ^ Long.MIN_VALUE;
    }

    /// The lower half of a 128-bit number.
    public static long low(byte[] heap, int at) {
        return ElementBytes.getLong(heap, at + 9);
    }

    public static boolean truth(byte[] heap, int at) {
        return heap[at] == ElementBytes.TRUE;
    }

    /// Copies the bytes of a text that ends before `end` to the beginning of `target`, which has room for `end - at`; answers how many.
    public static int text(byte[] heap, int at, int end, byte[] target) {
        int count = 0;
        for (int i = at + 1; i < end - 1; i++) {
            target[count++] = heap[i];
            i += heap[i] == 0 ? 1 : 0;
        }
        return count;
    }

    /// Where a nested value begins that is an element.
    public static int nested(int at) {
        return at + 1;
    }
}
