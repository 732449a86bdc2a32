package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A new part takes no name that a part has, or had when the log still speaks of it, whatever the generator of names does.
final class DatabasePartNamesTest {
    private final SimulatedDisk disk = new SimulatedDisk();

    private Database open(RandomGenerator names) {
        return Database.open(
                disk,
                new ManualClock(),
                DatabaseOptions.defaults()
                        .withManualSteps(names)
                        .withSeal(1 << 20, 5)
                        .withMerge(1 << 24, 3));
    }

    private static void work(Database database) {
        while (database.backgroundStep()) {
            // seals, merges and purges to the end
        }
    }

    private List<String> parts() {
        return disk.files().stream().filter(path -> path.startsWith("parts/")).toList();
    }

    @Test
    void livesThatDrawTheSameNumbersNameDifferentParts() {
        TreeSet<Long> expected = new TreeSet<>();
        int table = 0;
        for (int life = 0; life < 12; life++) {
            try (Database database = open(new Random(1))) {
                table = life == 0 ? ModelDatabase.create(database, "t", false).id() : table;
                assertEquals(expected, ModelDatabase.ids(database, table));
                for (long id = life * 10L; id < life * 10L + 10; id++) {
                    ModelDatabase.insert(database, table, id);
                    expected.add(id);
                }
                work(database);
                assertEquals(expected, ModelDatabase.ids(database, table));
            }
            assertEquals(List.of(), DatabaseCheck.problems(disk));
        }
    }

    @Test
    void aGeneratorThatRepeatsItselfDestroysNothing() {
        try (Database database = open(() -> 42)) {
            int table = ModelDatabase.create(database, "t", false).id();
            ModelDatabase.insert(database, table, 1, 2, 3, 4, 5);
            work(database);
            assertEquals(1, parts().size());
            ModelDatabase.insert(database, table, 6, 7, 8, 9, 10);
            for (int i = 0; i < 50; i++) {
                database.backgroundStep(); // no name is left, so this cannot seal
            }
            assertEquals(1, parts().size());
            assertEquals(10, ModelDatabase.ids(database, table).size());
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    @Test
    void aStrangersFileInTheWayIsPassedBy() {
        Random sameNumbers = new Random(1);
        List<String> names = new ArrayList<>();
        try (Database database = open(new Random(1))) {
            int table = ModelDatabase.create(database, "t", false).id();
            ModelDatabase.insert(database, table, 1, 2, 3, 4, 5);
            work(database);
            names.addAll(parts());
            for (String name : names) {
                disk.delete(name);
            }
        }
        assertEquals(1, names.size());
        SimulatedDisk other = new SimulatedDisk();
        other.createDirectory("parts");
        try (Database database =
                Database.open(
                        other,
                        new ManualClock(),
                        DatabaseOptions.defaults()
                                .withManualSteps(sameNumbers)
                                .withSeal(1 << 20, 5))) {
            try (AppendWriter stranger = other.create(names.getFirst(), 0)) {
                stranger.append(new byte[] {1, 2, 3}, 0, 3);
            }
            int table = ModelDatabase.create(database, "t", false).id();
            ModelDatabase.insert(database, table, 1, 2, 3, 4, 5);
            work(database);
            assertEquals(5, ModelDatabase.ids(database, table).size());
            assertTrue(other.content(names.getFirst()).length == 3, "the file was overwritten");
        }
    }
}
