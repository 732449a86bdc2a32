package io.basaltdb.embedded.fake;

import io.basaltdb.protocol.message.Attribute;
import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Commands of the fake database:
///
/// | text | does |
/// |---|---|
/// | `ROWS n` | n rows of many types, see [FakeRows] |
/// | `ROWS n FAIL` | the same, then an error |
/// | `ECHO …` | one row with the parameters |
/// | `TYPES` | the rows of the type matrix |
/// | `WAIT` | nothing, until it is cancelled |
/// | `UPDATE n` | says that n rows were changed |
/// | `SET …`, `COMMIT`, `ROLLBACK` | nothing |
/// | `FAIL` | an error with position |
/// | `CRASH` | a mistake of ours |
/// | `SELECT * FROM t` | the rows of a table |
public final class FakeSession implements Session {
    private final FakeDatabase database;
    private final String schema;
    private volatile CountDownLatch waiting = new CountDownLatch(1);
    private volatile boolean isCancelled;
    private final AtomicLong asked = new AtomicLong();

    FakeSession(FakeDatabase database, Map<String, String> attributes) {
        this.database = database;
        this.schema = attributes.getOrDefault(Attribute.SCHEMA, "main");
        if (schema.equals("missing")) {
            throw new BasaltException(ErrorCode.INVALID_SCHEMA_NAME, "no schema is called missing");
        }
        database.openSessions.incrementAndGet();
    }

    @Override
    public Prepared prepare(String sql) {
        if (sql.startsWith("FAIL")) {
            execute(sql);
        }
        return new FakePrepared(sql);
    }

    @Override
    public Result execute(String sql, List<Parameter> parameters) {
        isCancelled = false;
        waiting = new CountDownLatch(1);
        try {
            return run(sql.trim().split("[\\s;]+"), parameters);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new BasaltException(ErrorCode.SYNTAX_ERROR, "not a command: " + sql, e);
        }
    }

    @Override
    public void set(String name, String value) {
        throw new AssertionError("sessions of the fake database have no settings");
    }

