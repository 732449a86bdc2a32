package io.basaltdb.protocol.frame;

/// The first eight bytes of a native connection over a socket.
public final class Preface {
    /// Length of the preface in bytes.
    public static final int BYTES = 8;

    private static final byte[] VERSION_1 = {'B', 'S', 'L', 'T', 1, 0, 0, 0};

    private Preface() {}

    /// A fresh copy of the preface of version 1.
    public static byte[] bytes() {
        return VERSION_1.clone();
    }

    /// Whether the first `count` bytes of `bytes` from `offset` agree with the preface; a shorter
    /// `count` asks for a common beginning.
    public static boolean matches(byte[] bytes, int offset, int count) {
        for (int i = 0; i < Math.min(count, BYTES); i++) {
            if (bytes[offset + i] != VERSION_1[i]) {
                return false;
            }
        }
        return true;
    }
}
