package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.PartCursor;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks that no two live rows of a table have the same primary key, by the hashes of all keys: so many at a time as fit into some memory.
final class KeyCheck {
    private static final int HASHES_AT_ONCE = 1 << 24;

    private final TableState table;
    private final TableDefinition definition;
    private final int[] positions;

    private KeyCheck(TableState table) {
        this.table = table;
        this.definition = table.definition();
        this.positions = KeyBatch.positions(definition);
    }

    /// Gets the keys of live rows.
    private interface Visitor {
        void visit(KeyBatch keys, int index);
    }

    static void check(TableState table, List<String> problems) {
        if (!table.definition().primaryKey().isEmpty()) {
            int passes = Math.toIntExact(table.rowCount() / HASHES_AT_ONCE + 1);
            for (int pass = 0; pass < passes; pass++) {
                new KeyCheck(table).check(pass, passes, problems);
            }
        }
    }

    private void check(int pass, int passes, List<String> problems) {
        Set<Long> repeated = repeated(pass, passes);
        if (repeated.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        visit((keys, index) -> {
            if (repeated.contains(keys.hashes()[index])) {
                String key = keys.describe(definition, index);
                if (!seen.add(key)) {
                    problems.add("more than one row has the primary key " + key);
                }
            }
        });
    }

    /// The hashes that come more than once, of those of that pass.
    private Set<Long> repeated(int pass, int passes) {
        long[][] hashes = {new long[1024]};
        int[] count = {0};
        visit((keys, index) -> {
            long hash = keys.hashes()[index];
            if (Long.remainderUnsigned(hash, passes) == pass) {
                if (count[0] == hashes[0].length) {
                    hashes[0] = Arrays.copyOf(hashes[0], 2 * count[0]);
                }
                hashes[0][count[0]++] = hash;
            }
        });
        Arrays.sort(hashes[0], 0, count[0]);
        Set<Long> repeated = new HashSet<>();
        for (int i = 1; i < count[0]; i++) {
            if (hashes[0][i] == hashes[0][i - 1]) {
                repeated.add(hashes[0][i]);
            }
        }
        return repeated;
    }

    private void visit(Visitor visitor) {
        DeltaView delta = table.delta();
        for (int c = 0; c < delta.chunkCount(); c++) {
            Chunk chunk = delta.chunks()[c];
            KeyBatch keys = KeyBatch.of(chunk, positions, 0, delta.rows(c));
            for (int i = 0; i < keys.count(); i++) {
                if (delta.death(chunk.firstSequence() + i) == 0) {
                    visitor.visit(keys, i);
                }
            }
        }
        for (PartState part : table.parts().all()) {
            visitPart(part, visitor);
        }
    }

    private void visitPart(PartState part, Visitor visitor) {
        try (PartPin pin = part.handle().pin();
                PartCursor cursor = pin.reader().cursor(definition.primaryKey())) {
            PartReader reader = pin.reader();
            int row = 0;
            for (int g = 0; g < reader.granuleCount(); g++) {
                cursor.seek(g);
                List<Vector> columns = new ArrayList<>();
                for (int id : definition.primaryKey()) {
                    columns.add(FlatVectors.flat(cursor.read(id, null)));
                }
                KeyBatch keys = KeyBatch.of(columns, reader.rowCount(g));
                for (int i = 0; i < keys.count(); i++, row++) {
                    if (!part.deaths().all().contains(row)) {
                        visitor.visit(keys, i);
                    }
                }
            }
        }
    }
}
