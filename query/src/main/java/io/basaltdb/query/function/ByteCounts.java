package io.basaltdb.query.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers of bytes as people read them.
final class ByteCounts {
    private static final String[] WHOLE_UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    private static final String[] BINARY_UNITS = {"", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /// PostgreSQL goes to the next unit where ten of it would not be reached with more exact figures.
    private static final long WHOLE_LIMIT = 10 * 1_024;

    private ByteCounts() {}

    /// As PostgreSQL's `pg_size_pretty`: up to 10,239 of a unit, rounded half away from zero.
    static String whole(long bytes) {
        BigDecimal count = BigDecimal.valueOf(bytes);
        int unit = 0;
        BigDecimal shown = count;
        while (unit + 1 < WHOLE_UNITS.length
                && shown.abs().compareTo(BigDecimal.valueOf(WHOLE_LIMIT)) >= 0) {
            unit++;
            shown = share(count, unit, 0, RoundingMode.HALF_UP);
        }
        return shown.toPlainString() + " " + WHOLE_UNITS[unit];
    }

    /// As DuckDB's `format_bytes`: one digit behind the point, the rest cut off.
    static String cut(long bytes) {
        String one = bytes == 1 || bytes == -1 ? " byte" : " bytes";
        return binary(bytes, 1, RoundingMode.DOWN, one);
    }

    /// As ClickHouse's `formatReadableSize`: two digits behind the point.
    static String rounded(long bytes) {
        return binary(bytes, 2, RoundingMode.HALF_EVEN, ".00 B");
    }

    private static String binary(long bytes, int digits, RoundingMode rounding, String none) {
        BigDecimal count = BigDecimal.valueOf(bytes);
        int unit = 0;
        while (unit + 1 < BINARY_UNITS.length
                && count.abs().compareTo(BigDecimal.valueOf(1L << (10 * (unit + 1)))) >= 0) {
            unit++;
        }
        return unit == 0
                ? bytes + none
                : share(count, unit, digits, rounding).toPlainString() + " " + BINARY_UNITS[unit];
    }

    private static BigDecimal share(BigDecimal count, int unit, int digits, RoundingMode rounding) {
        return count.divide(BigDecimal.valueOf(1L << (10 * unit)), digits, rounding);
    }
}
