package io.basaltdb.benchmarks.insert;

/// So many clients, each with its own connection and prepared statement; so many rows in each call.
public record InsertShape(int clients, int rowsPerCall) {
    public InsertShape {
        if (clients < 1 || rowsPerCall < 1) {
            throw new IllegalArgumentException(
                    "at least one client and one row per call, found "
                            + clients
                            + " and "
                            + rowsPerCall);
        }
    }
}
