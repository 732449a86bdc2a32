package io.basaltdb.query.function.jvm;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a user's code threw, as an error of the statement: its message, and never the name of a class.
final class JavaFailure {
    private static final Pattern CLASS_NAME = Pattern.compile("\\b(\\w+\\.)+[A-Z]\\w*");

    private JavaFailure() {}

    static BasaltException of(JavaRoutine routine, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError memory) {
            throw memory;
        }
        if (thrown instanceof BasaltException known
                && known.code() == ErrorCode.INVALID_DEFINITION) {
            return known;
        }
        return new BasaltException(
                ErrorCode.EXTERNAL_ROUTINE_FAILED,
                "function " + routine.name() + " failed" + reason(thrown),
                thrown);
    }

    private static String reason(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return switch (thrown) {
            case NullPointerException _ ->
                    ": it met a null that it does not expect; declare it RETURNS NULL ON NULL INPUT,"
                            + " or let it take NULL arguments into account";
            case StackOverflowError _ -> ": it calls itself too deeply";
            case LinkageError _ -> ": a class that it needs cannot be loaded";
            default ->
                    message == null || message.isBlank() || CLASS_NAME.matcher(message).find()
                            ? " without saying why"
                            : ": " + message;
        };
    }
}
