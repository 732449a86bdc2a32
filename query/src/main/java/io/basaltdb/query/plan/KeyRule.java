package io.basaltdb.query.plan;

import io.basaltdb.query.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a row that is inserted while a row with its primary key is there.
public sealed interface KeyRule {
    /// The statement fails.
    record Refuse() implements KeyRule {}

    /// It is left out.
    record Ignore() implements KeyRule {}

    /// It takes the other's place. Of rows of one key in one statement the last one counts, or they are an error.
    record Replace(boolean lastCounts) implements KeyRule {}

    /// The other becomes a new row.
    ///
    /// @param values the new row's columns, over the columns of the row that is there and then those of the row that was to come
    /// @param condition over the same; where it is not true the other stays as it is
    /// @param keepsKeys whether the values leave the primary key as it is
    record Update(List<Expression> values, @Nullable Expression condition, boolean keepsKeys)
            implements KeyRule {
        public Update {
            values = List.copyOf(values);
        }
    }
}
