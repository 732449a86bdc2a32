package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.part.PartCheck;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.part.PartSummary;
import java.util.ArrayList;
import java.util.List;

/// Walks everything that a state names: parts, their dead rows, the counts that go with them, and whether primary keys are
/// unique.
public final class StateCheck {
    private StateCheck() {}

    /// What is wrong, one line each.
    public static List<String> problems(DatabaseState state, Disk disk) {
        List<String> problems = new ArrayList<>();
        for (TableState table : state.registry().current().tables().all()) {
            String name = table.definition().qualifiedName();
            for (PartState part : table.parts().all()) {
                checkFile(name, part, disk, problems);
                checkDeaths(name, part, problems);
            }
            if (problems.isEmpty()) {
                KeyCheck.check(table, problems);
            }
        }
        return problems;
    }

    private static void checkFile(String table, PartState part, Disk disk, List<String> problems) {
        PartSummary expected = part.summary();
        try (PartReader reader = PartReader.open(PartHandle.file(disk, part.id()), part.id())) {
            for (String problem : PartCheck.problems(disk, part.id().path(), null)) {
                problems.add("table " + table + ": " + problem);
            }
            PartSummary found = reader.summary();
            if (found.checksum() != expected.checksum()
                    || found.rowCount() != expected.rowCount()
                    || found.sizeBytes() != expected.sizeBytes()
                    || !found.partition().equals(expected.partition())) {
                problems.add(
                        "table "
                                + table
                                + ", part "
                                + part.id()
                                + ": the file is not the one that was written: "
                                + found.rowCount()
                                + " rows in "
                                + found.sizeBytes()
                                + " bytes, expected "
                                + expected.rowCount()
                                + " in "
                                + expected.sizeBytes());
            }
        } catch (BasaltException damage) {
            problems.add("table " + table + ": " + damage.text());
        }
    }

    private static void checkDeaths(String table, PartState part, List<String> problems) {
        DeathList deaths = part.deaths();
        if (deaths.all().cardinality() != deaths.deadCount()) {
            problems.add(
                    "table "
                            + table
                            + ", part "
                            + part.id()
                            + ": "
                            + deaths.deadCount()
                            + " rows are said to be dead, "
                            + deaths.all().cardinality()
                            + " are");
        }
        for (int row : deaths.all().toRows()) {
            if (Integer.toUnsignedLong(row) >= part.summary().rowCount()) {
                problems.add(
                        "table "
                                + table
                                + ", part "
                                + part.id()
                                + ": row "
                                + row
                                + " is dead, but there are only "
                                + part.summary().rowCount());
            }
        }
    }
}
