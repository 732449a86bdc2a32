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
        List<String> lines = new ArrayList<>();
        for (TableState table : state.registry().current().tables().all()) {
            for (Quarantine.Problem problem : problems(table, disk)) {
                lines.add("table " + table.definition().qualifiedName() + ": " + problem.problem());
            }
        }
        checkDeltaBytes(state, lines);
        return lines;
    }

    /// The limits of memory stand on this sum.
    private static void checkDeltaBytes(DatabaseState state, List<String> problems) {
        long bytes = 0;
        for (TableState table : state.registry().current().tables().all()) {
            bytes += table.delta().sizeBytes();
        }
        if (bytes != state.deltaBytes()) {
            problems.add("the deltas hold " + bytes + " bytes, but count as " + state.deltaBytes());
        }
    }

    /// What is wrong with one table; its keys are compared only where no part is broken.
    static List<Quarantine.Problem> problems(TableState table, Disk disk) {
        List<Quarantine.Problem> problems = new ArrayList<>();
        for (PartState part : table.allParts()) {
            problems.addAll(problems(part, disk));
        }
        if (problems.isEmpty()) {
            List<String> keys = new ArrayList<>();
            KeyCheck.check(table, keys);
            keys.forEach(key -> problems.add(new Quarantine.Problem("", key)));
        }
        return problems;
    }

    /// What is wrong with one part, whose file is read anew. It is known to be broken from then on.
    static List<Quarantine.Problem> problems(PartState part, Disk disk) {
        List<String> found = new ArrayList<>();
        checkFile(part, disk, found);
        checkDeaths(part, found);
        if (!found.isEmpty()) {
            part.handle().broken(found.getFirst());
        }
        String name = part.id().toString();
        return found.stream().map(problem -> new Quarantine.Problem(name, problem)).toList();
    }

    private static void checkFile(PartState part, Disk disk, List<String> problems) {
        PartSummary expected = part.summary();
        try (PartReader reader = PartReader.open(PartHandle.file(disk, part.id()), part.id())) {
            problems.addAll(PartCheck.problems(disk, part.id().path(), null));
            PartSummary found = reader.summary();
            if (found.checksum() != expected.checksum()
                    || found.rowCount() != expected.rowCount()
                    || found.sizeBytes() != expected.sizeBytes()
                    || !found.partition().equals(expected.partition())) {
                problems.add(
                        "part "
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
            problems.add(damage.text());
        }
    }

    private static void checkDeaths(PartState part, List<String> problems) {
        DeathList deaths = part.deaths();
        if (deaths.all().cardinality() != deaths.deadCount()) {
            problems.add(
                    "part "
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
                        "part "
                                + part.id()
                                + ": row "
                                + row
                                + " is dead, but there are only "
                                + part.summary().rowCount());
            }
        }
    }
}
