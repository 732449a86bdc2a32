package io.basaltdb.storage.part;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.TypeBytes;
import io.basaltdb.storage.encoding.ValueBytes;
import io.basaltdb.storage.segment.SegmentSummary;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the footer of a part says; its bytes are specified in the package.
///
/// @param segments one per column of the description, in its order
/// @param births the hidden segment of birth commits; null where none is kept
/// @param keyIndex where the key index stands; null where the table has no primary key
/// @param sparseIndex where the sparse index stands; null where rows are in no order
record PartFooter(
        PartDescription description,
        long minBirth,
        long maxBirth,
        List<SegmentSummary> segments,
        @Nullable SegmentSummary births,
        @Nullable SparseIndexMark sparseIndex,
        @Nullable KeyIndexMark keyIndex) {
    PartFooter {
        segments = List.copyOf(segments);
    }

    /// Where the sparse index stands in the file.
    record SparseIndexMark(long position, int length, int checksum) {}

    /// Where the key index stands in the file: its head, and behind it the entries.
    ///
    /// @param entryBytes 0 where the part needs no entries
    record KeyIndexMark(long position, int headLength, int headChecksum, long entryBytes) {
        long entryPosition() {
            return position + headLength;
        }
    }

    private static final int MAX_COLUMNS = 1 << 16;
    private static final int MAX_SKETCH_BYTES = 1 << 16;

    void write(ByteSink sink) {
        sink.putInt(description.tableId());
        sink.putInt(description.schemaVersion());
        sink.putVarint(description.rowCount());
        sink.putVarint(description.rowsPerGranule());
        sink.putLong(minBirth);
        sink.putLong(maxBirth);
        sink.putVarint(description.partition().size());
        for (Value value : description.partition()) {
            ValueBytes.write(value, sink);
        }
        sink.putVarint(description.columns().size());
        for (int i = 0; i < segments.size(); i++) {
            PartColumn column = description.columns().get(i);
            sink.putVarint(column.columnId());
            TypeBytes.write(column.type(), sink);
            sink.putByte(column.nullable() ? 1 : 0);
            writeSegment(segments.get(i), sink);
        }
        sink.putVarint(description.sortKey().size());
        for (int columnId : description.sortKey()) {
            sink.putVarint(columnId);
        }
        writeMark(sink);
        sink.putByte(births == null ? 0 : 1);
        if (births != null) {
            writeSegment(births, sink);
        }
        if (keyIndex != null) {
            sink.putVarint(description.primaryKey().size());
            for (int columnId : description.primaryKey()) {
                sink.putVarint(columnId);
            }
            sink.putVarint(keyIndex.position());
            sink.putVarint(keyIndex.headLength());
            sink.putInt(keyIndex.headChecksum());
            sink.putVarint(keyIndex.entryBytes());
        }
    }

    private void writeMark(ByteSink sink) {
        sink.putByte(sparseIndex == null ? 0 : 1);
        if (sparseIndex != null) {
            sink.putVarint(sparseIndex.position());
            sink.putVarint(sparseIndex.length());
            sink.putInt(sparseIndex.checksum());
        }
    }

    private static void writeSegment(SegmentSummary segment, ByteSink sink) {
        sink.putVarint(segment.startPosition());
        sink.putVarint(segment.indexPosition());
        sink.putVarint(segment.indexLength());
        sink.putInt(segment.indexChecksum());
        sink.putVarint(segment.zoneMap().nullCount());
        sink.putByte(segment.zoneMap().exact() ? 1 : 0);
        Value min = segment.zoneMap().min();
        Value max = segment.zoneMap().max();
        ValueBytes.write(min == null ? Value.NULL : min, sink);
        ValueBytes.write(max == null ? Value.NULL : max, sink);
        sink.putVarint(segment.encodedBytes());
        sink.putVarint(segment.decodedBytes());
        sink.putVarint(segment.sketch().length);
        sink.putBytes(segment.sketch(), 0, segment.sketch().length);
    }

    /// @param footerPosition no segment may reach behind it
    static PartFooter read(PartId id, ByteSource source, long footerPosition, boolean hasKeyIndex) {
        int tableId = source.getInt();
        int schemaVersion = source.getInt();
        long rowCount = source.getCount(Integer.MAX_VALUE);
        int rowsPerGranule = source.getCount(Batch.MAX_ROWS);
        if (rowsPerGranule == 0) {
            throw ByteSource.malformed("granules without rows");
        }
        long minBirth = source.getLong();
        long maxBirth = source.getLong();
        List<Value> partition = new ArrayList<>();
        for (int i = source.getCount(MAX_COLUMNS); i > 0; i--) {
            partition.add(ValueBytes.read(source));
        }
        int columnCount = source.getCount(MAX_COLUMNS);
        List<PartColumn> columns = new ArrayList<>();
        List<SegmentSummary> segments = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            int columnId = source.getCount(Integer.MAX_VALUE);
            Type type = TypeBytes.read(source);
            columns.add(new PartColumn(columnId, type, source.getByte() != 0));
            segments.add(readSegment(source, rowCount, footerPosition));
        }
        List<Integer> sortKey = new ArrayList<>();
        for (int i = source.getCount(MAX_COLUMNS); i > 0; i--) {
            sortKey.add(source.getCount(Integer.MAX_VALUE));
        }
        SparseIndexMark mark = source.getByte() == 0 ? null : readMark(source, footerPosition);
        SegmentSummary births =
                source.getByte() == 0 ? null : readSegment(source, rowCount, footerPosition);
        List<Integer> primaryKey = new ArrayList<>();
        for (int i = hasKeyIndex ? source.getCount(MAX_COLUMNS) : 0; i > 0; i--) {
            primaryKey.add(source.getCount(Integer.MAX_VALUE));
        }
        KeyIndexMark keyIndex = hasKeyIndex ? readKeyIndexMark(source, footerPosition) : null;
        source.expectEnd();
        PartDescription description =
                new PartDescription(
                        id,
                        tableId,
                        schemaVersion,
                        columns,
                        sortKey,
                        primaryKey,
                        rowCount,
                        rowsPerGranule,
                        partition);
        return new PartFooter(description, minBirth, maxBirth, segments, births, mark, keyIndex);
    }

    private static KeyIndexMark readKeyIndexMark(ByteSource source, long footerPosition) {
        long position = source.getVarint();
        int headLength = source.getCount(Integer.MAX_VALUE);
        int headChecksum = source.getInt();
        long entryBytes = source.getVarint();
        requireWithin(position, headLength + entryBytes, footerPosition);
        return new KeyIndexMark(position, headLength, headChecksum, entryBytes);
    }

    private static SparseIndexMark readMark(ByteSource source, long footerPosition) {
        long position = source.getVarint();
        int length = source.getCount(Integer.MAX_VALUE);
        requireWithin(position, length, footerPosition);
        return new SparseIndexMark(position, length, source.getInt());
    }

    private static SegmentSummary readSegment(
            ByteSource source, long rowCount, long footerPosition) {
        long start = source.getVarint();
        long indexPosition = source.getVarint();
        int indexLength = source.getCount(Integer.MAX_VALUE);
        requireWithin(indexPosition, indexLength, footerPosition);
        if (start < 0 || start > indexPosition) {
            throw ByteSource.malformed("a segment that begins at byte " + start);
        }
        int indexChecksum = source.getInt();
        long nullCount = source.getCount((int) rowCount);
        boolean exact = source.getByte() != 0;
        Value min = ValueBytes.read(source);
        Value max = ValueBytes.read(source);
        long encodedBytes = source.getVarint();
        long decodedBytes = source.getVarint();
        byte[] sketch = source.getBytes(source.getCount(MAX_SKETCH_BYTES));
        ZoneMap zoneMap =
                new ZoneMap(
                        rowCount,
                        nullCount,
                        min.isNull() ? null : min,
                        max.isNull() ? null : max,
                        exact);
        return new SegmentSummary(
                start,
                indexPosition,
                indexLength,
                indexChecksum,
                zoneMap,
                encodedBytes,
                decodedBytes,
                sketch);
    }

    private static void requireWithin(long position, long length, long end) {
        if (position < 0 || position > end - length) {
            throw ByteSource.malformed(length + " bytes at byte " + position + " behind the end");
        }
    }

    /// What the database keeps outside the file.
    PartSummary summary(long sizeBytes, int checksum) {
        return new PartSummary(
                description.id(),
                description.rowCount(),
                description.rowsPerGranule(),
                sizeBytes,
                checksum,
                description.schemaVersion(),
                description.partition(),
                minBirth,
                maxBirth,
                PartColumns.of(description.columns(), segments));
    }
}
