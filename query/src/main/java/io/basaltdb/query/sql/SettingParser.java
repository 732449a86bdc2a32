package io.basaltdb.query.sql;

import io.basaltdb.query.sql.SqlToken.Kind;
import java.util.Locale;

/// SET and RESET.
final class SettingParser {
    private final TokenCursor cursor;

    SettingParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Statement set() {
        cursor.next();
        if (cursor.peek(1).kind() == Kind.WORD) {
            cursor.takesAny("SESSION", "LOCAL", "GLOBAL");
        }
        SqlToken first = cursor.peek();
        if (cursor.takes("TIME", "ZONE")) {
            return value("time_zone");
        }
        if (cursor.sees("SCHEMA") && cursor.peek(1).kind() == Kind.STRING) {
            cursor.next();
            return value("schema");
        }
        if (cursor.sees("TRANSACTION") || cursor.sees("CHARACTERISTICS")) {
            throw cursor.notSupported(
                    first,
                    "SET TRANSACTION is not supported; say BEGIN READ ONLY, and every transaction"
                            + " reads one snapshot anyway");
        }
        String name = settingName();
        if (!cursor.takesSymbol("=") && !cursor.takes("TO")) {
            throw cursor.unexpected("\"=\" or TO");
        }
        return value(name);
    }

    private Statement value(String name) {
        if (cursor.takes("DEFAULT") || (name.equals("time_zone") && cursor.takes("LOCAL"))) {
            cursor.expectEnd();
            return new Statement.Reset(name);
        }
        String value = new OptionParser(cursor).value();
        cursor.expectEnd();
        return new Statement.Set(name, value);
    }

    Statement reset() {
        cursor.next();
        Statement statement;
        if (cursor.takes("ALL")) {
            statement = new Statement.ResetAll();
        } else if (cursor.takes("TIME", "ZONE")) {
            statement = new Statement.Reset("time_zone");
        } else {
            statement = new Statement.Reset(settingName());
        }
        cursor.expectEnd();
        return statement;
    }

    /// A name that may hold dots, in lower case.
    String settingName() {
        StringBuilder name = new StringBuilder(cursor.name("the name of a setting"));
        while (cursor.takesSymbol(".")) {
            name.append('.').append(cursor.name("the name of a setting"));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
