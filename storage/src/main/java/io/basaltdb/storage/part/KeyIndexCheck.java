package io.basaltdb.storage.part;

import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Checks that the key index finds every row of the part.
final class KeyIndexCheck {
    private KeyIndexCheck() {}

    static void check(PartReader part, List<String> problems) {
        List<Integer> key = part.description().primaryKey();
        if (key.isEmpty()) {
            return;
        }
        RowList rows = new RowList();
        try (PartCursor cursor = part.cursor(key)) {
            int row = 0;
            for (int g = 0; g < part.granuleCount(); g++) {
                cursor.seek(g);
                List<Vector> columns = new ArrayList<>();
                for (int columnId : key) {
                    columns.add(cursor.read(columnId, null));
                }
                for (long hash : KeyHash.of(columns, 0, part.rowCount(g))) {
                    if (!finds(part, hash, row, rows)) {
                        problems.add(
                                "part "
                                        + part.description().id()
                                        + ": the key index does not find row "
                                        + row);
                        return;
                    }
                    row++;
                }
            }
        }
    }

    private static boolean finds(PartReader part, long hash, int row, RowList rows) {
        if (!part.mayHoldKey(hash)) {
            return false;
        }
        if (!part.hasRowsOfKeys()) {
            return part.description().isSortedByPrimaryKey();
        }
        rows.clear();
        part.rowsOfKey(hash, rows);
        for (int i = 0; i < rows.count(); i++) {
            if (rows.get(i) == row) {
                return true;
            }
        }
        return false;
    }
}
