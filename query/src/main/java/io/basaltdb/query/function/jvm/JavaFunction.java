package io.basaltdb.query.function.jvm;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Volatility;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A public static method as a function of SQL.
///
/// @param parameters of one row, also where the method takes arrays
/// @param handle from an `Object[]` of arguments to an object
/// @param ofArrays whether the method is called once for many rows
public record JavaFunction(
        JavaRoutine routine,
        List<JavaSlot> parameters,
        JavaSlot resultSlot,
        MethodHandle handle,
        boolean ofArrays)
        implements ScalarFunction, JavaCode {
    public JavaFunction {
        parameters = List.copyOf(parameters);
    }

    static JavaFunction find(JavaRoutine routine, @Nullable ClassLoader loader) {
        JavaTypes.checkKnown(routine);
        int point = routine.target().lastIndexOf('.');
        if (point <= 0) {
            throw JavaClasses.wrong(
                    routine,
                    "'" + routine.target() + "' names no method; write 'package.Class.method'");
        }
        Class<?> type = JavaClasses.find(routine, routine.target().substring(0, point), loader);
        String name = routine.target().substring(point + 1);
        for (Method method : JavaClasses.methods(type, name, true)) {
            @Nullable JavaFunction found = of(routine, method);
            if (found != null) {
                return found;
            }
        }
        throw JavaClasses.wrong(
                routine,
                "there is no public method "
                        + wanted(routine, name)
                        + " in '"
                        + routine.target().substring(0, point)
                        + "', nor one of arrays of these");
    }

    private static String wanted(JavaRoutine routine, String name) {
        return "static "
                + choices(routine.result())
                + " "
                + name
                + routine.parameters().stream()
                        .map(JavaFunction::choices)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    static String choices(Type type) {
        return JavaSlot.classes(type).stream()
                .filter(each -> each.isPrimitive() || !hasPrimitive(type))
                .map(Class::getSimpleName)
                .collect(Collectors.joining("|"));
    }

    private static boolean hasPrimitive(Type type) {
        return JavaSlot.classes(type).getFirst().isPrimitive();
    }

    private static @Nullable JavaFunction of(JavaRoutine routine, Method method) {
        @Nullable List<JavaSlot> slots = slots(routine.parameters(), method.getParameterTypes());
        boolean ofArrays = slots == null;
        if (slots == null) {
            slots = slots(routine.parameters(), elements(method.getParameterTypes()));
        }
        @Nullable Class<?> returned =
                ofArrays ? method.getReturnType().getComponentType() : method.getReturnType();
        if (slots == null
                || returned == null
                || !JavaSlot.classes(routine.result()).contains(returned)) {
            return null;
        }
        try {
            MethodHandle handle =
                    MethodHandles.publicLookup()
                            .unreflect(method)
                            .asFixedArity()
                            .asSpreader(Object[].class, slots.size())
                            .asType(MethodType.methodType(Object.class, Object[].class));
            return new JavaFunction(
                    routine, slots, new JavaSlot(routine.result(), returned), handle, ofArrays);
        } catch (IllegalAccessException e) {
            throw JavaClasses.wrong(routine, "'" + routine.target() + "' is not accessible");
        }
    }

    private static Class<?>[] elements(Class<?>[] arrays) {
        Class<?>[] elements = new Class<?>[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            elements[i] = arrays[i].isArray() ? arrays[i].getComponentType() : void.class;
        }
        return elements;
    }

    /// Null where a class does not stand for its type.
    static @Nullable List<JavaSlot> slots(List<Type> types, Class<?>[] classes) {
        if (types.size() != classes.length) {
            return null;
        }
        List<JavaSlot> slots = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            if (!JavaSlot.classes(types.get(i)).contains(classes[i])) {
                return null;
            }
            slots.add(new JavaSlot(types.get(i), classes[i]));
        }
        return slots;
    }

    @Override
    public String name() {
        return routine.name();
    }

    @Override
    public @Nullable Type resultType(List<Type> arguments) {
        return JavaTypes.accept(routine.parameters(), arguments) ? routine.result() : null;
    }

    @Override
    public List<Type> operandTypes(List<Type> arguments) {
        return routine.parameters();
    }

    @Override
    public Volatility volatility() {
        return routine.isDeterministic() ? Volatility.IMMUTABLE : Volatility.VOLATILE;
    }

    @Override
    public boolean isFallible(List<Type> arguments, Type result) {
        return true;
    }

    @Override
    public boolean isStrict() {
        return routine.isStrict() || parameters.stream().noneMatch(JavaSlot::canBeNull);
    }

    /// Whether a NULL of that parameter gives NULL without a call.
    boolean skipsNull(int parameter) {
        return routine.isStrict() || !parameters.get(parameter).canBeNull();
    }

    @Override
    public ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context) {
        return new JavaLoop(this);
    }

    @Override
    public String toString() {
        return name();
    }
}
