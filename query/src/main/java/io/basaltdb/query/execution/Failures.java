package io.basaltdb.query.execution;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// Whatever was thrown, as what a user may see.
final class Failures {
    private Failures() {}

    static BasaltException toBasalt(Throwable cause) {
        return switch (cause) {
            case BasaltException known -> known;
            case OutOfMemoryError full ->
                    new BasaltException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the process has no memory left; give it a larger heap or lower"
                                    + " query_memory_limit",
                            full);
            case StackOverflowError deep ->
                    new BasaltException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "the statement is nested too deeply to be executed; simplify it",
                            deep);
            default ->
                    new BasaltException(
                            ErrorCode.INTERNAL,
                            "a mistake in the engine stopped the query; the server's log has the"
                                    + " details",
                            cause);
        };
    }
}
