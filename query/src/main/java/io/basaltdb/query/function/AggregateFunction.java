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
    APPROX_COUNT_DISTINCT,
    /// What APPROX_COUNT_DISTINCT keeps of the values, as VARBINARY.
    APPROX_COUNT_DISTINCT_STATE,
    /// APPROX_COUNT_DISTINCT of all values of such states.
    APPROX_COUNT_DISTINCT_MERGE,
    /// The state of all values of such states.
    APPROX_COUNT_DISTINCT_MERGE_STATE,
    /// The texts with a separator between them, ordered by the keys of the call and, where those are equal, by themselves.
    STRING_AGG,
    /// The list of the values, NULL included, ordered by the keys of the call and, where those are equal, by themselves.
    ARRAY_AGG,
    /// The list of the values as JSON, ordered as that of ARRAY_AGG.
    JSON_AGG,
    /// The object of the members of JSON objects, ordered as ARRAY_AGG orders them.
    JSON_OBJECT_AGG,
    /// The value at the fraction of the ordered values, between two of them on the straight line. DOUBLE of numbers, else a point in time.
    QUANTILE_CONT,
    /// The first of the ordered values with at least the fraction of all values up to it.
    QUANTILE_DISC,
    /// The most frequent value; ties by the first in the order.
    MODE,
    /// The list of the most frequent values, the most frequent first; ties by the smallest value.
    TOP_K,
    /// The map from each value to how often it comes, in the order of the values.
    HISTOGRAM,
    /// The quantile, or the list of quantiles, of DOUBLE within 0.4 %; exact of up to 256 values.
    APPROX_QUANTILE,
    /// What APPROX_QUANTILE keeps of the values, as VARBINARY.
    APPROX_QUANTILE_STATE,
    /// APPROX_QUANTILE of all values of such states.
    APPROX_QUANTILE_MERGE,
    /// The state of all values of such states.
    APPROX_QUANTILE_MERGE_STATE,
    /// The first value in the order of the keys, NULL included.
    FIRST,
    /// The last value in the order of the keys, NULL included.
    LAST,
    /// DOUBLE; multiplied in the order of the values.
    PRODUCT,
    /// DOUBLE; e to the power of the mean of the logarithms, which are added in the order of the values.
    GEOMETRIC_MEAN,
    /// Of the sample, DOUBLE; NULL for fewer than three values.
    SKEWNESS,
    /// Excess of the sample, DOUBLE; NULL for fewer than four values.
    KURTOSIS,
    /// Excess of the population, DOUBLE.
    KURTOSIS_POP,
    /// Bits a value, DOUBLE; 0 without rows.
    ENTROPY,
    /// The median of the distances to the median. DOUBLE.
    MAD,
    /// Written in Java by a user: [AggregateParameters#code].
    JAVA,
    /// Of (y, x), as the following: DOUBLE, from exact sums.
    COVAR_POP,
    COVAR_SAMP,
    CORR,
    REGR_SLOPE,
    REGR_INTERCEPT,
    REGR_R2,
    REGR_AVGX,
    REGR_AVGY,
    REGR_SXX,
    REGR_SYY,
    REGR_SXY
}
