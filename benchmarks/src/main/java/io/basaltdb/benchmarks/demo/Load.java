package io.basaltdb.benchmarks.demo;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.ColumnType;
import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.tpch.TpchDataSet;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Fills the database: flights from files, TPC-H from its generator, straight into column batches.
final class Load {
    static final String FLIGHTS = "flights.parquet";
    private static final String AIRPORTS = "airports.csv";
    private static final long FLIGHT_COUNT = 508_239;

    private final DemoDatabase database;
    private final PrintWriter out;
    private final boolean atTerminal;

    Load(DemoDatabase database, PrintWriter out, boolean atTerminal) {
        this.database = database;
        this.out = out;
        this.atTerminal = atTerminal;
    }

    void run(Path files, double scale) throws SQLException, InterruptedException {
        copy(
                "airports",
                files.resolve(AIRPORTS),
                3_376,
                """
                CREATE TABLE airports (iata TEXT NOT NULL, name TEXT, city TEXT, state TEXT,
                    country TEXT, latitude DOUBLE, longitude DOUBLE) ORDER BY (iata)\
                """);
        copy(
                "flights",
                files.resolve(FLIGHTS),
                FLIGHT_COUNT,
                """
                CREATE TABLE flights (departure TIMESTAMP NOT NULL, delay SMALLINT,
                    distance SMALLINT, origin TEXT, destination TEXT) ORDER BY (departure)\
                """);
        for (TableSource table : TpchDataSet.ofScale(scale).tables()) {
            generate(table, scale);
        }
        database.execute(
                """
                CREATE TABLE departures (at TIMESTAMP NOT NULL, origin TEXT NOT NULL,
                    delay INTEGER NOT NULL, ticket BIGINT NOT NULL) ORDER BY (at)\
                """);
        database.execute("CREATE TABLE demo_state (scale DOUBLE NOT NULL)");
        database.execute("INSERT INTO demo_state VALUES (" + scale + ")");
    }

    private void copy(String table, Path file, long expected, String definition)
            throws SQLException {
        Progress progress = new Progress(out, atTerminal, table, expected);
        database.execute(definition);
        try (Statement statement = database.connection().createStatement()) {
            String path = file.toString().replace("'", "''");
            progress.add(
                    statement.executeLargeUpdate(
                            "INSERT INTO " + table + " SELECT * FROM '" + path + "'"));
        }
        progress.finish();
    }

    /// Pieces are generated and inserted by as many threads as there are cores, each with a session of its own.
    private void generate(TableSource table, double scale)
            throws SQLException, InterruptedException {
        String name = table.definition().name();
        database.execute(table.definition().sortedCreateStatement());
        Progress progress = new Progress(out, atTerminal, name, expectedRows(name, scale));
        int threads = Math.min(table.pieceCount(), Runtime.getRuntime().availableProcessors());
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> pieces = new ArrayList<>();
            for (int piece = 0; piece < table.pieceCount(); piece++) {
                int number = piece;
                pieces.add(workers.submit(() -> insert(table, number, progress)));
            }
            for (Future<?> piece : pieces) {
                await(piece);
            }
        }
        progress.finish();
    }

    private static void await(Future<?> piece) throws InterruptedException, SQLException {
        try {
            piece.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new SQLException("the load failed: " + e.getCause(), e);
        }
    }

    private void insert(TableSource table, int piece, Progress progress) {
        List<ColumnDefinition> columns = table.definition().columns();
        List<String> names = columns.stream().map(ColumnDefinition::name).toList();
        try (Session session = database.session();
                Session.BulkInsert insert =
                        session.insert(session.currentSchema(), table.definition().name(), names)) {
            Schema types = insert.columns();
            table.produce(
                    piece,
                    rows -> {
                        insert.append(batch(rows, columns, types));
                        progress.add(rows.size());
                    });
            insert.commit();
        }
    }

    /// The generated columns as vectors, without a copy.
    private static Batch batch(RowBatch rows, List<ColumnDefinition> columns, Schema types) {
        List<Vector> vectors = new ArrayList<>(columns.size());
        for (int c = 0; c < columns.size(); c++) {
            vectors.add(
                    columns.get(c).type() == ColumnType.TEXT
                            ? new BytesVector(
                                    types.type(c),
                                    rows.size(),
                                    rows.texts(c).heap(),
                                    rows.texts(c).start(),
                                    rows.texts(c).length(),
                                    null)
                            : new LongVector(types.type(c), rows.size(), rows.numbers(c), null));
        }
        return new Batch(rows.size(), vectors);
    }

    private static long expectedRows(String table, double scale) {
        return switch (table) {
            case "lineitem" -> (long) (6_001_215 * scale);
            case "orders" -> (long) (1_500_000 * scale);
            case "partsupp" -> (long) (800_000 * scale);
            case "part" -> (long) (200_000 * scale);
            case "customer" -> (long) (150_000 * scale);
            case "supplier" -> (long) (10_000 * scale);
            default -> 25;
        };
    }
}
