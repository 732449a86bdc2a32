package io.basaltdb.query.function.jvm;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.io.UserFiles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the code of routines, reading each jar once. Safe for use by many threads.
public final class JavaLibrary {
    private static final int MAX_KEPT = 256;
    private static final long MAX_JAR_BYTES = 128L << 20;

    private final UserFiles files;
    private final boolean isAllowed;

    /// Loaders by checksum; guarded by this object's monitor.
    private final Map<String, JarClasses> jars = keepingTheLast();

    /// Guarded by this object's monitor.
    private final Map<JavaRoutine, JavaCode> found = keepingTheLast();

    /// @param isAllowed whether code of users may run in this process
    public JavaLibrary(UserFiles files, boolean isAllowed) {
        this.files = files;
        this.isAllowed = isAllowed;
    }

    private static <K, V> Map<K, V> keepingTheLast() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_KEPT;
            }
        };
    }

    /// The routine as the catalog keeps it, with its jar's checksum, once its code has been found and fits what the routine says.
    public JavaRoutine checked(JavaRoutine routine) {
        checkAllowed(routine);
        String jar = routine.jar();
        JavaRoutine complete = routine;
        if (jar != null) {
            byte[] bytes = read(routine, jar);
            complete = routine.withChecksum(checksum(bytes));
        }
        code(complete);
        return complete;
    }

    /// The code of the routine.
    ///
    /// @throws BasaltException FILE_NOT_FOUND where its jar is gone, UNDEFINED_FUNCTION where its class or method is not there
    public synchronized JavaCode code(JavaRoutine routine) {
        checkAllowed(routine);
        JavaCode code = found.get(routine);
        if (code == null) {
            code = find(routine, loader(routine));
            found.put(routine, code);
        }
        return code;
    }

    private void checkAllowed(JavaRoutine routine) {
        if (!isAllowed) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "function "
                            + routine.name()
                            + " is written in Java, which this server does not run; start it with"
                            + " --java-functions");
        }
    }

    private static JavaCode find(JavaRoutine routine, @Nullable ClassLoader loader) {
        try {
            return routine.isAggregate()
                    ? JavaAggregate.find(routine, loader)
                    : JavaFunction.find(routine, loader);
        } catch (LinkageError e) {
            throw new BasaltException(
                    ErrorCode.INVALID_DEFINITION,
                    "function "
                            + routine.name()
                            + ": '"
                            + routine.target()
                            + "' cannot be loaded; a class that it needs is missing, or it was"
                            + " compiled for a later Java",
                    e);
        }
    }

    /// Null for the program's own classes.
    private @Nullable ClassLoader loader(JavaRoutine routine) {
        String jar = routine.jar();
        if (jar == null) {
            return null;
        }
        JarClasses loader = jars.get(routine.checksum());
        if (loader == null) {
            byte[] bytes = read(routine, jar);
            if (!checksum(bytes).equals(routine.checksum())) {
                throw new BasaltException(
                        ErrorCode.INVALID_DEFINITION,
                        "function "
                                + routine.name()
                                + ": the jar '"
                                + jar
                                + "' is not the one that the function was created from; put that"
                                + " back, or CREATE OR REPLACE the function");
            }
            loader = new JarClasses(jar, bytes);
            jars.put(routine.checksum(), loader);
        }
        return loader;
    }

    private byte[] read(JavaRoutine routine, String path) {
        try (RandomReader reader = files.open(path)) {
            if (reader.sizeBytes() > MAX_JAR_BYTES) {
                throw new BasaltException(
                        ErrorCode.PROGRAM_LIMIT,
                        "the jar '"
                                + path
                                + "' is larger than 128 MiB; leave out what the function"
                                + " does not need");
            }
            byte[] bytes = new byte[(int) reader.sizeBytes()];
            reader.read(0, bytes, 0, bytes.length);
            return bytes;
        } catch (BasaltException e) {
            if (e.code() != ErrorCode.FILE_NOT_FOUND) {
                throw e;
            }
            throw new BasaltException(
                    ErrorCode.FILE_NOT_FOUND,
                    "function "
                            + routine.name()
                            + ": there is no jar '"
                            + path
                            + "'; put it there, or DROP FUNCTION",
                    e);
        }
    }

    private static String checksum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
