package io.basaltdb.shell.sql;

import java.util.Locale;

/// Numbers in three digits and a unit, for lines that are read at a glance.
final class Amounts {
    private Amounts() {}

    /// `950`, `12.3 k`, `4.56 M`.
    static String count(long count) {
        return scaled(count, 1_000, "", " k", " M", " G", " T");
    }

    /// `950 B`, `12.3 KiB`, `4.56 MiB`.
    static String bytes(long bytes) {
        return scaled(bytes, 1_024, " B", " KiB", " MiB", " GiB", " TiB");
    }

    private static String scaled(long amount, int step, String... units) {
        if (amount < step) {
            return amount + units[0];
        }
        double rest = amount;
        int unit = 0;
        while (rest >= step - 0.5 && unit + 1 < units.length) {
            rest /= step;
            unit++;
        }
        String form = rest < 9.995 ? "%.2f%s" : rest < 99.95 ? "%.1f%s" : "%.0f%s";
        return String.format(Locale.ROOT, form, rest, units[unit]);
    }
}
