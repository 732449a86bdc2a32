package io.basaltdb.query.sql;

import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.function.jvm.JavaRoutine;
import io.basaltdb.query.sql.Statement.IfExists;
import io.basaltdb.query.sql.Statement.ObjectName;
import io.basaltdb.storage.catalog.MacroDefinition;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What stands behind CREATE FUNCTION and CREATE AGGREGATE for code in Java:
///
/// - `f(BIGINT, name TEXT) RETURNS TEXT LANGUAGE JAVA [properties] AS 'file.jar', 'package.Class.method'`
/// - the same without a jar, for a method of the program that the engine runs in
///
/// with the properties `[NOT] DETERMINISTIC` or IMMUTABLE, STABLE, VOLATILE, and `RETURNS NULL ON NULL INPUT` or STRICT, `CALLED ON NULL INPUT`.
final class JavaRoutineParser {
    private final TokenCursor cursor;
    private boolean isDeterministic;
    private boolean isStrict;

    JavaRoutineParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /// Whether the rest of the statement is about Java.
    static boolean isAhead(TokenCursor cursor) {
        return cursor.findAhead("LANGUAGE", "JAVA") != null;
    }

    Statement parse(IfExists ifExists, boolean isAggregate) {
        SqlToken first = cursor.peek();
        ObjectName name = cursor.objectName("a name");
        refuseKnown(cursor, first, name.name());
        JavaRoutine routine = routine(name.name(), isAggregate);
        cursor.expectEnd();
        return new Statement.CreateJavaRoutine(name, ifExists, routine);
    }

    /// The routine of a definition in the catalog.
    static JavaRoutine of(MacroDefinition definition) {
        TokenCursor cursor = new TokenCursor(definition.sql(), SqlLexer.tokens(definition.sql()));
        boolean isAggregate = cursor.takes("AGGREGATE");
        JavaRoutine routine =
                new JavaRoutineParser(cursor)
                        .routine(definition.schema() + "." + definition.name(), isAggregate);
        return cursor.takes("CHECKSUM")
                ? routine.withChecksum(cursor.string("a checksum"))
                : routine;
    }

    /// The routine of a declaration, such as `net (BIGINT, rate DOUBLE) RETURNS BIGINT DETERMINISTIC`.
    static JavaRoutine declared(String declaration, boolean isAggregate, String target) {
        String sql = declaration + " LANGUAGE JAVA AS '" + target + "'";
        TokenCursor cursor = new TokenCursor(sql, SqlLexer.tokens(sql));
        SqlToken first = cursor.peek();
        String name = cursor.name("a name");
        refuseKnown(cursor, first, name);
        JavaRoutine routine = new JavaRoutineParser(cursor).routine(name, isAggregate);
        cursor.expectEnd();
        return routine;
    }

    private static void refuseKnown(TokenCursor cursor, SqlToken place, String name) {
        if (FunctionCatalog.find(name.toLowerCase(Locale.ROOT)) != null
                || AggregateCalls.isAggregate(name)) {
            throw cursor.error(
                    place,
                    ErrorCode.DUPLICATE_OBJECT,
                    "There is a function " + name + " already; take another name");
        }
    }

    private JavaRoutine routine(String name, boolean isAggregate) {
        cursor.expectSymbol("(");
        List<Type> parameters = new ArrayList<>();
        while (!cursor.takesSymbol(")")) {
            if (isNamed()) {
                cursor.name("a parameter name");
            }
            parameters.add(new TypeParser(cursor).parse());
            if (!cursor.takesSymbol(",") && !cursor.peek().isSymbol(")")) {
                throw cursor.unexpected(", or )");
            }
        }
        cursor.expect("RETURNS");
        Type result = new TypeParser(cursor).parse();
        properties();
        cursor.expect("LANGUAGE", "JAVA");
        properties();
        cursor.expect("AS");
        String target = cursor.string("'file.jar', 'package.Class.method'");
        @Nullable String jar = null;
        if (cursor.takesSymbol(",")) {
            jar = target;
            target = cursor.string("the method, 'package.Class.method'");
        }
        return new JavaRoutine(
                name, isAggregate, parameters, result, isDeterministic, isStrict, jar, "", target);
    }

    /// Whether a name stands before the type of a parameter: two words in a row that are not the two of a type.
    private boolean isNamed() {
        SqlToken second = cursor.peek(1);
        return cursor.peek().isName()
                && second.isName()
                && !second.isWord("PRECISION")
                && !second.isWord("VARYING")
                && !second.isWord("WITH")
                && !second.isWord("WITHOUT")
                && !second.isWord("ARRAY");
    }

    private void properties() {
        while (true) {
            if (cursor.takes("NOT", "DETERMINISTIC") || cursor.takesAny("VOLATILE", "STABLE")) {
                isDeterministic = false;
            } else if (cursor.takesAny("DETERMINISTIC", "IMMUTABLE")) {
                isDeterministic = true;
            } else if (cursor.takes("RETURNS", "NULL", "ON", "NULL", "INPUT")
                    || cursor.takes("STRICT")) {
                isStrict = true;
            } else if (cursor.takes("CALLED", "ON", "NULL", "INPUT")) {
                isStrict = false;
            } else if (!cursor.takes("NO", "SQL") && !cursor.takes("PARAMETER", "STYLE", "JAVA")) {
                return;
            }
        }
    }
}
