package io.basaltdb.formats.parquet;

import java.io.Serial;

/// The levels of a nested column contradict each other. Becomes an error that names file and column.
final class LevelsException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    LevelsException(String expected, String found) {
        super(
                "its definition and repetition levels are damaged: "
                        + expected
                        + " expected, "
                        + found
                        + " found");
    }
}
