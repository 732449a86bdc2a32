package io.basaltdb.query.session;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.sql.Statement;
import io.basaltdb.query.system.SystemContext;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.catalog.CatalogSnapshot;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;

/// SET, RESET, USE, and SHOW of settings.
final class SettingStatements {
    private final StatementRun run;
    private final SessionState session;
    private final long queryId;

    SettingStatements(StatementRun run, SessionState session, long queryId) {
        this.run = run;
        this.session = session;
        this.queryId = queryId;
    }

    Result execute(Statement statement) {
        Settings settings = session.settings();
        if (statement instanceof Statement.ShowSetting(String name)) {
            return show(name);
        }
        if (statement instanceof Statement.ShowSettings) {
            return showAll();
        }
        if (statement instanceof Statement.Set(String name, String value)) {
            set(settings, name, value, run.snapshot().catalog(), run.virtualTables());
        } else if (statement instanceof Statement.Use(String schema)) {
            set(
                    settings,
                    Setting.SCHEMA.key(),
                    schema,
                    run.snapshot().catalog(),
                    run.virtualTables());
        } else if (statement instanceof Statement.Reset(String name)) {
            settings.reset(name);
        } else {
            settings.resetAll();
        }
        return RowsResult.count(0, queryId, run.snapshot().commit());
    }

    static void set(
            Settings settings,
            String name,
            String value,
            CatalogSnapshot catalog,
            VirtualTables virtualTables) {
        if (name.equalsIgnoreCase(Setting.SCHEMA.key())
                && !catalog.hasSchema(value)
                && !virtualTables.hasSchema(value)) {
            throw new BasaltException(
                    ErrorCode.INVALID_SCHEMA_NAME,
                    "there is no schema "
                            + value
                            + "; there are "
                            + String.join(", ", catalog.schemas()));
        }
        settings.set(name, value);
    }

    private Result show(String name) {
        String value = session.settings().get(name);
        return RowsResult.rows(
                Schema.of(new Field(name, Type.TEXT, false)),
                List.of(List.of(Value.of(value))),
                queryId,
                run.snapshot().commit());
    }

    private Result showAll() {
        List<List<Value>> rows = new ArrayList<>();
        for (SystemContext.SettingEntry entry : session.settings().entries()) {
            rows.add(
                    List.of(
                            Value.of(entry.name()),
                            Value.of(entry.value()),
                            Value.of(entry.description())));
        }
        return RowsResult.rows(
                Schema.of(
                        new Field("name", Type.TEXT, false),
                        new Field("value", Type.TEXT, false),
                        new Field("description", Type.TEXT, false)),
                rows,
                queryId,
                run.snapshot().commit());
    }
}
