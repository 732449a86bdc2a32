package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the rows of one result.
interface RowWriter {
    void begin(List<Column> columns) throws IOException;

    /// One value per column, as text; null for NULL.
    void row(List<@Nullable String> values) throws IOException;

    /// All rows are given.
    ///
    /// @param more whether rows were left in the result because [#wantsMore] said no
    void end(boolean more) throws IOException;

    /// Whether nothing is written before [#end].
    default boolean holdsBack() {
        return false;
    }

    /// Whether a further row would be looked at.
    default boolean wantsMore() {
        return true;
    }

    /// A column of the result.
    ///
    /// @param number whether its values are numbers, to be set right
    record Column(String name, String type, boolean number) {
        /// Whether its values may be of any length, and can be cut without telling something else.
        boolean isText() {
            return type.regionMatches(true, 0, "text", 0, 4)
                    || type.regionMatches(true, 0, "varchar", 0, 7);
        }
    }
}
