package io.basaltdb.query.function;

import io.basaltdb.query.function.NestedArguments.Form;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The struct of its arguments, whose members have these names.
///
/// @param names no two of them the same but for their case
public record StructValue(List<String> names) implements ScalarFunction {
    public StructValue {
        names = List.copyOf(names);
    }

    @Override
    public String name() {
        return "struct_pack " + names;
    }

    @Override
    public @Nullable Type resultType(List<Type> arguments) {
        if (arguments.size() != names.size() || names.isEmpty()) {
            return null;
        }
        List<Type.Struct.Member> members = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            members.add(new Type.Struct.Member(names.get(i), arguments.get(i)));
        }
        return new Type.Struct(members);
    }

    @Override
    public Volatility volatility() {
        return Volatility.IMMUTABLE;
    }

    @Override
    public boolean isFallible(List<Type> arguments, Type result) {
        return false;
    }

    @Override
    public boolean isStrict() {
        return false;
    }

    @Override
    public ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context) {
        return NestedRows.always(
                        NestedResult.Form.NESTED,
                        (a, row, out) -> {
                            for (int i = 0; i < a.count(); i++) {
                                out.writer()
                                        .putElements(a.heap(i), a.start(i, row), a.length(i, row));
                            }
                            out.endNested();
                        },
                        Form.ELEMENT)
                .bind(new CallSite(arguments, result, constants, context));
    }
}
