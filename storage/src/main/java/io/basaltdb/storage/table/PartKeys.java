package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.PartColumnSummary;
import io.basaltdb.storage.part.PartCursor;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.part.RowList;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds rows of a part by primary key: the part's least and greatest key, its filter in memory, then the key index or, where rows of one key stand
/// together, the sparse index; the keys of the granules that are left are read and compared. Each granule is read once for all keys.
final class PartKeys {
    /// Rows that do not count.
    interface Excluded {
        /// @param index of the key that is looked for
        boolean contains(int row, int index);
    }

    private static final int ASKED_FIRST = 64;

    private final PartHandle handle;
    private final PartReader part;
    private final TableDefinition table;
    private final KeyBatch keys;
    private final Excluded excluded;
    private final int[] found;
    // Row or granule in the high half, the key's index in the low one.
    private long[] places = new long[16];
    private int placeCount;
    private int askedCount;
    private int heldCount;
    private final boolean isNumber;
    private final long @Nullable [] firstNumbers;

    private PartKeys(
            PartHandle handle,
            PartReader part,
            TableDefinition table,
            KeyBatch keys,
            Excluded excluded,
            int[] found) {
        this.handle = handle;
        this.part = part;
        this.table = table;
        this.keys = keys;
        this.excluded = excluded;
        this.found = found;
        this.isNumber =
                keys.columns().size() == 1
                        && keys.columns().getFirst().type().physical() == Physical.LONG
                        && keys.columns().getFirst() instanceof LongVector;
        this.firstNumbers = isNumber && !part.hasRowsOfKeys() ? part.firstNumbers() : null;
    }

    /// Finds a row for each of the keys at `wanted[0 … count]`; `found` gets its number at the key's index, or keeps what it holds.
    static void find(
            PartState state,
            TableDefinition table,
            KeyBatch keys,
            int[] wanted,
            int count,
            Excluded excluded,
            int[] found) {
        LongBounds bounds = LongBounds.of(state, table);
        int first = 0;
        while (first < count && bounds != null && !bounds.contain(keys, wanted[first])) {
            first++;
        }
        if (first == count) {
            return; // the file stays closed
        }
        try (PartPin pin = state.handle().pin()) {
            PartKeys search =
                    new PartKeys(state.handle(), pin.reader(), table, keys, excluded, found);
            for (int i = first; i < count; i++) {
                if (bounds == null || bounds.contain(keys, wanted[i])) {
                    search.placeIfMayHold(wanted[i]);
                }
            }
            search.readPlaces();
        }
    }

    private void readPlaces() {
        Arrays.sort(places, 0, placeCount);
        if (placeCount > 0 && isNumber) {
            readNumbers();
        } else if (placeCount > 0) {
            read();
        }
    }

    /// The least and greatest of a part's keys, as far as their first column tells and is a number.
    private record LongBounds(long min, long max) {
        static @Nullable LongBounds of(PartState part, TableDefinition table) {
            int id = table.primaryKey().getFirst();
            PartColumnSummary column = part.summary().columns().find(id);
            return column != null
                            && column.min() instanceof Value.Whole(long min)
                            && column.max() instanceof Value.Whole(long max)
                    ? new LongBounds(min, max)
                    : null;
        }

        boolean contain(KeyBatch keys, int index) {
            if (!(keys.columns().getFirst() instanceof LongVector longs)) {
                return true;
            }
            long key = longs.values()[keys.from() + index];
            return key >= min && key <= max;
        }
    }

    /// Where most keys are in the part, its filter only costs time, and is asked no more.
    private void placeIfMayHold(int index) {
        boolean asks = askedCount < ASKED_FIRST || heldCount < askedCount * 7L / 8;
        boolean holds = !asks || part.mayHoldKey(keys.hashes()[index]);
        askedCount += asks ? 1 : 0;
        heldCount += asks && holds ? 1 : 0;
        if (holds) {
            place(index);
        }
    }

    private void place(int index) {
        if (part.hasRowsOfKeys()) {
            RowList rows = new RowList();
            part.rowsOfKey(keys.hashes()[index], rows);
            for (int i = 0; i < rows.count(); i++) {
                if (!excluded.contains(rows.get(i), index)) {
                    add(rows.get(i), index);
                }
            }
            return;
        }
        if (firstNumbers != null) {
            placeByNumber(firstNumbers, index);
            return;
        }
        List<Value> key = new ArrayList<>();
        for (int column : sorted()) {
            key.add(keys.value(column, index));
        }
        long granules = part.granulesOfKey(key);
        for (int g = (int) (granules >>> 32); g <= (int) granules; g++) {
            add(g, index);
        }
    }

