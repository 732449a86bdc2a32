package io.basaltdb.formats.text;

import io.basaltdb.storage.type.Value;
import java.util.List;

/// How a result's rows are written.
interface RowText {
    /// What stands in front of all rows; may be empty.
    String head();

    /// One row with its line end.
    void append(List<Value> row, StringBuilder out);
}
