package io.basaltdb.benchmarks.bulk;

/// The rows: `(id BIGINT, made TIMESTAMP, kind INTEGER, amount DOUBLE)`. All are made of the row's number, so they cost a loader next to nothing.
final class NarrowRows {
    static final String COLUMNS = "(id BIGINT, made TIMESTAMP, kind INTEGER, amount DOUBLE)";
    private static final long START_MICROS = 1_719_792_000_000_000L;

    private NarrowRows() {}

    static long atMicros(long row) {
        return START_MICROS + row * 1_000;
    }

    static int kind(long row) {
        return (int) (row * 31 % 1_000);
    }

    static double amount(long row) {
        return row % 10_000 * 0.25;
    }
}
