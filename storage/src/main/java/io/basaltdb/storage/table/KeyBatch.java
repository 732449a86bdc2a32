package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.KeyHash;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Primary keys of some rows that stand one after the other.
///
/// @param columns of the key, in its order, flat
/// @param from lane of the first key
/// @param hashes one per key
record KeyBatch(List<Vector> columns, int from, long[] hashes) {
    /// The positions of the primary key's columns among the table's.
    static int[] positions(TableDefinition table) {
        return table.primaryKey().stream().mapToInt(table::positionOf).toArray();
    }

    /// The keys of a chunk's rows, those from lane `from` on before lane `to`.
    static KeyBatch of(Chunk chunk, int[] positions, int from, int to) {
        List<Vector> columns = new ArrayList<>(positions.length);
        for (int position : positions) {
            columns.add(chunk.columns()[position].vector(to));
        }
        return new KeyBatch(columns, from, KeyHash.of(columns, from, to - from));
    }

    /// The keys of whole flat columns.
    static KeyBatch of(List<Vector> columns, int count) {
        return new KeyBatch(columns, 0, KeyHash.of(columns, 0, count));
    }

    int count() {
        return hashes.length;
    }

    /// Whether a key is that of a lane of other columns of the same types.
    boolean equals(int index, List<Vector> others, int lane) {
        boolean equal = true;
        for (int c = 0; c < columns.size() && equal; c++) {
            equal = KeyOrder.compare(columns.get(c), from + index, others.get(c), lane) == 0;
        }
        return equal;
    }

    Value value(int column, int index) {
        return VectorValues.value(columns.get(column), from + index);
    }

    /// UNIQUE_VIOLATION for a key of this batch.
    BasaltException duplicate(TableDefinition table, int index) {
        return new BasaltException(
                ErrorCode.UNIQUE_VIOLATION,
                "the primary key of "
                        + table.qualifiedName()
                        + " must be unique, but there is a row with "
                        + describe(table, index)
                        + " already; use ON CONFLICT to say what becomes of it");
    }

    /// `(id, day) = (5, 2026-11-22)`, for messages.
    String describe(TableDefinition table, int index) {
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int c = 0; c < columns.size(); c++) {
            var column = table.columns().get(table.positionOf(table.primaryKey().get(c)));
            names.append(c == 0 ? "" : ", ").append(column.name());
            values.append(c == 0 ? "" : ", ").append(KeyText.of(value(c, index), column.type()));
        }
        return "(" + names + ") = (" + values + ")";
    }
}
