package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one result.
interface RowWriter {
    void begin(List<Column> columns) throws IOException;

    /// One value per column, as text; null for NULL.
    void row(List<@Nullable String> values) throws IOException;

    void end() throws IOException;

    /// A column of the result.
    ///
    /// @param number whether its values are numbers, to be set right
    record Column(String name, String type, boolean number) {}
}
