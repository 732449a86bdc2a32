package io.basaltdb.shell.sql;

import java.util.Locale;

/// The line behind a statement: rows and time.
final class OutcomeText {
    private OutcomeText() {}

    static String of(StatementRunner.Outcome outcome) {
        if (outcome.more()) {
            return String.format(
                    Locale.ROOT, "first %,d rows in %s", outcome.rows(), time(outcome.nanos()));
        }
        String what = outcome.gaveRows() ? "" : " changed";
        String rows =
                outcome.rows() < 0
                        ? "done"
                        : String.format(
                                Locale.ROOT,
                                "%,d %s%s",
                                outcome.rows(),
                                outcome.rows() == 1 ? "row" : "rows",
                                what);
        return rows + " in " + time(outcome.nanos());
    }

    static String time(long nanos) {
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
        }
        if (nanos < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