    private Result run(String[] words, List<Parameter> parameters) {
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "ROWS" -> FakeRows.result(database, Long.parseLong(words[1]), words.length > 2);
            case "ECHO" -> echo(parameters);
            case "TYPES" -> FakeRows.types(database);
            case "WAIT" -> waitResult();
            case "UPDATE" -> FakeResult.update(database, Long.parseLong(words[1]));
            case "SET", "COMMIT", "ROLLBACK" -> FakeResult.update(database, 0);
            case "FAIL" ->
                    throw new BasaltException(
                            ErrorCode.UNDEFINED_TABLE, "no table is called t", 1, 15, null);
            case "CRASH" -> throw new IllegalStateException("inside");
            case "SELECT" -> select(words, parameters);
            default ->
                    throw new BasaltException(
                            ErrorCode.SYNTAX_ERROR, "unknown command " + words[0], 1, 1, null);
        };
    }

    private Result echo(List<Parameter> parameters) {
        List<Field> fields = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (Parameter parameter : parameters) {
            fields.add(new Field("p" + fields.size(), parameter.type(), true));
            values.add(parameter.value());
        }
        return FakeResult.rows(database, new Schema(fields), List.of(values));
    }

    private Result select(String[] words, List<Parameter> parameters) {
        if (words.length > 3 && words[words.length - 2].equalsIgnoreCase("FROM")) {
            FakeDatabase.Table table = table(words[words.length - 1]);
            return FakeResult.rows(database, table.schema(), table.rows());
        }
        if (String.join(" ", words).contains("information_schema")) {
            return FakeCatalog.answer(database, String.join(" ", words), parameters);
        }
        Value value = Value.of(Long.parseLong(words[1]));
        return FakeResult.rows(
                database,
                Schema.of(new Field("one", Type.INTEGER, false)),
                List.of(List.of(value)));
    }

    private FakeDatabase.Table table(String name) {
        FakeDatabase.Table table = database.table(name.replace("\"", ""));
        if (table == null) {
            throw new BasaltException(ErrorCode.UNDEFINED_TABLE, "no table is called " + name);
        }
        return table;
    }

    private Result waitResult() {
        Schema none = Schema.of(new Field("never", Type.INTEGER, true));
        return new FakeResult(database, none, -1) {
            @Override
            public Batch next() {
                try {
                    waiting.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                throw new BasaltException(ErrorCode.QUERY_CANCELED, "cancelled");
            }
        };
    }

    @Override
    public long executeAll(String sql, List<List<Parameter>> executions, String token) {
        long changed = 0;
        for (List<Parameter> parameters : executions) {
            try (Result result = execute(sql, parameters)) {
                changed += Math.max(0, result.updateCount());
            }
        }
        return changed;
    }

    @Override
    public <R> R during(Map<String, String> settings, Supplier<R> work) {
        return work.get();
    }

    @Override
    public BulkInsert insert(String schema, String table, List<String> columns, String token) {
        FakeDatabase.Table target = table(table);
        List<Field> fields = new ArrayList<>();
        for (String column : columns) {
            int index = target.schema().indexOf(column);
            if (index < 0) {
                throw new BasaltException(
                        ErrorCode.UNDEFINED_COLUMN, "table " + table + " has no column " + column);
            }
            fields.add(target.schema().field(index));
        }
        return new FakeInsert(database, target, new Schema(fields));
    }

    /// Knows `INSERT INTO table VALUES (?, …)`.
    @Override
    public @Nullable BulkInsert insert(String sql, int parameterCount, String token) {
        String[] words = sql.trim().split("\\s+");
        if (!words[0].equalsIgnoreCase("INSERT")) {
            return null;
        }
        FakeDatabase.Table target = table(words[2]);
        return target.schema().size() == parameterCount
                ? new FakeInsert(database, target, target.schema())
                : null;
    }

    /// The text itself, as a keyword at the cursor.
    @Override
    public Result complete(String text, int cursor) {
        Schema schema =
                Schema.of(
                        new Field("text", Type.TEXT, false),
                        new Field("kind", Type.TEXT, false),
                        new Field("start", Type.INTEGER, false));
        List<Value> row = List.of(Value.of(text), Value.of("keyword"), Value.of(cursor));
        return FakeResult.rows(database, schema, List.of(row));
    }

    @Override
    public void cancel() {
        isCancelled = true;
        waiting.countDown();
    }

    boolean isCancelled() {
        return isCancelled;
    }

    /// Rows as many as the times that somebody asked.
    @Override
    public QueryProgress progress() {
        return new QueryProgress(asked.incrementAndGet(), 8L * asked.get(), 1_000_000);
    }

    @Override
    public String timeZone() {
        return "UTC";
    }

    @Override
    public String currentSchema() {
        return schema;
    }

    @Override
    public void close() {
        database.openSessions.decrementAndGet();
    }

    private final class FakePrepared implements Prepared {
        private final String sql;

        FakePrepared(String sql) {
            this.sql = sql;
        }

        @Override
        public Schema result() {
            String word = sql.trim().split("\\s+")[0].toUpperCase(Locale.ROOT);
            if (word.equals("UPDATE") || word.equals("INSERT")) {
                return new Schema(List.of());
            }
            try (Result result = execute(sql)) {
                return result.schema();
            }
        }

        @Override
        public List<Field> parameters() {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < sql.length(); i++) {
                if (sql.charAt(i) == '?') {
                    fields.add(new Field("p" + fields.size(), Type.BIGINT, true));
                }
            }
            return fields;
        }

        @Override
        public Result execute(List<Parameter> parameters) {
            if (parameters.size() != parameters().size()) {
                throw new BasaltException(
                        ErrorCode.WRONG_PARAMETER_COUNT,
                        "the statement has %d parameters, %d were given"
                                .formatted(parameters().size(), parameters.size()));
            }
            return FakeSession.this.execute(sql, parameters);
        }

        private Result execute(String text) {
            return FakeSession.this.execute(text, List.of());
        }

        @Override
        public void close() {}
    }
}
