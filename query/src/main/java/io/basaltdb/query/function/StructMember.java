package io.basaltdb.query.function;

import io.basaltdb.query.function.NestedArguments.Form;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BytesVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The member of that name of a struct, or at that place, from 1, where none has the name, or the value of that key of a map whose keys are texts.
public record StructMember(String member) implements ScalarFunction {
    @Override
    public String name() {
        return "struct_extract " + member;
    }

    @Override
    public @Nullable Type resultType(List<Type> arguments) {
        if (arguments.size() != 1) {
            return null;
        }
        return switch (arguments.getFirst()) {
            case Type.Struct struct -> {
                int index = index(struct);
                yield index < 0 ? null : struct.members().get(index).type();
            }
            case Type.Map(Type.Text _, Type value) -> value;
            default -> null;
        };
    }

    private int index(Type.Struct struct) {
        int named = struct.find(member);
        if (named >= 0 || !member.matches("[1-9][0-9]{0,3}")) {
            return named;
        }
        int place = Integer.parseInt(member) - 1;
        return place < struct.members().size() ? place : -1;
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
        return true;
    }

    @Override
    public ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context) {
        NestedRows.Row row =
                arguments.getFirst() instanceof Type.Map map
                        ? valueOf(map)
                        : memberOf((Type.Struct) arguments.getFirst());
        return NestedRows.strict(NestedResult.Form.ELEMENT, row, Form.RUN)
                .bind(new CallSite(arguments, result, constants, context));
    }

    private NestedRows.Row memberOf(Type.Struct struct) {
        int index = index(struct);
        ElementShape[] before =
                struct.members().subList(0, index).stream()
                        .map(part -> ElementShape.of(part.type()))
                        .toArray(ElementShape[]::new);
        return (a, row, out) -> {
            byte[] heap = a.heap(0);
            int at = a.start(0, row);
            for (ElementShape shape : before) {
                at = shape.skip(heap, at);
            }
            out.element(heap, at);
        };
    }

    private NestedRows.Row valueOf(Type.Map map) {
        byte[] key = member.getBytes(StandardCharsets.UTF_8);
        ElementShape values = ElementShape.of(map.value());
        NestedWriter writer = new NestedWriter();
        writer.begin(1);
        writer.putBytes(key, 0, key.length);
        writer.endAsIs(0);
        BytesVector written = writer.vector(map.key(), 1, null);
        byte[] wanted = Arrays.copyOf(written.heap(), written.length()[0]);
        return (a, row, out) -> {
            byte[] heap = a.heap(0);
            for (int at = a.start(0, row); ElementShape.isElement(heap, at); ) {
                int value = a.shape(0).skip(heap, at);
                if (Arrays.equals(heap, at, value, wanted, 0, wanted.length)) {
                    out.element(heap, value);
                    return;
                }
                at = values.skip(heap, value);
            }
        };
    }
}
