package io.basaltdb.query.function.jvm;

import io.basaltdb.query.function.ArgumentColumn;
import io.basaltdb.query.function.UserAggregate;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Vector;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A class as an aggregate of SQL: an object is the state of one group. Two of the same routine are equal.
public final class JavaAggregate implements JavaCode, UserAggregate {
    private final JavaRoutine routine;
    private final List<JavaSlot> parameters;
    private final JavaSlot result;
    private final MethodHandle maker;
    private final MethodHandle accumulate;
    private final MethodHandle merge;
    private final MethodHandle finish;

    private JavaAggregate(
            JavaRoutine routine, Class<?> type, Method accumulate, Method merge, Method finish)
            throws IllegalAccessException, NoSuchMethodException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        this.routine = routine;
        this.parameters =
                Objects.requireNonNull(
                        JavaFunction.slots(routine.parameters(), accumulate.getParameterTypes()));
        this.result = new JavaSlot(routine.result(), finish.getReturnType());
        this.maker =
                lookup.findConstructor(type, MethodType.methodType(void.class))
                        .asType(MethodType.methodType(Object.class));
        this.accumulate =
                lookup.unreflect(accumulate)
                        .asFixedArity()
                        .asSpreader(Object[].class, parameters.size())
                        .asType(MethodType.methodType(void.class, Object.class, Object[].class));
        this.merge =
                lookup.unreflect(merge)
                        .asType(MethodType.methodType(void.class, Object.class, Object.class));
        this.finish =
                lookup.unreflect(finish).asType(MethodType.methodType(Object.class, Object.class));
    }

    /// Of handles that take and give objects.
    JavaAggregate(
            JavaRoutine routine,
            List<JavaSlot> parameters,
            JavaSlot result,
            MethodHandle maker,
            MethodHandle accumulate,
            MethodHandle merge,
            MethodHandle finish) {
        this.routine = routine;
        this.parameters = parameters;
        this.result = result;
        this.maker = maker;
        this.accumulate = accumulate;
        this.merge = merge;
        this.finish = finish;
    }

    static JavaAggregate find(JavaRoutine routine, @Nullable ClassLoader loader) {
        JavaTypes.checkKnown(routine);
        Class<?> type = JavaClasses.find(routine, routine.target(), loader);
        @Nullable Method accumulate = null;
        for (Method method : JavaClasses.methods(type, "accumulate", false)) {
            if (JavaFunction.slots(routine.parameters(), method.getParameterTypes()) != null) {
                accumulate = method;
            }
        }
        @Nullable Method merge = null;
        for (Method method : JavaClasses.methods(type, "merge", false)) {
            if (method.getParameterCount() == 1 && method.getParameterTypes()[0] == type) {
                merge = method;
            }
        }
        @Nullable Method finish = null;
        for (Method method : JavaClasses.methods(type, "finish", false)) {
            if (method.getParameterCount() == 0
                    && JavaSlot.classes(routine.result()).contains(method.getReturnType())) {
                finish = method;
            }
        }
        if (accumulate == null || merge == null || finish == null) {
            throw incomplete(routine, type);
        }
        try {
            return new JavaAggregate(routine, type, accumulate, merge, finish);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw incomplete(routine, type);
        }
    }

    private static RuntimeException incomplete(JavaRoutine routine, Class<?> type) {
        String arguments =
                routine.parameters().stream()
                        .map(JavaFunction::choices)
                        .collect(Collectors.joining(", "));
        return JavaClasses.wrong(
                routine,
                "the class '"
                        + routine.target()
                        + "' must have a public constructor without parameters and the public methods"
                        + " void accumulate("
                        + arguments
                        + "), void merge("
                        + type.getSimpleName()
                        + ") and "
                        + JavaFunction.choices(routine.result())
                        + " finish()");
    }

    @Override
    public JavaRoutine routine() {
        return routine;
    }

    public Type resultType() {
        return routine.result();
    }

    /// Whether arguments of these types are taken.
    public boolean accepts(List<Type> arguments) {
        return JavaTypes.accept(routine.parameters(), arguments);
    }

    @Override
    public boolean skipsNull(int parameter) {
        return routine.isStrict() || !parameters.get(parameter).canBeNull();
    }

    @Override
    @SuppressWarnings(
            "CatchingUnchecked") // whatever a user's code throws is an error of the statement
    public Object newState() {
        try {
            return (Object) maker.invokeExact();
        } catch (Throwable thrown) {
            throw JavaFailure.of(routine, thrown);
        }
    }

    @Override
    @SuppressWarnings(
            "CatchingUnchecked") // whatever a user's code throws is an error of the statement
    public void accumulate(
            Object state,
            List<? extends ArgumentColumn> columns,
            int row,
            @Nullable Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            ArgumentColumn column = columns.get(i);
            arguments[i] = column.isNull(row) ? null : parameters.get(i).value(column, row);
        }
        try {
            accumulate.invokeExact(state, arguments);
        } catch (Throwable thrown) {
            throw JavaFailure.of(routine, thrown);
        }
    }

    @Override
    @SuppressWarnings(
            "CatchingUnchecked") // whatever a user's code throws is an error of the statement
    public void merge(Object state, Object other) {
        try {
            merge.invokeExact(state, other);
        } catch (Throwable thrown) {
            throw JavaFailure.of(routine, thrown);
        }
    }

    @Override
    public Vector finish(List<Object> states) {
        ResultColumn out = new ResultColumn(result.type());
        out.begin(states.size());
        for (int i = 0; i < states.size(); i++) {
            result.put(routine, finish(states.get(i)), out, i);
        }
        return out.vector();
    }

    @SuppressWarnings(
            "CatchingUnchecked") // whatever a user's code throws is an error of the statement
    private @Nullable Object finish(Object state) {
        try {
            return (Object) finish.invokeExact(state);
        } catch (Throwable thrown) {
            throw JavaFailure.of(routine, thrown);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JavaAggregate aggregate && routine.equals(aggregate.routine);
    }

    @Override
    public int hashCode() {
        return routine.hashCode();
    }

    @Override
    public String toString() {
        return routine.name() + routine.sql();
    }
}
