package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.PartCursor;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where the live rows with some keys stand, as one transaction sees them: in its own rows, in the delta, or in a part.
final class KeyMatches {
    static final int NONE = -1;
    static final int OWN_ROWS = 0;
    static final int DELTA = 1;
    private static final int FIRST_PART = 2;

    private final TableDefinition table;
    private final KeyBatch keys;
    private final boolean[] isKnown;
    private final DeltaView ownRows;
    private final DeltaView delta;
    private final List<PartState> parts;
    private final int[] sources;
    private final int[] rows;

    KeyMatches(
            TableDefinition table,
            DeltaView ownRows,
            DeltaView delta,
            List<PartState> parts,
            KeyBatch keys) {
        this.table = table;
        this.keys = keys;
        this.isKnown = knownColumns(table);
        this.ownRows = ownRows;
        this.delta = delta;
        this.parts = parts;
        this.sources = new int[keys.count()];
        Arrays.fill(sources, NONE);
        this.rows = new int[keys.count()];
    }

    /// By position, whether a row's value is that of the key that found it. Doubles may be equal and yet differ, as −0.0 and 0.0.
    private static boolean[] knownColumns(TableDefinition table) {
        boolean[] isKnown = new boolean[table.columns().size()];
        for (int position : KeyBatch.positions(table)) {
            isKnown[position] = table.columns().get(position).type().physical() != Physical.DOUBLE;
        }
        return isKnown;
    }

    void set(int index, int source, int row) {
        sources[index] = source;
        rows[index] = row;
    }

    void setInPart(int index, int part, int row) {
        set(index, FIRST_PART + part, row);
    }

    /// Greater than any [#source].
    int sourceCount() {
        return FIRST_PART + parts.size();
    }

    boolean isFound(int index) {
        return sources[index] != NONE;
    }

    int source(int index) {
        return sources[index];
    }

    /// Number of the row in its source.
    int row(int index) {
        return rows[index];
    }

    PartState part(int source) {
        return parts.get(source - FIRST_PART);
    }

    static boolean isPart(int source) {
        return source >= FIRST_PART;
    }

    /// The rows that were found for the first `count` of those keys, in that order: all columns, flat.
    List<Vector> read(int[] indexes, int count) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] =
                    (long) sources[indexes[i]] << 44
                            | (long) rows[indexes[i]] << 12
                            | i; // a chunk has at most 4,096
        }
        Arrays.sort(order);
        RowStore read = new RowStore(DatabaseState.types(table), false, 0);
        int from = 0;
        while (from < count) {
            int source = (int) (order[from] >>> 44);
            int end = from;
            while (end < count && (int) (order[end] >>> 44) == source) {
                end++;
            }
            if (isPart(source)) {
                try (PartPin pin = part(source).handle().pin()) {
                    readPart(pin.reader(), order, from, end, read);
                }
            } else {
                readMemory(source == OWN_ROWS ? ownRows : delta, order, from, end, read);
            }
            from = end;
        }
        return inOrder(read.view(), order, indexes);
    }

    private static int row(long place) {
        return (int) (place >>> 12);
    }

    private void readMemory(DeltaView view, long[] order, int from, int end, RowStore target) {
        for (int i = from; i < end; i++) {
            long sequence = view.firstSequence() + row(order[i]);
            Chunk chunk = view.chunks()[view.chunkOf(sequence)];
            int lane = (int) (sequence - chunk.firstSequence());
            target.append(chunk.vectors(lane + 1), lane + 1, new Selection(new int[] {lane}, 1), 0);
        }
    }

    private void readPart(PartReader part, long[] order, int from, int end, RowStore target) {
        int rowsPerGranule = part.description().rowsPerGranule();
        List<Integer> ids = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            if (isRead(c, part)) {
                ids.add(table.columns().get(c).id());
            }
        }
        int[] lanes = new int[end - from];
        try (PartCursor cursor = part.cursor(ids)) {
            int at = from;
            while (at < end) {
                int granule = row(order[at]) / rowsPerGranule;
                int count = 0;
                while (at < end && row(order[at]) / rowsPerGranule == granule) {
                    lanes[count++] = row(order[at++]) - granule * rowsPerGranule;
                }
                cursor.seek(granule);
                Selection wanted = new Selection(lanes, count);
                List<Vector> columns = new ArrayList<>();
                for (int c = 0; c < table.columns().size(); c++) {
                    ColumnDefinition column = table.columns().get(c);
                    Vector stored =
                            isRead(c, part)
                                    ? FlatVectors.as(
                                            cursor.read(column.id(), wanted), column.type())
                                    : new ConstantVector(
                                            column.type(),
                                            part.rowCount(granule),
                                            column.initial());
                    columns.add(FlatVectors.picked(stored, lanes, count));
                }
                target.append(columns, count, null, 0);
            }
        }
    }

    private Vector ofKeys(int position, int[] indexes, int count) {
        int[] lanes = new int[count];
        for (int i = 0; i < count; i++) {
            lanes[i] = keys.from() + indexes[i];
        }
        int place = table.primaryKey().indexOf(table.columns().get(position).id());
        return FlatVectors.picked(keys.columns().get(place), lanes, count);
    }

    private boolean isRead(int position, PartReader part) {
        return !isKnown[position] && part.hasColumn(table.columns().get(position).id());
    }

    /// The rows as they were asked for: the i-th row that was read answers for the key in the low bits of the i-th place.
    private List<Vector> inOrder(DeltaView read, long[] order, int[] indexes) {
        int[] places = new int[order.length];
        int[] all = SortOrder.all(read);
        for (int i = 0; i < order.length; i++) {
            places[(int) order[i] & 0xfff] = all[i];
        }
        List<Vector> columns = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            if (isKnown[c]) {
                columns.add(ofKeys(c, indexes, order.length));
                continue;
            }
            Vector[] chunks = new Vector[read.chunkCount()];
            for (int k = 0; k < chunks.length; k++) {
                chunks[k] = read.chunks()[k].columns()[c].vector(read.rows(k));
            }
            columns.add(
                    Gather.rows(table.columns().get(c).type(), chunks, places, 0, places.length));
        }
        return columns;
    }
}
