package io.basaltdb.query.sql;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// A place in SQL text, both numbers from one.
record SqlPosition(int line, int column) {

    static SqlPosition of(String source, int offset) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(offset, source.length());
        for (int i = 0; i < end; i++) {
            if (source.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new SqlPosition(line, end - lineStart + 1);
    }

    BasaltException error(ErrorCode code, String message) {
        return new BasaltException(code, message, line, column, null);
    }
}
