package io.basaltdb.query.function.jvm;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for public classes and methods, and says what is wrong with them.
final class JavaClasses {
    private JavaClasses() {}

    /// The public class of that name.
    ///
    /// @param loader of the jar; null for the program's own classes
    static Class<?> find(JavaRoutine routine, String name, @Nullable ClassLoader loader) {
        @Nullable Class<?> found = loader != null ? load(name, loader) : ofTheProgram(name);
        if (found == null) {
            String jar = routine.jar();
            throw new BasaltException(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "function "
                            + routine.name()
                            + ": there is no class '"
                            + name
                            + "' "
                            + (jar == null ? "in this program" : "in the jar '" + jar + "'"));
        }
        if (!Modifier.isPublic(found.getModifiers())) {
            throw wrong(routine, "the class '" + name + "' is not public");
        }
        return found;
    }

    private static @Nullable Class<?> ofTheProgram(String name) {
        @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
        @Nullable Class<?> found = context == null ? null : load(name, context);
        return found != null ? found : load(name, ClassLoader.getSystemClassLoader());
    }

    private static @Nullable Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /// The public methods of that name, static ones or others.
    static List<Method> methods(Class<?> type, String name, boolean isStatic) {
        List<Method> found = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name)
                    && !method.isBridge()
                    && Modifier.isStatic(method.getModifiers()) == isStatic) {
                found.add(method);
            }
        }
        return found;
    }

    static BasaltException wrong(JavaRoutine routine, String what) {
        return new BasaltException(
                ErrorCode.INVALID_DEFINITION, "function " + routine.name() + ": " + what);
    }
}
