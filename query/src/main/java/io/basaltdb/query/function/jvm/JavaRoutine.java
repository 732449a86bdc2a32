package io.basaltdb.query.function.jvm;

import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What CREATE FUNCTION and CREATE AGGREGATE say of code in Java.
///
/// @param name with its schema
/// @param isDeterministic whether equal arguments give equal results
/// @param isStrict whether a NULL argument gives NULL (or leaves the row out of the aggregate) without a call
/// @param jar path of the file; null for a class of the program
/// @param checksum of the jar's bytes, as hexadecimal digits; empty before it was read, and for a class of the program
/// @param target the class; of a function the class, a point and the method
public record JavaRoutine(
        String name,
        boolean isAggregate,
        List<Type> parameters,
        Type result,
        boolean isDeterministic,
        boolean isStrict,
        @Nullable String jar,
        String checksum,
        String target) {
    public JavaRoutine {
        parameters = List.copyOf(parameters);
    }

    public JavaRoutine withChecksum(String digits) {
        return new JavaRoutine(
                name,
                isAggregate,
                parameters,
                result,
                isDeterministic,
                isStrict,
                jar,
                digits,
                target);
    }

    /// What stands behind the name in the statement that makes it, with the checksum; AGGREGATE before that of one.
    public String sql() {
        StringBuilder sql = new StringBuilder(isAggregate ? "AGGREGATE " : "");
        sql.append(parameters.stream().map(Type::sql).collect(Collectors.joining(", ", "(", ")")));
        sql.append(" RETURNS ").append(result.sql()).append(" LANGUAGE JAVA");
        sql.append(isDeterministic ? " DETERMINISTIC" : " NOT DETERMINISTIC");
        sql.append(isStrict ? " RETURNS NULL ON NULL INPUT" : " CALLED ON NULL INPUT");
        sql.append(" AS ");
        if (jar != null) {
            sql.append(quoted(jar)).append(", ");
        }
        sql.append(quoted(target));
        if (!checksum.isEmpty()) {
            sql.append(" CHECKSUM ").append(quoted(checksum));
        }
        return sql.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
