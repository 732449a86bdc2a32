package io.basaltdb.query.function;

import java.math.BigInteger;

/// The values of an argument, row by row. Rows that are NULL must not be asked for.
public interface ArgumentColumn {
    boolean isNull(int row);

    /// Of a type that is one long; of BOOLEAN 0 or 1.
    long whole(int row);

    double floating(int row);

    /// Of a DECIMAL or a UUID, whatever its width.
    BigInteger number(int row);

    byte[] heap();

    int start(int row);

    int length(int row);
}
