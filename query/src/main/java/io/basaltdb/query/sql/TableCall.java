package io.basaltdb.query.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call of a table function with literal arguments, folded into one name so that it is looked up like a table.
final class TableCall {
    static final String SEPARATOR = "\u0000";

    private TableCall() {}

    static String fold(List<String> nameAndArguments) {
        return String.join(SEPARATOR, nameAndArguments) + SEPARATOR;
    }

    /// Name and arguments; null where the name was never folded.
    static @Nullable List<String> unfold(String name) {
        return name.endsWith(SEPARATOR)
                ? List.of(name.substring(0, name.length() - 1).split(SEPARATOR, -1))
                : null;
    }
}
