package io.basaltdb.benchmarks.answers;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.JdbcInsert;
import io.basaltdb.benchmarks.engine.SteppedDatabase;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.MemoryDisk;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledIf;

/// Basalt with the same rows in many overlapping parts and a delta, in parts alone, partly merged and merged.
///
/// `-Dtest.seed=N` replays the order of background work.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class BasaltSameBitsTest extends SameBitsTest {
    private static final long DISK_BYTES = 1L << 32;
    private static final long MEBIBYTE = 1L << 20;

    /// Inserts that take turns at a table's rows, so that the parts of each cover the whole sort key.
    private static final int INSERTERS = 7;

    private static final int COMMITS = 130;
    private static final int SEALS = 10;
    private static final int NEVER_MERGE = 1000;
    private static final long SMALL_PART_BYTES = 1 << 16;

    private final long seed = Long.getLong("test.seed", System.nanoTime());

    /// One for all databases of a test: it also names the parts, and a name is given once.
    private final SplittableRandom random = new SplittableRandom(seed);

    @Override
    void visitStates(DataSet data, long rows, Visitor visitor) throws SQLException {
        System.out.println("seed " + seed);
        Disk disk = new MemoryDisk("same bits", DISK_BYTES);
        try (SteppedDatabase database = open(disk, (int) rows / SEALS, NEVER_MERGE, DISK_BYTES)) {
            load(database, data, (int) rows / COMMITS);
            visit("as inserted", database, visitor);
        }
        try (SteppedDatabase database = open(disk, 1, NEVER_MERGE, DISK_BYTES)) {
            stepAll(database);
            visit("sealed", database, visitor);
        }
        try (SteppedDatabase database = openPartlyMerged(disk)) {
            visit("partly merged", database, visitor);
        }
        try (SteppedDatabase database = open(disk, 1, 2, DISK_BYTES)) {
            stepAll(database);
            visit("merged", database, visitor);
        }
    }

    /// Merges, with ever larger parts allowed, until two parts have become one.
    private SteppedDatabase openPartlyMerged(Disk disk) throws SQLException {
        for (long partBytes = SMALL_PART_BYTES; ; partBytes *= 2) {
            SteppedDatabase database = open(disk, 1, 2, partBytes);
            long before = partCount(database);
            stepAll(database);
            if (partCount(database) < before || partBytes > DISK_BYTES) {
                return database;
            }
            database.close();
        }
    }

    private SteppedDatabase open(Disk disk, int sealRows, int mergeFanIn, long partBytes) {
        return new SteppedDatabase(
                disk,
                DatabaseOptions.defaults()
                        .withManualSteps(random)
                        .withDurable(false)
                        .withSeal(64 * MEBIBYTE, sealRows)
                        .withMerge(partBytes, mergeFanIn));
    }

    private static void visit(String state, SteppedDatabase database, Visitor visitor)
            throws SQLException {
        String name = state + " (" + partCount(database) + " parts)";
        for (int workers = 1; workers <= 2; workers++) {
            try (Connection connection = database.connect(workers)) {
                visitor.visit(name, workers, connection);
            }
        }
    }

    private static void stepAll(SteppedDatabase database) {
        while (database.step()) {
            // until nothing is left to do
        }
    }

    private static long partCount(SteppedDatabase database) throws SQLException {
        try (Connection connection = database.connect(1);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM system.parts")) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void load(SteppedDatabase database, DataSet data, int rowsPerCommit)
            throws SQLException {
        try (Connection connection = database.connect(1)) {
            for (TableSource table : data.tables()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(table.definition().sortedCreateStatement());
                }
                List<JdbcInsert> inserts = new ArrayList<>();
                for (int i = 0; i < INSERTERS; i++) {
                    inserts.add(new JdbcInsert(connection, table.definition(), rowsPerCommit));
                }
                load(database, table, inserts);
                for (JdbcInsert insert : inserts) {
                    insert.flush();
                    insert.close();
                }
            }
        }
    }

    private static void load(
            SteppedDatabase database, TableSource table, List<JdbcInsert> inserts) {
        RowBatch.Target target =
                batch -> {
                    for (int i = 0; i < INSERTERS; i++) {
                        inserts.get(i).addEvery(batch, i, INSERTERS);
                    }
                    stepAll(database);
                };
        for (int piece = 0; piece < table.pieceCount(); piece++) {
            table.produce(piece, target);
        }
    }
}
