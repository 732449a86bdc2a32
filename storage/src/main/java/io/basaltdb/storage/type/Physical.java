package io.basaltdb.storage.type;

/// The form in which values of a type lie in memory.
public enum Physical {
    /// One `long` per value: integers, DATE (days since 1970-01-01), TIME (microseconds since midnight), TIMESTAMP (micro- or nanoseconds
    /// since 1970-01-01 00:00), DECIMAL up to 18 digits (unscaled), intervals, ENUM (the place of the label).
    LONG,
    /// One `double` per value: REAL (rounded to `float` after each step) and DOUBLE.
    DOUBLE,
    /// A 128-bit two's-complement number as a pair (high, low): DECIMAL above 18 digits (unscaled), UUID, INTERVAL.
    WIDE,
    /// One bit per value: BOOLEAN.
    BITS,
    /// A run of bytes per value: TEXT and JSON (UTF-8), VARBINARY.
    BYTES
}
