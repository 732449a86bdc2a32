package io.basaltdb.storage.part;

import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Names a part for ever; its file is called by it. Random, so that parts of other databases can be taken over without clash.
public record PartId(UUID uuid) {
    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /// A new name of 122 random bits.
    ///
    /// @param randomness gives 64 random bits at each call
    public static PartId random(LongSupplier randomness) {
        long high = (randomness.getAsLong() & ~VERSION_MASK) | VERSION_4;
        long low = (randomness.getAsLong() & ~VARIANT_MASK) | VARIANT;
        return new PartId(new UUID(high, low));
    }

    /// The name that [#toString] gave; null where the text is none.
    public static @Nullable PartId parse(String text) {
        try {
            return new PartId(UUID.fromString(text));
        } catch (IllegalArgumentException notAName) {
            return null;
        }
    }

    /// The path of the part's file in its database.
    public String path() {
        return "parts/" + uuid + ".part";
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}
