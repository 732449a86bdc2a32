package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// Refuses calls of functions that have a name and a type but no loop.
final class Pending {
    private Pending() {}

    static ScalarLoop bind(CallSite site) {
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "this function cannot be computed for "
                        + site.arguments().stream().map(t -> t.sql()).toList());
    }
}
