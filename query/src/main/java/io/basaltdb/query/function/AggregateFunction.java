package io.basaltdb.query.function;

/// The aggregate functions. A closed set: each is handled by name in type derivation and in the accumulators.
public enum AggregateFunction {
    /// Rows, or with an argument the rows where it is not NULL. BIGINT.
    COUNT,
    /// Of integers: BIGINT for up to INTEGER, DECIMAL(38, 0) for BIGINT; of DECIMAL(p, s): DECIMAL(38, s); of REAL and DOUBLE: DOUBLE, exact,
    /// rounded once. NULL without rows.
    SUM,
    /// DOUBLE for every number; exact sum divided once.
    AVG,
    MIN,
    MAX,
    /// Some value that is not NULL.
    ANY_VALUE,
    /// The only row's value, NULL without rows; more than one row is error 21000 (scalar sub-queries).
    SINGLE_VALUE,
    BOOL_AND,
    BOOL_OR,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    VAR_POP,
    VAR_SAMP,
    STDDEV_POP,
    STDDEV_SAMP,
    /// Value of the first argument where the second is smallest; ties by the smallest value.
    ARG_MIN,
    /// Value of the first argument where the second is greatest; ties by the smallest value.
    ARG_MAX,
    /// Estimated number of distinct values that are not NULL. BIGINT.
    APPROX_COUNT_DISTINCT
}
