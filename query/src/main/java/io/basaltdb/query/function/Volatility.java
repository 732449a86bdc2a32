package io.basaltdb.query.function;

/// When a function may give another answer for the same arguments.
public enum Volatility {
    /// Never: may be folded, may stand in PARTITION BY and CHECK.
    IMMUTABLE,
    /// Only in another statement or session.
    STABLE,
    /// At every call: `random()`.
    VOLATILE
}
