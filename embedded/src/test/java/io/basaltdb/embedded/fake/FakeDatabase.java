package io.basaltdb.embedded.fake;

import io.basaltdb.embedded.process.DatabaseOpener;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A database for tests of the wire: it knows no SQL, only a few commands (see [FakeSession]), and
/// keeps tables as lists of rows. It counts what is open, so that tests see leaks.
public final class FakeDatabase implements DatabaseOpener.OpenDatabase {
    /// A table and its rows.
    public record Table(Schema schema, List<List<Value>> rows) {}

    private final Map<String, Table> tables = new ConcurrentHashMap<>();
    final AtomicInteger openSessions = new AtomicInteger();
    final AtomicInteger openResults = new AtomicInteger();
    final AtomicInteger commits = new AtomicInteger();
    private volatile boolean isClosed;

    /// Adds a table with a column `c0`, `c1`, … for each type.
    public FakeDatabase withTable(String name, Type... types) {
        List<io.basaltdb.storage.type.Field> fields = new java.util.ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            fields.add(new io.basaltdb.storage.type.Field("c" + i, types[i], true));
        }
        tables.put(name, new Table(new Schema(fields), new CopyOnWriteArrayList<>()));
        return this;
    }

    public Table table(String name) {
        return tables.get(name.toLowerCase(Locale.ROOT));
    }

    Map<String, Table> tables() {
        return tables;
    }

    @Override
    public Session open(Map<String, String> attributes) {
        return new FakeSession(this, attributes);
    }

    @Override
    public long activity() {
        return commits.get();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    public boolean isClosed() {
        return isClosed;
    }

    public int openSessions() {
        return openSessions.get();
    }

    public int openResults() {
        return openResults.get();
    }

    /// How many inserts have taken effect.
    public int commits() {
        return commits.get();
    }
}
