package io.basaltdb.storage.part;

import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.part.PartFooter.KeyIndexMark;
import io.basaltdb.storage.part.PartFooter.SparseIndexMark;
import io.basaltdb.storage.segment.SegmentName;
import io.basaltdb.storage.segment.SegmentReader;
import io.basaltdb.storage.segment.SegmentSummary;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One part, open for reading by any number of threads; each has a [PartCursor] of its own.
public final class PartReader implements AutoCloseable {
    /// What the objects of a footer take, roughly, for each of its bytes.
    private static final int BYTES_PER_FOOTER_BYTE = 4;

    private final RandomReader file;
    private final PartFooter footer;
    private final long footerPosition;
    private final int headerBytes;
    private final int checksum;
    private final Map<Integer, SegmentReader> segments;
    private final @Nullable SegmentReader births;

    /// Null until it is asked for.
    private volatile @Nullable SparseIndex sparseIndex;

    /// Null until it is asked for.
    private volatile @Nullable KeyIndex keyIndex;

    private long @Nullable [] firstNumbers;
    private volatile boolean knowsFirstNumbers;

    private final AtomicLong heldBytes = new AtomicLong();

    private PartReader(
            RandomReader file,
            PartFooter footer,
            int checksum,
            long footerPosition,
            int headerBytes) {
        this.file = file;
        this.footerPosition = footerPosition;
        this.headerBytes = headerBytes;
        this.footer = footer;
        this.checksum = checksum;
        heldBytes.set((file.sizeBytes() - footerPosition) * BYTES_PER_FOOTER_BYTE);
        Map<Integer, SegmentReader> readers = new HashMap<>();
        List<PartColumn> columns = footer.description().columns();
        for (int i = 0; i < columns.size(); i++) {
            PartColumn column = columns.get(i);
            readers.put(
                    column.columnId(),
                    segment(column.columnId(), column.type(), footer.segments().get(i)));
        }
        segments = Map.copyOf(readers);
        SegmentSummary birthSegment = footer.births();
        births =
                birthSegment == null
                        ? null
                        : segment(PartFormat.BIRTHS_COLUMN, Type.BIGINT, birthSegment);
    }

    private SegmentReader segment(int columnId, Type type, SegmentSummary segment) {
        PartDescription part = footer.description();
        return new SegmentReader(
                file,
                segmentName(part.id(), columnId),
                type,
                part.rowCount(),
                part.rowsPerGranule(),
                segment);
    }

    static SegmentName segmentName(PartId id, int columnId) {
        String column =
                columnId == PartFormat.BIRTHS_COLUMN ? "birth commits" : "column " + columnId;
        return new SegmentName(id.uuid(), columnId, column);
    }

    /// What must be there.
    static <T> T present(@Nullable T thing) {
        return Objects.requireNonNull(thing);
    }

