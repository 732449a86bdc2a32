package io.basaltdb.storage.type;

import org.jspecify.annotations.Nullable;

/// An address of the Internet Protocol.
///
/// @param isV4 whether it has 32 bits, which are the lower of `low`, or 128
public record IpAddress(boolean isV4, long high, long low) {
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final int GROUPS = 8;
    private static final long V4_ONES = 0xFFFF_FFFFL;

    /// Reads dotted decimals, or groups of hexadecimal digits between colons (RFC 4291); null where the text is neither.
    public static @Nullable IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long number = dotted(text);
            return number < 0 ? null : new IpAddress(true, 0, number);
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = groups(text);
            return groups == null || groups.length != GROUPS ? null : of(groups);
        }
        int[] before = groups(text.substring(0, gap));
        int[] behind = groups(text.substring(gap + 2));
        if (before == null || behind == null || before.length + behind.length >= GROUPS) {
            return null;
        }
        int[] all = new int[GROUPS];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(behind, 0, all, GROUPS - behind.length, behind.length);
        return of(all);
    }

    private static IpAddress of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        return new IpAddress(false, high, low);
    }

    /// The number that four decimals between dots mean; negative where the text is no such thing.
    private static long dotted(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long number = 0;
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty()
                            && part.length() <= 3
                            && part.chars().allMatch(c -> c >= '0' && c <= '9');
            int octet = digits ? Integer.parseInt(part) : -1;
            if (octet < 0 || octet > 255 || (part.length() > 1 && part.charAt(0) == '0')) {
                return -1;
            }
            number = number << 8 | octet;
        }
        return number;
    }

    /// The groups between colons, of which the last may be a dotted address; null where there are others.
    private static int @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        String last = parts[parts.length - 1];
        boolean dotted = last.indexOf('.') >= 0;
        int[] groups = new int[parts.length + (dotted ? 1 : 0)];
        for (int i = 0; i < parts.length - (dotted ? 1 : 0); i++) {
            groups[i] = group(parts[i]);
            if (groups[i] < 0) {
                return null;
            }
        }
        if (dotted) {
            long number = dotted(last);
            if (number < 0) {
                return null;
            }
            groups[groups.length - 2] = (int) (number >>> 16);
            groups[groups.length - 1] = (int) (number & 0xFFFF);
        }
        return groups;
    }

    private static int group(String digits) {
        boolean hexadecimal =
                !digits.isEmpty()
                        && digits.length() <= 4
                        && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        return hexadecimal ? Integer.parseInt(digits, 16) : -1;
    }

    /// The same as an IPv6 address.
    public IpAddress mapped() {
        return isV4 ? new IpAddress(false, 0, MAPPED | low) : this;
    }

    /// Whether the first bits of both, which are IPv6, are the same.
    public boolean sharesBits(IpAddress other, int bits) {
        return ((high ^ other.high) & firstBits(bits)) == 0
                && ((low ^ other.low) & firstBits(bits - 64)) == 0;
    }

    /// A word whose first bits are set.
    private static long firstBits(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    }

    /// With all bits behind the first ones cleared.
    public IpAddress cut(int bits) {
        return isV4
                ? new IpAddress(true, 0, low & firstBits(bits + 32))
                : new IpAddress(false, high & firstBits(bits), low & firstBits(bits - 64));
    }

    /// The last address whose first bits are these.
    public IpAddress last(int bits) {
        IpAddress ones = firstOnes(isV4, bits).not();
        return new IpAddress(isV4, high | ones.high, low | ones.low);
    }

    /// The address whose first bits are set and whose others are not.
    public static IpAddress firstOnes(boolean isV4, int bits) {
        return (isV4 ? new IpAddress(true, 0, V4_ONES) : new IpAddress(false, -1, -1)).cut(bits);
    }

    /// Every bit turned.
    public IpAddress not() {
        return isV4 ? new IpAddress(true, 0, ~low & V4_ONES) : new IpAddress(false, ~high, ~low);
    }

    /// Bits set in both, which are of one version.
    public IpAddress and(IpAddress other) {
        return new IpAddress(isV4, high & other.high, low & other.low);
    }

    /// Bits set in one or both, which are of one version.
    public IpAddress or(IpAddress other) {
        return new IpAddress(isV4, high | other.high, low | other.low);
    }

    /// The address so many behind this, or before it; null where there is none.
    public @Nullable IpAddress plus(long count) {
        long lower = low + count;
        if (isV4) {
            return count < -V4_ONES || count > V4_ONES || lower < 0 || lower > V4_ONES
                    ? null
                    : new IpAddress(true, 0, lower);
        }
        long carry = count >> (Long.SIZE - 1);
        if (Long.compareUnsigned(lower, low) < 0) {
            carry++;
        }
        long upper = high + carry;
        boolean isPast = carry > 0 ? upper == 0 : carry < 0 && upper == -1;
        return isPast ? null : new IpAddress(false, upper, lower);
    }

    /// How many addresses this one, of the same version, lies behind the other.
    ///
    /// @throws ArithmeticException where that is no `long`
    public long minus(IpAddress other) {
        long lower = low - other.low;
        if (isV4) {
            return lower;
        }
        long upper = high - other.high - (Long.compareUnsigned(low, other.low) < 0 ? 1 : 0);
        if (upper != lower >> (Long.SIZE - 1)
                || (Long.compareUnsigned(high, other.high) > 0 && upper < 0)
                || (Long.compareUnsigned(high, other.high) < 0 && upper >= 0)) {
            throw new ArithmeticException("long overflow");
        }
        return lower;
    }

    /// The number of first bits, of which there are that many at most, that both, of one version, have in common.
    public int common(IpAddress other, int most) {
        long upper = high ^ other.high;
        long lower = low ^ other.low;
        int bits =
                isV4
                        ? Long.numberOfLeadingZeros(lower) - Integer.SIZE
                        : upper != 0
                                ? Long.numberOfLeadingZeros(upper)
                                : Long.SIZE + Long.numberOfLeadingZeros(lower);
        return Math.min(bits, most);
    }

    private int groupAt(int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xFFFF;
    }

    /// As RFC 5952 writes it: the longest run of zero groups as `::`, digits in small letters; IPv4 addresses in it dotted, as in PostgreSQL.
    public String text() {
        boolean isMapped = high == 0 && low >>> 32 == MAPPED >>> 32;
        boolean isCompatible = high == 0 && low >>> 32 == 0 && low >>> 16 != 0;
        if (isV4 || isMapped || isCompatible) {
            return (isV4 ? "" : isMapped ? "::ffff:" : "::")
                    + (low >>> 24 & 255)
                    + "."
                    + (low >>> 16 & 255)
                    + "."
                    + (low >>> 8 & 255)
                    + "."
                    + (low & 255);
        }
        int gap = -1;
        int gapSize = 1;
        for (int i = 0; i < GROUPS; i++) {
            int next = i;
            while (next < GROUPS && groupAt(next) == 0) {
                next++;
            }
            if (next - i > gapSize) {
                gap = i;
                gapSize = next - i;
            }
            i = Math.max(i, next);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapSize - 1;
            } else {
                text.append(i == 0 || (i == gap + gapSize && gap >= 0) ? "" : ":");
                text.append(Integer.toHexString(groupAt(i)));
            }
        }
        return text.toString();
    }
}
