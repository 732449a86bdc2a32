package io.basaltdb.query.execution;

import java.util.List;

/// Closes several things although one of them may fail.
final class Closing {
    private Closing() {}

    /// Closes all; the first failure is thrown at the end.
    static void all(List<? extends AutoCloseable> parts) {
        Throwable first = null;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Throwable failure) {
                if (first == null) {
                    first = failure;
                }
            }
        }
        if (first != null) {
            throw Failures.toBasalt(first);
        }
    }
}
