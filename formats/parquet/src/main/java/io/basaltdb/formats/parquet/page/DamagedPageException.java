package io.basaltdb.formats.parquet.page;

import java.io.Serial;

/// The bytes of a column contradict themselves or the format. Becomes an error that names file and column.
public final class DamagedPageException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    DamagedPageException(String reason) {
        super(reason);
    }

    DamagedPageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
