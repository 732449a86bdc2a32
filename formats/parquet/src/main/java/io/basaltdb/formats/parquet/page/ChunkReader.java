package io.basaltdb.formats.parquet.page;

import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a column chunk of a flat column from its first row on, some rows at a time. What it gives is lent until the next rows are read, or the reader is closed. For one
/// thread.
///
/// Every method that reads may raise a [DamagedPageException] or an [UnreadPageException]; after that the reader can only be closed.
public final class ChunkReader implements AutoCloseable {
    private final ChunkPlace chunk;
    private final PageSource pages;
    private final Lanes lanes;
    private final long[] validity = new long[Batch.MAX_ROWS / Long.SIZE];
    private boolean hasNulls;

    /// Rows of the pages so far, and those of the last one that are still to be read.
    private long rowsBegun;

    private int pageLeft;

    /// @param file which the caller closes, after this reader
    public ChunkReader(RandomReader file, PageBuffers buffers, ChunkPlace chunk) {
        this.chunk = chunk;
        if (chunk.valueCount() != chunk.rowCount()) {
            throw new DamagedPageException(
                    "rows are missing: "
                            + chunk.rowCount()
                            + " were expected, "
                            + chunk.valueCount()
                            + " found");
        }
        if (chunk.position() < 0
                || chunk.sizeBytes() < 0
                || chunk.position() > file.sizeBytes() - chunk.sizeBytes()) {
            throw new DamagedPageException("its bytes lie beyond the end of the file");
        }
        this.pages = new PageSource(file, buffers, chunk);
        this.lanes = Lanes.of(chunk.physical(), chunk.fixedBytes());
    }

    /// Passes so many rows; whole pages without unpacking them.
    public void skip(long rows) {
        long left = rows;
        while (left > 0) {
            while (pageLeft == 0) {
                PageHeader header = nextPage();
                if (header.isData() && header.valueCount() <= left) {
                    pages.pass();
                    rowsBegun += header.valueCount();
                    left -= header.valueCount();
                    if (left == 0) {
                        return;
                    }
                } else {
                    begin(header);
                }
            }
            int some = (int) Math.min(left, Math.min(pageLeft, Batch.MAX_ROWS));
            read(some);
            left -= some;
        }
    }

    /// Reads the next rows, at most those of a batch.
    public void read(int rows) {
        hasNulls = false;
        lanes.clear();
        int done = 0;
        while (done < rows) {
            while (pageLeft == 0) {
                lanes.leavePage(done);
                begin(nextPage());
            }
            int count = Math.min(rows - done, pageLeft);
            readLanes(done, count);
            pageLeft -= count;
            done += count;
        }
    }

    private PageHeader nextPage() {
        PageHeader header = rowsBegun == chunk.rowCount() ? null : pages.next();
        if (header == null) {
            throw new DamagedPageException(
                    "rows are missing: "
                            + chunk.rowCount()
                            + " were expected, "
                            + rowsBegun
                            + " found");
        }
        if (header.isData() && header.valueCount() > chunk.rowCount() - rowsBegun) {
            throw new DamagedPageException(
                    "its pages have more rows than the " + chunk.rowCount() + " of the row group");
        }
        return header;
    }

    private void begin(PageHeader header) {
        switch (header.kind()) {
            case OTHER -> pages.pass();
            case DICTIONARY -> lanes.readDictionary(pages.readDictionary());
            case DATA, DATA_2 -> {
                if (header.valueCount() == 0) {
                    pages.pass();
                    return;
                }
                lanes.begin(pages.readValues());
                pageLeft = header.valueCount();
                rowsBegun += pageLeft;
            }
        }
    }

    private void readLanes(int lane, int count) {
        if (chunk.isRequired()) {
            lanes.read(lane, count);
            return;
        }
        if (lane == 0) {
            Arrays.fill(validity, 0);
        }
        int present = pages.levels().readBits(validity, lane, count);
        hasNulls |= present < count;
        lanes.read(lane, present);
        if (present < count) {
            lanes.spread(lane, count, present, validity);
        }
    }

    /// Bit i of word i / 64 is set where lane i is not NULL; null where none is.
    public long @Nullable [] validity() {
        return hasNulls ? validity : null;
    }

    /// Of INT32; the bits of FLOAT. Lanes that are NULL may hold anything.
    public int[] ints() {
        return ((IntLanes) lanes).values;
    }

    /// Of INT64; the bits of DOUBLE.
    public long[] longs() {
        return ((LongLanes) lanes).values;
    }

    /// Of BOOLEAN: bit i of word i / 64.
    public long[] bits() {
        return ((BitLanes) lanes).words;
    }

    /// Whether all lanes are [codes][#codes] of the chunk's dictionary, which has an entry then.
    public boolean isCoded() {
        return lanes instanceof BytesLanes bytes && bytes.isCoded();
    }

    /// The code of each lane; 0 where it is NULL.
    public int[] codes() {
        return bytes().codes;
    }

    /// The chunk's dictionary: entries that its writer chose, maybe one several times, in `entryHeap`.
    public int entryCount() {
        return bytes().entryCount();
    }

    public byte[] entryHeap() {
        return bytes().entryHeap();
    }

    public int[] entryStarts() {
        return bytes().entryStart();
    }

    public int[] entryLengths() {
        return bytes().entryLength();
    }

    /// The bytes of each lane, also where lanes are codes: `lengths` bytes of `heap` from `starts`. To be asked once the lanes are known to be wanted so.
    ///
    /// @param rows those that were read
    public byte[] heap(int rows) {
        bytes().look(rows);
        return bytes().heap();
    }

    /// Behind [#heap].
    public int[] starts() {
        return bytes().start;
    }

    /// Behind [#heap].
    public int[] lengths() {
        return bytes().length;
    }

    /// The lanes' values lie in these bytes of the heap; both 0 where that is not known.
    public int heapFrom() {
        return bytes().from();
    }

    public int heapTo() {
        return bytes().to();
    }

    private BytesLanes bytes() {
        return (BytesLanes) lanes;
    }

    public long bytesRead() {
        return pages.bytesRead();
    }

    @Override
    public void close() {
        pages.close();
    }
}