    /// Checks magic, version, features, length and the footer's checksum; reads no column.
    ///
    /// @param file closed with the reader, and at once where this fails
    /// @throws BasaltException PART_CORRUPT, or FORMAT_TOO_NEW naming the version or feature that is unknown
    public static PartReader open(RandomReader file, PartId expected) {
        try {
            return opened(file, expected);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static PartReader opened(RandomReader file, PartId expected) {
        PartHeader.Found header = PartHeader.check(file, expected);
        int headerBytes = header.length();
        byte[] trailer = new byte[PartFormat.TRAILER_BYTES];
        long trailerPosition = file.sizeBytes() - trailer.length;
        file.read(trailerPosition, trailer, 0, trailer.length);
        ByteSource source = new ByteSource(trailer);
        long footerPosition = source.getLong();
        int footerLength = source.getInt();
        int checksum = source.getInt();
        long fileLength = source.getLong();
        byte[] magic = source.getBytes(PartFormat.MAGIC.length);
        if (!Arrays.equals(magic, PartFormat.MAGIC) || fileLength != file.sizeBytes()) {
            throw PartFormat.corrupt(
                    expected,
                    "its file "
                            + file.path()
                            + " of "
                            + file.sizeBytes()
                            + " bytes was cut or extended");
        }
        if (footerLength < 0
                || footerPosition < headerBytes
                || footerPosition != trailerPosition - footerLength) {
            throw PartFormat.corrupt(expected, "its trailer is damaged");
        }
        byte[] bytes = new byte[footerLength];
        file.read(footerPosition, bytes, 0, footerLength);
        int found = PartFormat.checksum(expected, bytes, 0, footerLength);
        if (found != checksum) {
            throw PartFormat.corrupt(
                    expected,
                    String.format("its footer has checksum %08x, expected %08x", found, checksum));
        }
        PartFooter footer = footer(expected, bytes, footerPosition, header.hasKeyIndex());
        return new PartReader(file, footer, checksum, footerPosition, headerBytes);
    }

    private static PartFooter footer(PartId id, byte[] bytes, long position, boolean hasKeyIndex) {
        try {
            return PartFooter.read(id, new ByteSource(bytes), position, hasKeyIndex);
        } catch (BasaltException e) {
            throw e.code() == ErrorCode.SEGMENT_CORRUPT
                    ? PartFormat.corrupt(id, "its footer holds " + e.text())
                    : e;
        }
    }

    /// About how much memory the part takes while it is open: more once its indexes were asked for. The dictionaries of its columns are not counted.
    public long heldBytes() {
        return heldBytes.get();
    }

    public PartDescription description() {
        return footer.description();
    }

    public PartSummary summary() {
        return footer.summary(file.sizeBytes(), checksum);
    }

    public int granuleCount() {
        return footer.description().granuleCount();
    }

    public int rowCount(int granule) {
        return footer.description().rowCount(granule);
    }

    public boolean hasColumn(int columnId) {
        return segments.containsKey(columnId);
    }

    /// Whether the birth commit of each row is kept.
    public boolean hasBirths() {
        return births != null;
    }

    public ZoneMap zoneMap(int columnId) {
        return segment(columnId).zoneMap();
    }

    public ZoneMap zoneMap(int columnId, int granule) {
        return segment(columnId).zoneMap(granule);
    }

    SegmentReader segment(int columnId) {
        SegmentReader segment = segments.get(columnId);
        if (segment == null) {
            throw new BasaltException(
                    ErrorCode.INTERNAL,
                    "part " + description().id() + " has no column " + columnId);
        }
        return segment;
    }

    @Nullable SegmentReader birthSegment() {
        return births;
    }

    PartFooter footer() {
        return footer;
    }

    /// Where the footer begins.
    long footerPosition() {
        return footerPosition;
    }

    int headerBytes() {
        return headerBytes;
    }

    /// Clears the bits of granules in which, by the sort key alone, no row can satisfy all predicates.
    public void pruneBySortKey(List<ColumnIdRanges> predicates, BitSet granules) {
        List<Integer> sortKey = description().sortKey();
        List<@Nullable Ranges> byKey = new ArrayList<>();
        boolean any = false;
        for (int columnId : sortKey) {
            Ranges ranges = null;
            for (ColumnIdRanges predicate : predicates) {
                if (predicate.columnId() == columnId) {
                    ranges = predicate.ranges();
                }
            }
            any |= ranges != null;
            byKey.add(ranges);
        }
        if (any) {
            sparseIndex().prune(byKey, granules);
        }
    }

    SparseIndex sparseIndex() {
        SparseIndex known = sparseIndex;
        if (known == null) {
            known = readSparseIndex();
            sparseIndex = known;
            heldBytes.addAndGet(
                    (long) present(footer.sparseIndex()).length() * BYTES_PER_FOOTER_BYTE);
        }
        return known;
    }

    private SparseIndex readSparseIndex() {
        PartId id = description().id();
        SparseIndexMark mark = footer.sparseIndex();
        if (mark == null) {
            throw PartFormat.corrupt(id, "it is sorted, but has no sparse index");
        }
        byte[] bytes = new byte[mark.length()];
        file.read(mark.position(), bytes, 0, bytes.length);
        int found = PartFormat.checksum(id, bytes, 0, bytes.length);
        if (found != mark.checksum()) {
            throw PartFormat.corrupt(
                    id,
                    String.format(
                            "its sparse index has checksum %08x, expected %08x",
                            found, mark.checksum()));
        }
        try {
            return SparseIndex.read(
                    new ByteSource(bytes), granuleCount(), description().sortKey().size());
        } catch (BasaltException e) {
            throw PartFormat.corrupt(id, "its sparse index holds " + e.text());
        }
    }

    /// False where no row has a primary key of that [hash][KeyHash].
    public boolean mayHoldKey(long hash) {
        return keyIndex().mayHold(hash);
    }

    /// Whether [#rowsOfKey] answers; else the part is [sorted by its primary key][PartDescription#isSortedByPrimaryKey], and
    /// [#granulesOfKey] does.
    public boolean hasRowsOfKeys() {
        return keyIndex().hasEntries();
    }

    /// Adds the rows whose primary key may have that [hash][KeyHash].
    public void rowsOfKey(long hash, RowList target) {
        keyIndex().rows(hash, file, present(footer.keyIndex()).entryPosition(), target);
    }

    /// The granules in which a row may have that key, the first in the high half, the last in the low one.
    ///
    /// @param key a value for each of the first columns of the sort key
    public long granulesOfKey(List<Value> key) {
        return sparseIndex().granules(key);
    }

    /// The first column of the first key of each granule, where it is a whole number in all of them, for lookups by the thousand; else null. Not to be
    /// written.
    public long @Nullable [] firstNumbers() {
        if (!knowsFirstNumbers) {
            firstNumbers = sparseIndex().firstNumbers();
            knowsFirstNumbers = true;
        }
        return firstNumbers;
    }

    KeyIndex keyIndex() {
        KeyIndex known = keyIndex;
        if (known == null) {
            known = readKeyIndex();
            keyIndex = known;
            heldBytes.addAndGet(present(footer.keyIndex()).headLength());
        }
        return known;
    }

    private KeyIndex readKeyIndex() {
        PartId id = description().id();
        KeyIndexMark mark = footer.keyIndex();
        if (mark == null) {
            throw PartFormat.corrupt(id, "its table has a primary key, but it has no key index");
        }
        byte[] bytes = new byte[mark.headLength()];
        file.read(mark.position(), bytes, 0, bytes.length);
        int found = PartFormat.checksum(id, bytes, 0, bytes.length);
        if (found != mark.headChecksum()) {
            throw PartFormat.corrupt(
                    id,
                    String.format(
                            "its key index has checksum %08x, expected %08x",
                            found, mark.headChecksum()));
        }
        try {
            return KeyIndex.read(id, new ByteSource(bytes), description().rowCount());
        } catch (BasaltException e) {
            throw PartFormat.corrupt(id, "its key index holds " + e.text());
        }
    }

    /// A cursor over those columns, for one thread.
    public PartCursor cursor(List<Integer> columnIds) {
        return new PartCursor(this, columnIds);
    }

    /// Closes the file; no cursor may be in use.
    @Override
    public void close() {
        file.close();
    }
}
