package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.segment.SegmentName.Stretch;
import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// One segment, open for reading by any number of threads; each has a [SegmentCursor] of its own. The index is read at first use.
public final class SegmentReader {
    private final RandomReader file;
    private final SegmentName name;
    private final Type type;
    private final long rowCount;
    private final int rowsPerGranule;
    private final SegmentSummary summary;

    /// Null until it is asked for. Two threads may read it at the same time; then one of the two equal ones stays.
    private volatile @Nullable SegmentIndex index;

    /// Made with the index; only where the granules hold codes.
    private volatile @Nullable SegmentDictionary dictionary;

    public SegmentReader(
            RandomReader file,
            SegmentName name,
            Type type,
            long rowCount,
            int rowsPerGranule,
            SegmentSummary summary) {
        this.file = file;
        this.name = name;
        this.type = type;
        this.rowCount = rowCount;
        this.rowsPerGranule = rowsPerGranule;
        this.summary = summary;
    }

    public Type type() {
        return type;
    }

    public SegmentName name() {
        return name;
    }

    public SegmentSummary summary() {
        return summary;
    }

    public ZoneMap zoneMap() {
        return summary.zoneMap();
    }

    public ZoneMap zoneMap(int granule) {
        return index().zones().get(granule);
    }

    public int granuleCount() {
        return (int) ((rowCount + rowsPerGranule - 1) / rowsPerGranule);
    }

    public int rowCount(int granule) {
        return (int) Math.min(rowsPerGranule, rowCount - (long) granule * rowsPerGranule);
    }

    /// A cursor that works in these arrays, which it may share with other cursors of the same thread.
    public SegmentCursor cursor(CursorScratch scratch) {
        return new SegmentCursor(this, scratch);
    }

    SegmentIndex index() {
        SegmentIndex known = index;
        if (known == null) {
            known = readIndex();
            index = known;
        }
        return known;
    }

    /// The dictionary of the granules' codes; null where they hold values.
    @Nullable SegmentDictionary dictionary() {
        DictionaryMarks marks = index().dictionary();
        if (marks == null) {
            return null;
        }
        SegmentDictionary known = dictionary;
        return known != null ? known : dictionaryOnce(marks);
    }

    private synchronized SegmentDictionary dictionaryOnce(DictionaryMarks marks) {
        SegmentDictionary known = dictionary;
        if (known == null) {
            known = new SegmentDictionary(file, this, marks);
            dictionary = known;
        }
        return known;
    }

    private SegmentIndex readIndex() {
        byte[] bytes = new byte[summary.indexLength()];
        long position = summary.indexPosition();
        file.read(position, bytes, 0, bytes.length);
        name.verify(Stretch.INDEX, 0, position, summary.indexChecksum(), bytes, 0, bytes.length);
        try {
            return SegmentIndex.read(
                    new ByteSource(bytes),
                    summary.startPosition(),
                    position,
                    type.physical(),
                    rowCount,
                    rowsPerGranule);
        } catch (RuntimeException e) {
            throw located(Stretch.INDEX, 0, position, e);
        }
    }

    /// Fetches the granule's bytes into `target`, which has room, and checks them.
    void fetch(int granule, byte[] target) {
        SegmentIndex marks = index();
        long position = marks.position(granule);
        int length = marks.length(granule);
        file.read(position, target, 0, length);
        name.verify(Stretch.GRANULE, granule, position, marks.checksum(granule), target, 0, length);
    }

    /// Completes an error of decoding with the place. Whatever goes wrong between checked bytes and values is damage: no value of a byte may
    /// lead to anything else.
    BasaltException located(Stretch stretch, int number, long position, RuntimeException cause) {
        if (cause instanceof BasaltException known && known.code() != ErrorCode.SEGMENT_CORRUPT) {
            return known;
        }
        String what =
                cause instanceof BasaltException known
                        ? known.text()
                        : "its bytes cannot be decoded";
        BasaltException located = name.corrupt(stretch, number, position, what);
        located.addSuppressed(cause);
        return located;
    }

    BasaltException located(int granule, RuntimeException cause) {
        return located(Stretch.GRANULE, granule, index().position(granule), cause);
    }
}
