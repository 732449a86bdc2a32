package io.basaltdb.query.function.jvm;

import io.basaltdb.storage.type.Type;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes functions and aggregates out of objects of the program, and looks at what these give before anybody takes it for what it should be.
public final class ProgramCode {
    private static final Set<Class<?>> WHOLE =
            Set.of(Byte.class, Short.class, Integer.class, Long.class);
    private static final Set<Class<?>> WHOLE_ELEMENTS =
            Set.of(
                    byte.class,
                    short.class,
                    int.class,
                    long.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class);
    private static final Set<Class<?>> FRACTION = Set.of(Float.class, Double.class);
    private static final Set<Class<?>> FRACTION_ELEMENTS =
            Set.of(float.class, double.class, Float.class, Double.class);

    private final JavaRoutine routine;
    private final JavaSlot result;

    private ProgramCode(JavaRoutine routine) {
        JavaTypes.checkKnown(routine);
        this.routine = routine;
        this.result = new JavaSlot(routine.result(), box(routine.result()));
    }

    /// A function that is called row by row, with boxes, so that it is given NULL unless its routine is strict.
    public static JavaFunction ofRows(JavaRoutine routine, RowCode code) {
        ProgramCode made = new ProgramCode(routine);
        RowCode checked = row -> made.checked(code.call(row.clone()));
        MethodHandle handle =
                bound(RowCode.class, checked, MethodType.methodType(Object.class, Object[].class));
        return new JavaFunction(
                routine, slots(routine, false), made.result, handle, /* ofArrays= */ false);
    }

    /// A function that is called with the rows of a batch as arrays, of primitive numbers where there are such: a NULL then gives NULL without a call.
    public static JavaFunction ofColumns(JavaRoutine routine, ColumnCode code) {
        ProgramCode made = new ProgramCode(routine);
        if (routine.parameters().isEmpty()) {
            throw JavaClasses.wrong(
                    routine, "a function of arrays needs a parameter, which says how many rows");
        }
        ColumnCode checked = columns -> made.checkedArray(code.call(columns.clone()));
        MethodHandle handle =
                bound(
                        ColumnCode.class,
                        checked,
                        MethodType.methodType(Object.class, Object[].class));
        return new JavaFunction(
                routine, slots(routine, true), made.result, handle, /* ofArrays= */ true);
    }

    /// An aggregate.
    public static JavaAggregate ofGroups(JavaRoutine routine, GroupCode<?> code) {
        ProgramCode made = new ProgramCode(routine);
        GroupCode<Object> checked = made.checked(objects(code));
        return new JavaAggregate(
                routine,
                slots(routine, false),
                made.result,
                bound(GroupCode.class, checked, "begin", MethodType.methodType(Object.class)),
                bound(
                        GroupCode.class,
                        checked,
                        "accumulate",
                        MethodType.methodType(void.class, Object.class, Object[].class)),
                bound(
                        GroupCode.class,
                        checked,
                        "merge",
                        MethodType.methodType(void.class, Object.class, Object.class)),
                bound(
                        GroupCode.class,
                        checked,
                        "finish",
                        MethodType.methodType(Object.class, Object.class)));
    }

    @SuppressWarnings(
            "unchecked") // a state is given back to the code that made it, and to no other
    private static GroupCode<Object> objects(GroupCode<?> code) {
        return (GroupCode<Object>) code;
    }

    private GroupCode<Object> checked(GroupCode<Object> code) {
        return new GroupCode<>() {
            @Override
            public Object begin() throws Exception {
                return code.begin();
            }

            @Override
            public void accumulate(Object state, @Nullable Object[] row) throws Exception {
                code.accumulate(state, row.clone());
            }

            @Override
            public void merge(Object state, Object other) throws Exception {
                code.merge(state, other);
            }

            @Override
            public @Nullable Object finish(Object state) throws Exception {
                return ProgramCode.this.checked(code.finish(state));
            }
        };
    }

    private static MethodHandle bound(Class<?> door, Object code, MethodType type) {
        return bound(door, code, "call", type);
    }

    private static MethodHandle bound(Class<?> door, Object code, String name, MethodType type) {
        try {
            return MethodHandles.lookup().findVirtual(door, name, type).bindTo(code);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new LinkageError(name, e);
        }
    }

    private static List<JavaSlot> slots(JavaRoutine routine, boolean ofArrays) {
        return routine.parameters().stream()
                .map(type -> new JavaSlot(type, ofArrays ? element(type) : box(type)))
                .toList();
    }

    /// The class of exactly the values of the type, of those that can be NULL.
    static Class<?> box(Type type) {
        List<Class<?>> classes = JavaSlot.classes(type);
        return classes.getFirst().isPrimitive() ? classes.get(1) : classes.getFirst();
    }

    /// The class of the elements of an array.
    private static Class<?> element(Type type) {
        return switch (type) {
            case Type.Int _ -> long.class;
            case Type.Real _, Type.DoublePrecision _ -> double.class;
            default -> JavaSlot.classes(type).getFirst();
        };
    }

    private @Nullable Object checked(@Nullable Object value) {
        if (value != null && !takes(value.getClass())) {
            throw wrong(value.getClass());
        }
        return value;
    }

    private boolean takes(Class<?> given) {
        return switch (result.type()) {
            case Type.Int _ -> WHOLE.contains(given);
            case Type.Real _, Type.DoublePrecision _ -> FRACTION.contains(given);
            default -> result.javaClass() == given;
        };
    }

    private Object checkedArray(@Nullable Object array) {
        if (array == null || !array.getClass().isArray()) {
            throw JavaClasses.wrong(routine, "it gave no array of results");
        }
        Class<?> element = array.getClass().getComponentType();
        boolean fits =
                switch (result.type()) {
                    case Type.Int _ -> WHOLE_ELEMENTS.contains(element);
                    case Type.Real _, Type.DoublePrecision _ -> FRACTION_ELEMENTS.contains(element);
                    case Type.Bool _ -> element == boolean.class || element == Boolean.class;
                    default -> result.javaClass() == element;
                };
        if (!fits) {
            throw wrong(array.getClass());
        }
        return array;
    }

    private RuntimeException wrong(Class<?> given) {
        return JavaClasses.wrong(
                routine,
                "it gave a "
                        + given.getSimpleName()
                        + ", but RETURNS "
                        + result.type().sql()
                        + " needs "
                        + JavaFunction.choices(result.type()));
    }
}
