package io.basaltdb.query.function.jvm;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Functions and aggregates that the program gave as objects: they are known as long as the database is open in it, and to no catalog. Safe for
/// use by many threads.
public final class ProgramFunctions {
    private static final String TARGET = "an object of the program, number ";

    private final Map<String, JavaCode> byName = new ConcurrentHashMap<>();
    private final Map<String, JavaCode> byTarget = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong lastTarget = new AtomicLong();

    /// What a routine names as its code that will be given here: another one each time.
    public String nextTarget() {
        return TARGET + lastTarget.incrementAndGet();
    }

    /// Makes the code known by the name of its routine, which has no schema.
    ///
    /// @throws BasaltException DUPLICATE_OBJECT where there is one of that name
    public void add(JavaCode code) {
        JavaRoutine routine = code.routine();
        byTarget.put(routine.target(), code);
        if (byName.putIfAbsent(key(routine.name()), code) != null) {
            byTarget.remove(routine.target());
            throw new BasaltException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "The program has given a function "
                            + routine.name()
                            + " already; remove it first, or take another name");
        }
        version.incrementAndGet();
    }

    /// Forgets the function; answers whether there was one. Queries that run keep it.
    public boolean remove(String name) {
        JavaCode code = byName.remove(key(name));
        if (code == null) {
            return false;
        }
        version.incrementAndGet();
        byTarget.remove(code.routine().target());
        return true;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Changes whenever a name means something else.
    public long version() {
        return version.get();
    }

    /// The routine of that name; null where there is none.
    public @Nullable JavaRoutine find(String name) {
        JavaCode code = byName.get(key(name));
        return code == null ? null : code.routine();
    }

    /// The code of a routine that [#find] gave; null for other routines.
    public @Nullable JavaCode code(JavaRoutine routine) {
        return routine.jar() == null ? byTarget.get(routine.target()) : null;
    }
}
