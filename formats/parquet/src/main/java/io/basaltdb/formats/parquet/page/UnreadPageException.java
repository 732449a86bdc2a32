package io.basaltdb.formats.parquet.page;

import java.io.Serial;

/// A column is written in a way that is allowed and not read here.
public final class UnreadPageException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    UnreadPageException(String what) {
        super(what, null, false, false);
    }
}