    /// A key of one number: the granules whose first rows stand on either side of it.
    private void placeByNumber(long[] first, int index) {
        long key = ((LongVector) keys.columns().getFirst()).values()[keys.from() + index];
        int from = Arrays.binarySearch(first, key);
        int last = from;
        if (from < 0) {
            from = -from - 2; // the last that begins below it
            last = from;
        } else {
            while (from >= 0 && first[from] == key) {
                from--;
            }
            while (last + 1 < first.length && first[last + 1] == key) {
                last++;
            }
        }
        for (int g = Math.max(0, from); g <= Math.max(0, last); g++) {
            add(g, index);
        }
    }

    /// The key's columns in the order of the sort key.
    private int[] sorted() {
        List<Integer> sortKey = part.description().sortKey();
        int[] columns = new int[table.primaryKey().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = table.primaryKey().indexOf(sortKey.get(i));
        }
        return columns;
    }

    private void add(int place, int index) {
        if (placeCount == places.length) {
            places = Arrays.copyOf(places, 2 * placeCount);
        }
        places[placeCount++] = (long) place << 32 | index;
    }

    private void readNumbers() {
        long[] wanted = ((LongVector) keys.columns().getFirst()).values();
        boolean byRow = part.hasRowsOfKeys();
        int rowsPerGranule = part.description().rowsPerGranule();
        long[] numbers = {};
        int granule = -1;
        try (PartCursor cursor = part.cursor(table.primaryKey())) {
            for (int i = 0; i < placeCount; i++) {
                int index = (int) places[i];
                int place = (int) (places[i] >>> 32);
                int at = byRow ? place / rowsPerGranule : place;
                if (at != granule) {
                    granule = at;
                    numbers = numbers(granule, cursor);
                }
                int first = granule * rowsPerGranule;
                long key = wanted[keys.from() + index];
                if (!byRow) {
                    searchNumbers(numbers, lane(numbers, key, granule), first, index);
                } else if (numbers[place - first] == key) {
                    found[index] = place;
                }
            }
        }
    }

    private long[] numbers(int granule, PartCursor cursor) {
        long[] known = handle.keys(granule);
        if (known == null) {
            cursor.seek(granule);
            Vector column = FlatVectors.flat(cursor.read(table.primaryKey().getFirst(), null));
            known = Arrays.copyOf(((LongVector) column).values(), part.rowCount(granule));
            handle.cache().keep(handle, granule, known);
        }
        return known;
    }

    /// A lane of a sorted granule with that number, negative where there is none. Where the next granule begins, the sparse index says without a look
    /// at the granule's end.
    private int lane(long[] numbers, long key, int granule) {
        long[] first = firstNumbers;
        return first == null || granule + 1 >= first.length
                ? KeyOrder.find(numbers, key, numbers[0], numbers[numbers.length - 1])
                : KeyOrder.find(numbers, key, first[granule], first[granule + 1]);
    }

    /// Looks through the lanes of a sorted granule around one with that number.
    private void searchNumbers(long[] numbers, int some, int firstRow, int index) {
        if (some < 0) {
            return;
        }
        long key = numbers[some];
        int lane = some;
        while (lane > 0 && numbers[lane - 1] == key) {
            lane--;
        }
        for (; lane < numbers.length && numbers[lane] == key; lane++) {
            if (!excluded.contains(firstRow + lane, index)) {
                found[index] = firstRow + lane;
                return;
            }
        }
    }

    private void read() {
        boolean byRow = part.hasRowsOfKeys();
        int rowsPerGranule = part.description().rowsPerGranule();
        int[] sorted = byRow ? new int[0] : sorted();
        List<Vector> columns = List.of();
        int granule = -1;
        try (PartCursor cursor = part.cursor(table.primaryKey())) {
            for (int i = 0; i < placeCount; i++) {
                int index = (int) places[i];
                int place = (int) (places[i] >>> 32);
                int at = byRow ? place / rowsPerGranule : place;
                if (at != granule) {
                    granule = at;
                    cursor.seek(granule);
                    columns = new ArrayList<>();
                    for (int id : table.primaryKey()) {
                        columns.add(FlatVectors.flat(cursor.read(id, null)));
                    }
                }
                int first = granule * rowsPerGranule;
                if (byRow) {
                    if (keys.equals(index, columns, place - first)) {
                        found[index] = place;
                    }
                } else {
                    search(columns, sorted, part.rowCount(granule), first, index);
                }
            }
        }
    }

    /// Looks through a sorted granule.
    private void search(List<Vector> columns, int[] sorted, int rowCount, int firstRow, int index) {
        int low = 0;
        int high = rowCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(columns, sorted, middle, index) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int lane = low; lane < rowCount && keys.equals(index, columns, lane); lane++) {
            if (!excluded.contains(firstRow + lane, index)) {
                found[index] = firstRow + lane;
                return;
            }
        }
    }

    private int compare(List<Vector> columns, int[] sorted, int lane, int index) {
        int order = 0;
        for (int i = 0; i < sorted.length && order == 0; i++) {
            int c = sorted[i];
            order =
                    KeyOrder.compare(
                            columns.get(c), lane, keys.columns().get(c), keys.from() + index);
        }
        return order;
    }
}
