package io.basaltdb.storage.type;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of INET as bytes whose unsigned order is PostgreSQL's: the family (4 or 6), the address with all bits behind the prefix cleared, the length of the prefix, and,
/// where any of those bits is set, the whole address. A host is 6 or 18 bytes long. Each value has one such form; other bytes are none. What lies within a network are the values from it to the
/// host that is its last address: those with shorter prefixes that begin at the same address stand before it.
public final class InetBytes {
    private static final int V4 = 4;
    private static final int V6 = 6;
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private InetBytes() {}

    /// Reads an address, perhaps with `/` and the length of a prefix; null where the text is no such thing.
    public static byte @Nullable [] parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int most = address.isV4() ? V4_BYTES * Byte.SIZE : V6_BYTES * Byte.SIZE;
        int bits = slash < 0 ? most : bits(text, slash + 1);
        return bits < 0 || bits > most ? null : of(address, bits);
    }

    /// Up to three digits that do not begin with a 0; -1 where there is anything else.
    private static int bits(String text, int from) {
        int count = text.length() - from;
        if (count < 1 || count > 3 || (count > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int bits = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            bits = bits * 10 + c - '0';
        }
        return bits;
    }

    /// The value of an address and the length of its prefix.
    public static byte[] of(IpAddress address, int bits) {
        int size = address.isV4() ? V4_BYTES : V6_BYTES;
        assert bits >= 0 && bits <= size * Byte.SIZE;
        IpAddress network = address.cut(bits);
        boolean isNetwork = network.equals(address);
        byte[] bytes = new byte[isNetwork ? size + 2 : 2 * size + 2];
        bytes[0] = (byte) (address.isV4() ? V4 : V6);
        put(network, bytes, 1);
        bytes[size + 1] = (byte) bits;
        if (!isNetwork) {
            put(address, bytes, size + 2);
        }
        return bytes;
    }

    private static void put(IpAddress address, byte[] bytes, int at) {
        if (address.isV4()) {
            putNumber(address.low(), Integer.BYTES, bytes, at);
        } else {
            putNumber(address.high(), Long.BYTES, bytes, at);
            putNumber(address.low(), Long.BYTES, bytes, at + Long.BYTES);
        }
    }

    private static void putNumber(long number, int count, byte[] bytes, int at) {
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (number >>> (Byte.SIZE * (count - 1 - i)));
        }
    }

    private static long number(byte[] heap, int at, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << Byte.SIZE | (heap[at + i] & 0xFF);
        }
        return number;
    }

    /// Whether the run of bytes is a value.
    public static boolean isValue(byte[] heap, int start, int length) {
        if (length < V4_BYTES + 2 || (heap[start] != V4 && heap[start] != V6)) {
            return false;
        }
        int size = size(heap, start);
        if (length != size + 2 && length != 2 * size + 2) {
            return false;
        }
        if (bits(heap, start) > size * Byte.SIZE) {
            return false;
        }
        byte[] one = of(address(heap, start, length), bits(heap, start));
        return Arrays.equals(one, 0, one.length, heap, start, start + length);
    }

    private static int size(byte[] heap, int start) {
        return heap[start] == V4 ? V4_BYTES : V6_BYTES;
    }

    /// The whole address of a value.
    public static IpAddress address(byte[] heap, int start, int length) {
        int size = size(heap, start);
        int at = length > size + 2 ? start + size + 2 : start + 1;
        return size == V4_BYTES
                ? new IpAddress(true, 0, number(heap, at, Integer.BYTES))
                : new IpAddress(
                        false,
                        number(heap, at, Long.BYTES),
                        number(heap, at + Long.BYTES, Long.BYTES));
    }

    /// The length of the prefix of a value.
    public static int bits(byte[] heap, int start) {
        return heap[start + 1 + size(heap, start)] & 0xFF;
    }

    /// The number of bits of an address of the value's version, 32 or 128.
    public static int most(byte[] heap, int start) {
        return size(heap, start) * Byte.SIZE;
    }

    /// Whether the networks of both begin with the same bits, as many as the shorter prefix has, and are of one version: whether the one lies in the other.
    public static boolean overlap(byte[] heap, int start, byte[] otherHeap, int otherStart) {
        return heap[start] == otherHeap[otherStart]
                && sharesBits(
                        heap,
                        start + 1,
                        otherHeap,
                        otherStart + 1,
                        Math.min(bits(heap, start), bits(otherHeap, otherStart)));
    }

    private static boolean sharesBits(
            byte[] heap, int at, byte[] otherHeap, int otherAt, int bits) {
        int whole = bits / Byte.SIZE;
        if (!Arrays.equals(heap, at, at + whole, otherHeap, otherAt, otherAt + whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0
                || ((heap[at + whole] ^ otherHeap[otherAt + whole]) & 0xFF) >>> (Byte.SIZE - rest)
                        == 0;
    }

    /// The value as PostgreSQL writes it: the prefix of a host is left out.
    public static String text(byte[] heap, int start, int length) {
        String address = address(heap, start, length).text();
        int bits = bits(heap, start);
        return bits == size(heap, start) * Byte.SIZE ? address : address + "/" + bits;
    }

    /// As [#text], of bytes that may be the beginning of a value alone, as bounds are: those are shown as bytes.
    public static String shown(byte[] bytes) {
        return isValue(bytes, 0, bytes.length)
                ? text(bytes, 0, bytes.length)
                : "\\x" + java.util.HexFormat.of().formatHex(bytes);
    }
}
