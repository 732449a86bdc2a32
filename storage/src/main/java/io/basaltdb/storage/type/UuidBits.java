package io.basaltdb.storage.type;

import java.util.UUID;

/// Values of type UUID: 128 bits as a number whose order is that of the bytes. The highest bit is flipped, so that the signed order of numbers is the
/// unsigned order of bytes.
public final class UuidBits {
    private UuidBits() {}

    /// The half that holds the first eight bytes, as it is kept, or the bytes of what is kept.
    public static long flipped(long high) {
        return high ^ Long.MIN_VALUE;
    }

    public static Value of(UUID uuid) {
        return Value.of(flipped(uuid.getMostSignificantBits()), uuid.getLeastSignificantBits());
    }

    /// @param number a value of type UUID, not NULL
    public static UUID uuid(Value number) {
        return number instanceof Value.Wide(long high, long low)
                ? uuid(high, low)
                : uuid(((Value.Whole) number).value() >> 63, ((Value.Whole) number).value());
    }

    public static UUID uuid(long high, long low) {
        return new UUID(flipped(high), low);
    }
}
