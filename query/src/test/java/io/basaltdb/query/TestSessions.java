package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// An engine on a disk of the test's choice, and what its sessions say, as text.
public final class TestSessions implements AutoCloseable {
    private final Database database;
    private final Engine engine;
    private final List<Client> clients = new ArrayList<>();

    /// With an empty database in memory.
    static TestSessions inMemory() {
        return inMemory(DatabaseOptions.defaults());
    }

    static TestSessions inMemory(DatabaseOptions options) {
        return new TestSessions(new MemoryDisk("the test", 1L << 29), options);
    }

    public TestSessions(Disk disk, DatabaseOptions options) {
        this(disk, new SystemClock(), options);
    }

    TestSessions(Disk disk, Clock clock, DatabaseOptions options) {
        this(disk, clock, options, EngineOptions.ofHeapShare(0.2));
    }

    TestSessions(Disk disk, Clock clock, DatabaseOptions options, EngineOptions engineOptions) {
        database = Database.open(disk, clock, options);
        engine =
                Engine.open(
                        database,
                        clock,
                        engineOptions,
                        new FileFormats(new LocalUserFiles(), List.of()));
    }

    public Client client() {
        Client client = new Client(engine.session("test"));
        clients.add(client);
        return client;
    }

    /// Carries all background work out, in a database without threads.
    public void settle() {
        while (database.backgroundStep()) {
            // until nothing is left
        }
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        clients.forEach(client -> client.session.close());
        engine.close();
        database.close();
    }

    /// One session.
    public static final class Client {
        private final Session session;

        private Client(Session session) {
            this.session = session;
        }

        Session session() {
            return session;
        }

        public long run(String sql, Session.Parameter... parameters) {
            try (Result result = session.execute(sql, List.of(parameters))) {
                return result.updateCount();
            }
        }

        /// The rows as lines, values between bars.
        public List<String> rows(String sql, Session.Parameter... parameters) {
            try (Result result = session.execute(sql, List.of(parameters))) {
                return lines(result);
            }
        }

        /// SQLSTATE of the error that the statement must raise.
        String refusal(String sql) {
            return assertThrows(BasaltException.class, () -> rows(sql)).code().sqlState();
        }
    }

    static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        Batch batch = result.next();
        while (batch != null) {
            for (int i = 0; i < batch.rowCount(); i++) {
                int lane = batch.selection() == null ? i : batch.selection().rows()[i];
                List<String> texts = new ArrayList<>();
                for (Vector column : batch.columns()) {
                    Value value = Lanes.value(column, lane);
                    texts.add(
                            value.isNull()
                                    ? "NULL"
                                    : ValueText.format(value, column.type(), ZoneOffset.UTC));
                }
                lines.add(String.join("|", texts));
            }
            batch = result.next();
        }
        return lines;
    }
}
