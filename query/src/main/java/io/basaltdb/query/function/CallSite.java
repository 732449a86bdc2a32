package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a loop is made for: one call of a function in a plan.
///
/// @param constants values of the arguments that are the same in every row, null at the others
record CallSite(
        List<Type> arguments,
        Type result,
        List<@Nullable Value> constants,
        EvaluationContext context) {

    Type argument(int index) {
        return arguments.get(index);
    }

    int arity() {
        return arguments.size();
    }

    @Nullable Value constant(int index) {
        return index < constants.size() ? constants.get(index) : null;
    }
}
