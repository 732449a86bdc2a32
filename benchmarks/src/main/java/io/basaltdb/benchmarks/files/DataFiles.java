package io.basaltdb.benchmarks.files;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.duckdb.DuckDBFunctions;

/// A folder of generated data sets as Parquet files; each is written at the first call that asks for it.
///
/// Files are zstd-compressed, in pieces that follow from the data alone, so that the same data set is the same rows in
/// the same files on every machine.
public final class DataFiles {
    private static final AtomicInteger FUNCTION_NUMBERS = new AtomicInteger();

    private final Path folder;
    private final int threads;

    public DataFiles(Path folder, int threads) {
        this.folder = folder;
        this.threads = threads;
    }

    /// The files of one data set, by table name.
    public record Location(Path folder) {
        /// The folder that holds the files of one table and nothing else.
        public Path table(String name) {
            return folder.resolve(name);
        }

        /// All files of one table as a glob.
        public String glob(String name) {
            return table(name).resolve("*.parquet").toString();
        }

        /// The files of one table in row order.
        public List<Path> files(String name) throws IOException {
            try (Stream<Path> files = Files.list(table(name))) {
                return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
            }
        }
    }

    /// Where the files are; writes those that are missing.
    public Location ensure(DataSet data) throws IOException, SQLException {
        Location location = new Location(folder.resolve(data.name()));
        List<Piece> missing = new ArrayList<>();
        for (TableSource table : data.tables()) {
            Files.createDirectories(location.table(table.definition().name()));
            collectMissing(location, table, missing);
        }
        if (!missing.isEmpty()) {
            write(missing);
        }
        return location;
    }

    private record Piece(TableSource table, String function, int number, Path file) {}

    private static void collectMissing(Location location, TableSource table, List<Piece> missing) {
        String function = "generated_rows_" + FUNCTION_NUMBERS.incrementAndGet();
        Path target = location.table(table.definition().name());
        for (int piece = 0; piece < table.pieceCount(); piece++) {
            Path file = target.resolve(String.format(Locale.ROOT, "%05d.parquet", piece));
            if (!Files.exists(file)) {
                missing.add(new Piece(table, function, piece, file));
            }
        }
    }

    private void write(List<Piece> pieces) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            register(connection, pieces);
            List<Future<?>> writes = new ArrayList<>();
            for (Piece piece : pieces) {
                writes.add(
                        workers.submit(() -> {
                            writePiece(connection, piece);
                            return null;
                        }));
            }
            awaitAll(writes, workers);
        }
    }

    private static void register(Connection connection, List<Piece> pieces) throws SQLException {
        String last = "";
        for (Piece piece : pieces) {
            if (!piece.function().equals(last)) {
                try (var builder = DuckDBFunctions.tableFunction()) {
                    builder.withName(piece.function())
                            .withParameter(long.class)
                            .withFunction(new GeneratedRows(piece.table()))
                            .register(connection);
                }
            }
            last = piece.function();
        }
    }

    private static void writePiece(Connection parent, Piece piece)
            throws IOException, SQLException {
        Path unfinished = piece.file().resolveSibling(piece.file().getFileName() + ".unfinished");
        String sql =
                "COPY (SELECT "
                        + GeneratedRows.selectList(piece.table().definition().columns())
                        + " FROM "
                        + piece.function()
                        + "("
                        + piece.number()
                        + ")) TO '"
                        + unfinished.toString().replace("'", "''")
                        + "' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)";
        try (Connection connection = parent.unwrap(org.duckdb.DuckDBConnection.class).duplicate();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        Files.move(unfinished, piece.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitAll(List<Future<?>> writes, ExecutorService workers)
            throws IOException, SQLException {
        try {
            for (Future<?> write : writes) {
                write.get();
            }
        } catch (ExecutionException failed) {
            workers.shutdownNow();
            switch (failed.getCause()) {
                case SQLException e -> throw e;
                case IOException e -> throw e;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        } catch (InterruptedException stopped) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IOException("stopped while writing data files", stopped);
        }
    }
}
