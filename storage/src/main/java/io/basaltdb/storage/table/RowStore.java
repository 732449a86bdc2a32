package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Rows in memory, column by column, in chunks that are granules: a table's delta, or what a transaction is about to add to it.
/// Written by one thread; read through [DeltaView]s by many, without locks.
@SuppressWarnings("ReferenceEquality") // whether a column was replaced is the question
final class RowStore {
    /// Chunks that may have any number of rows, before others must be full by half.
    private static final int MAX_SHORT_CHUNKS = 64;

    private final List<Type> types;
    private final boolean keepsBirths;
    private @Nullable KeyMap keys;
    private Chunk[] chunks = new Chunk[4];
    private int chunkCount;
    private long firstSequence;
    private long nextSequence;
    private long deadCount;
    private long sizeBytes;

    /// Whether texts that come as codes stay codes.
    private boolean keepsCodes;

    private boolean hasCodes;
    private final List<ChunkColumn[]> spare = new ArrayList<>();
    private long spareBytes;

    RowStore(List<Type> types, boolean keepsBirths, long firstSequence) {
        this.types = types;
        this.keepsBirths = keepsBirths;
        this.firstSequence = firstSequence;
        this.nextSequence = firstSequence;
    }

    /// The delta of a table.
    static RowStore delta(TableDefinition table, long firstSequence) {
        RowStore store = new RowStore(DatabaseState.types(table), true, firstSequence);
        if (!table.primaryKey().isEmpty()) {
            store.keys = new KeyMap(KeyBatch.positions(table), false);
        }
        return store;
    }

    /// Rows that are to come into a table, several of one key among them.
    static RowStore staged(TableDefinition table) {
        RowStore store = new RowStore(DatabaseState.types(table), false, 0);
        if (!table.primaryKey().isEmpty()) {
            store.keys = new KeyMap(KeyBatch.positions(table), true);
        }
        return store;
    }

    /// Rows that will be parts, whose texts stay codes where they come as codes.
    static RowStore bulk(TableDefinition table) {
        RowStore store = new RowStore(DatabaseState.types(table), false, 0);
        store.keepsCodes = true;
        return store;
    }

    /// Whether a text may be a code.
    boolean hasCodes() {
        return hasCodes;
    }

    /// The same rows under a newer definition of their table. This store must not be written any more.
    RowStore altered(TableDefinition before, TableDefinition after) {
        DeltaView view = AlteredRows.view(view(), before, after);
        RowStore store = new RowStore(DatabaseState.types(after), keepsBirths, firstSequence);
        store.keys = view.keys();
        store.chunks = view.chunks();
        store.chunkCount = chunkCount;
        store.nextSequence = nextSequence;
        store.deadCount = deadCount;
        KeyMap map = view.keys();
        store.sizeBytes = view.sizeBytes() - (map == null ? 0 : map.sizeBytes());
        return store;
    }

    boolean hasKeys() {
        return keys != null;
    }

    List<Type> types() {
        return types;
    }

    DeltaView view() {
        return new DeltaView(
                chunks, chunkCount, firstSequence, nextSequence, deadCount, sizeBytes(), keys);
    }

    long rowCount() {
        return nextSequence - firstSequence;
    }

    long nextSequence() {
        return nextSequence;
    }

    /// Bytes of all arrays.
    long sizeBytes() {
        return keys == null ? sizeBytes : sizeBytes + keys.sizeBytes();
    }

