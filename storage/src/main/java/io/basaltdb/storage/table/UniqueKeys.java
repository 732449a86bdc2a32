package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.PartCursor;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Checks that the keys of a transaction's own rows are those of no other row that it sees. Works under the lock of the staged rows.
final class UniqueKeys {
    private final StagedRows table;
    private final TableDefinition definition;

    UniqueKeys(StagedRows table) {
        this.table = table;
        this.definition = table.definition();
    }

    /// Checks the rows in memory from that one on.
    void rowsFrom(int first) {
        DeltaView rows = table.rows().view();
        KeyMap map = rows.keys();
        if (map == null || first >= rows.rowCount()) {
            return;
        }
        int[] positions = KeyBatch.positions(definition);
        for (int c = rows.chunkOf(first); c < rows.chunkCount(); c++) {
            Chunk chunk = rows.chunks()[c];
            int from = (int) Math.max(0, first - chunk.firstSequence());
            KeyBatch keys = KeyBatch.of(chunk, positions, from, rows.rows(c));
            chunk(keys, (int) chunk.firstSequence() + from, map);
        }
    }

    private void chunk(KeyBatch keys, int firstRow, KeyMap map) {
        int[] live = new int[keys.count()];
        int count = 0;
        for (int i = 0; i < live.length; i++) {
            int row = firstRow + i;
            if (!table.isDeadInRows(row)) {
                live[count++] = i;
                if (hasEarlier(row, map)) {
                    throw keys.duplicate(definition, i);
                }
            }
        }
        KeyMatches others = new KeySearch(table, keys, false).findBeside(live, count);
        refuse(keys, others);
    }

    private boolean hasEarlier(int row, KeyMap map) {
        long other = map.earlier(row);
        while (other >= 0 && table.isDeadInRows((int) other)) {
            other = map.earlier(other);
        }
        if (other < 0) {
            map.forgetEarlier(row);
        }
        return other >= 0;
    }

    private void refuse(KeyBatch keys, KeyMatches others) {
        for (int i = 0; i < keys.count(); i++) {
            if (others.isFound(i)) {
                throw keys.duplicate(definition, i);
            }
        }
    }

    /// Checks the own parts from that one on.
    void partsFrom(int first) {
        for (PartState part : table.ownParts().subList(first, table.ownParts().size())) {
            try (PartPin pin = part.handle().pin();
                    PartCursor cursor = pin.reader().cursor(definition.primaryKey())) {
                PartReader reader = pin.reader();
                int firstRow = 0;
                for (int g = 0; g < reader.granuleCount(); g++) {
                    cursor.seek(g);
                    KeyBatch keys = read(cursor, reader.rowCount(g));
                    refuse(keys, new KeySearch(table, keys, false).findOthers(part, firstRow));
                    firstRow += keys.count();
                }
            }
        }
    }

    private KeyBatch read(PartCursor cursor, int rowCount) {
        List<Vector> columns = new ArrayList<>();
        for (int id : definition.primaryKey()) {
            columns.add(FlatVectors.flat(cursor.read(id, null)));
        }
        return KeyBatch.of(columns, rowCount);
    }
}
