package io.basaltdb.query.sql;

import io.basaltdb.query.sql.Statement.Show;
import org.jspecify.annotations.Nullable;

/// The forms of SHOW.
final class ShowParser {
    private final TokenCursor cursor;

    ShowParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Statement parse() {
        cursor.next();
        Statement statement = shown();
        cursor.expectEnd();
        return statement;
    }

    private Statement shown() {
        cursor.takes("FULL");
        if (cursor.takes("TABLES")) {
            return list(Show.Subject.TABLES);
        }
        if (cursor.takes("VIEWS")) {
            return list(Show.Subject.VIEWS);
        }
        if (cursor.takesAny("SCHEMAS", "DATABASES")) {
            return list(Show.Subject.SCHEMAS);
        }
        if (cursor.takes("FUNCTIONS")) {
            return list(Show.Subject.FUNCTIONS);
        }
        if (cursor.takes("COLUMNS")) {
            if (!cursor.takesAny("FROM", "IN")) {
                throw cursor.unexpected("FROM");
            }
            return new Statement.Describe(cursor.objectName("a table name"));
        }
        if (cursor.takes("CREATE")) {
            cursor.takesAny("TABLE", "VIEW");
            return new Statement.ShowCreate(cursor.objectName("a table name"));
        }
        if (cursor.takesAny("ALL", "SETTINGS")) {
            return new Statement.ShowSettings();
        }
        if (cursor.takes("TIME", "ZONE")) {
            return new Statement.ShowSetting("time_zone");
        }
        if (cursor.takes("TRANSACTION", "ISOLATION", "LEVEL")) {
            return new Statement.ShowSetting("transaction_isolation");
        }
        return new Statement.ShowSetting(new SettingParser(cursor).settingName());
    }

    private Statement list(Show.Subject subject) {
        @Nullable String schema = null;
        @Nullable String like = null;
        if (cursor.takesAny("FROM", "IN")) {
            schema = cursor.name("a schema name");
        }
        if (cursor.takesAny("LIKE", "ILIKE")) {
            like = cursor.string("a pattern in quotes");
        }
        return new Show(subject, schema, like);
    }
}