    /// Adds the selected rows, all born at that commit.
    ///
    /// @param columns of the store's types, in any form
    void append(List<Vector> columns, int size, @Nullable Selection selection, long birth) {
        Vector[] flat = new Vector[columns.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] =
                    keepsAsCodes(columns.get(i))
                            ? columns.get(i)
                            : FlatVectors.flat(columns.get(i));
        }
        appendFlat(
                flat,
                selection == null ? null : selection.rows(),
                selection == null ? size : selection.count(),
                birth);
    }

    /// Whether the vector stays as it is. A chunk has codes into one dictionary: where too many chunks would end early, all texts are written out.
    private boolean keepsAsCodes(Vector column) {
        boolean codes =
                keepsCodes
                        && column instanceof DictionaryVector coded
                        && coded.dictionary().values() instanceof BytesVector
                        && chunkCount <= MAX_SHORT_CHUNKS + 2 * (rowCount() / Batch.MAX_ROWS);
        hasCodes |= codes;
        return codes;
    }

    /// Adds all rows of another store's view, born at that commit.
    void appendAll(DeltaView view, long birth) {
        Vector[] flat = new Vector[types.size()];
        for (int c = 0; c < view.chunkCount(); c++) {
            int rows = view.rows(c);
            ChunkColumn[] columns = view.chunks()[c].columns();
            for (int i = 0; i < flat.length; i++) {
                flat[i] = FlatVectors.flat(columns[i].vector(rows));
            }
            appendFlat(flat, null, rows, birth);
        }
    }

    private void appendFlat(Vector[] flat, int @Nullable [] rows, int count, long birth) {
        long first = nextSequence;
        appendValues(flat, rows, count, birth);
        addKeys(first);
    }

    private void addKeys(long from) {
        KeyMap map = keys;
        if (map != null && from < nextSequence) {
            map.add(view(), from);
        }
    }

    private void appendValues(Vector[] flat, int @Nullable [] rows, int count, long birth) {
        int from = 0;
        while (from < count) {
            int fits = fitting(flat, rows, from, Math.min(count - from, Batch.MAX_ROWS));
            if (fits == 0) {
                beginChunk();
                fits =
                        Math.max(
                                1,
                                fitting(flat, rows, from, Math.min(count - from, Batch.MAX_ROWS)));
            }
            appendToLast(flat, rows, from, fits, birth);
            from += fits;
        }
    }

    /// How many of the next `count` rows the last chunk can take.
    private int fitting(Vector[] flat, int @Nullable [] rows, int from, int count) {
        if (chunkCount == 0) {
            return 0;
        }
        Chunk last = chunks[chunkCount - 1];
        int size = (int) (nextSequence - last.firstSequence());
        int fits = Math.min(count, Batch.MAX_ROWS - size);
        for (int c = 0; c < flat.length; c++) {
            if (last.columns()[c] instanceof ChunkColumn.Texts texts) {
                if (!texts.takes(size, flat[c])) {
                    return 0;
                }
                if (flat[c] instanceof BytesVector text) {
                    fits = fittingText(text, rows, from, fits, texts.heapEnd(size));
                }
            }
        }
        return fits;
    }

    private static int fittingText(
            BytesVector text, int @Nullable [] rows, int from, int count, int used) {
        long bytes = used;
        for (int i = 0; i < count; i++) {
            int lane = rows == null ? from + i : rows[from + i];
            bytes += text.isNull(lane) ? 0 : text.length()[lane];
            if (bytes > Chunk.MAX_TEXT_BYTES) {
                return i;
            }
        }
        return count;
    }

    /// Lets go of all rows, so that others come where they stood: whoever has a view must not use it any more. Arrays that live on need not be
    /// moved by the garbage collector time and again. Those that wait for rows are [spare bytes][#spareBytes], not those of rows.
    void clear() {
        assert keys == null && !keepsBirths;
        for (int c = chunkCount - 1; c >= 0; c--) {
            ChunkColumn[] columns = chunks[c].columns().clone();
            for (int i = 0; i < columns.length; i++) {
                columns[i] = columns[i].emptied();
            }
            spare.add(columns);
            spareBytes += bytes(columns);
        }
        chunks = new Chunk[chunks.length];
        sizeBytes = 0;
        hasCodes = false;
        chunkCount = 0;
        deadCount = 0;
        firstSequence = 0;
        nextSequence = 0;
    }

    private static long bytes(ChunkColumn[] columns) {
        long bytes = 0;
        for (ChunkColumn column : columns) {
            bytes += column.sizeBytes();
        }
        return bytes;
    }

    /// Bytes of the arrays that wait for rows.
    long spareBytes() {
        return spareBytes;
    }

    /// Lets go of so much of what waits for rows, or of all where that is less.
    void trim(long bytes) {
        long kept = Math.max(0, spareBytes - bytes);
        while (spareBytes > kept) {
            spareBytes -= bytes(spare.removeLast());
        }
    }

    private ChunkColumn[] newColumns() {
        if (spare.isEmpty()) {
            ChunkColumn[] columns = new ChunkColumn[types.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = ChunkColumn.create(types.get(i));
            }
            return columns;
        }
        ChunkColumn[] used = spare.removeLast();
        spareBytes -= bytes(used);
        sizeBytes += bytes(used);
        return used;
    }

    private void beginChunk() {
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunkCount);
        }
        ChunkColumn[] columns = newColumns();
        chunks[chunkCount++] =
                new Chunk(
                        nextSequence,
                        columns,
                        ChunkColumn.NO_LONGS,
                        null,
                        new AtomicReferenceArray<>(columns.length));
    }

    private void appendToLast(
            Vector[] flat, int @Nullable [] rows, int from, int count, long birth) {
        Chunk last = chunks[chunkCount - 1];
        int size = (int) (nextSequence - last.firstSequence());
        ChunkColumn[] columns = last.columns();
        @Nullable ChunkColumn[] grown = null;
        for (int i = 0; i < flat.length; i++) {
            ChunkColumn column = columns[i].append(size, flat[i], rows, from, count);
            if (column != columns[i]) {
                if (grown == null) {
                    grown = columns.clone();
                }
                sizeBytes += column.sizeBytes() - columns[i].sizeBytes();
                sizeBytes += newDictionaryBytes(i, size, column);
                grown[i] = column;
            }
        }
        long[] births = last.births();
        if (keepsBirths) {
            if (size + count > births.length) {
                births = Arrays.copyOf(births, Math.max(size + count, 2 * births.length));
                sizeBytes += 8L * (births.length - last.births().length);
            }
            Arrays.fill(births, size, size + count, birth);
        }
        if (grown != null || births != last.births()) {
            chunks[chunkCount - 1] = last.withColumns(grown == null ? columns : grown, births);
        }
        nextSequence += count;
    }

    /// Bytes of a dictionary that the chunk before the last one has not: counted once for each stretch of rows.
    private long newDictionaryBytes(int column, int size, ChunkColumn added) {
        if (size > 0
                || !(added instanceof ChunkColumn.Texts texts)
                || texts.dictionary() == null
                || !(texts.dictionary().values() instanceof BytesVector values)) {
            return 0;
        }
        boolean known =
                chunkCount > 1
                        && chunks[chunkCount - 2].columns()[column]
                                instanceof ChunkColumn.Texts before
                        && before.dictionary() == texts.dictionary();
        return known ? 0 : values.heap().length + 8L * values.size();
    }

    /// Lets the row die at that commit.
    void delete(long sequence, long commit) {
        int at = view().chunkOf(sequence);
        Chunk chunk = chunks[at];
        long @Nullable [] deaths = chunk.deaths();
        if (deaths == null) {
            chunk = chunk.withDeaths();
            chunks[at] = chunk;
            deaths = chunk.deaths();
            sizeBytes += 8L * Batch.MAX_ROWS;
        }
        assert deaths != null;
        int row = (int) (sequence - chunk.firstSequence());
        assert deaths[row] == 0 : "row " + sequence + " dies twice";
        deaths[row] = commit;
        deadCount++;
    }

    /// Lets go of the rows below that sequence number. Views keep what they saw.
    void dropThrough(long sequence) {
        assert sequence >= firstSequence && sequence <= nextSequence;
        DeltaView old = view();
        chunks = new Chunk[Math.max(4, old.chunkCount())];
        chunkCount = 0;
        deadCount = 0;
        sizeBytes = 0;
        firstSequence = sequence;
        for (int c = 0; c < old.chunkCount(); c++) {
            Chunk chunk = old.chunks()[c];
            int rows = old.rows(c);
            long end = chunk.firstSequence() + rows;
            if (chunk.firstSequence() >= sequence) {
                chunks[chunkCount++] = chunk;
                sizeBytes += chunk.sizeBytes();
                countDeaths(chunk, rows);
            } else if (end > sequence) {
                keepTail(chunk, (int) (sequence - chunk.firstSequence()), rows);
            }
        }
        assert nextSequence == old.nextSequence();
        KeyMap map = keys;
        if (map != null) {
            keys = map.empty(); // snapshots keep the one with the rows that have gone
            addKeys(firstSequence);
        }
    }

    private void countDeaths(Chunk chunk, int rows) {
        long @Nullable [] deaths = chunk.deaths();
        if (deaths != null) {
            for (int i = 0; i < rows; i++) {
                deadCount += deaths[i] != 0 ? 1 : 0;
            }
        }
    }

    /// Copies the rows from `from` on into a chunk that begins with them.
    private void keepTail(Chunk chunk, int from, int rows) {
        int count = rows - from;
        ChunkColumn[] columns = new ChunkColumn[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] =
                    ChunkColumn.create(types.get(i))
                            .append(0, chunk.columns()[i].vector(rows), null, from, count);
        }
        long[] births =
                keepsBirths ? Arrays.copyOfRange(chunk.births(), from, rows) : ChunkColumn.NO_LONGS;
        long @Nullable [] deaths = null;
        if (chunk.deaths() != null) {
            deaths = Arrays.copyOf(Arrays.copyOfRange(chunk.deaths(), from, rows), Batch.MAX_ROWS);
        }
        Chunk tail =
                new Chunk(
                        chunk.firstSequence() + from,
                        columns,
                        births,
                        deaths,
                        new AtomicReferenceArray<>(columns.length));
        chunks[chunkCount++] = tail;
        sizeBytes += tail.sizeBytes();
        countDeaths(tail, count);
    }

    /// Takes over rows as a checkpoint held them, with their births and deaths.
    void restore(Vector[] flat, int rows, long[] births, long @Nullable [] deaths) {
        assert keepsBirths;
        for (int i = 0; i < rows; i++) {
            long sequence = nextSequence;
            appendRow(flat, i, births[i]);
            if (deaths != null && deaths[i] != 0) {
                delete(sequence, deaths[i]);
            }
        }
    }

    private void appendRow(Vector[] flat, int row, long birth) {
        if (fitting(flat, null, row, 1) == 0) {
            beginChunk();
        }
        appendToLast(flat, null, row, 1, birth);
        addKeys(nextSequence - 1);
    }

    static boolean isText(Type type) {
        return type.physical() == Physical.BYTES;
    }
}
