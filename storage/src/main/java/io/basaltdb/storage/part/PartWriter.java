package io.basaltdb.storage.part;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.BufferedAppendWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.HeldAppendWriter;
import io.basaltdb.storage.part.PartFooter.KeyIndexMark;
import io.basaltdb.storage.part.PartFooter.SparseIndexMark;
import io.basaltdb.storage.segment.SegmentScratch;
import io.basaltdb.storage.segment.SegmentSummary;
import io.basaltdb.storage.segment.SegmentWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one part, column after column. For one thread. Closing without [#finish] deletes the file.
public final class PartWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final long FORCE_BYTES = 8 << 20;

    private final Disk disk;
    private final String path;
    private final PartDescription description;
    private final AppendWriter file;
    private final SegmentScratch scratch = new SegmentScratch();
    private final Map<Integer, SegmentSummary> segments = new HashMap<>();
    private final Map<Integer, List<Value>> firstValues = new HashMap<>();
    private @Nullable SegmentSummary births;
    private long minBirth;
    private long maxBirth;
    private long @Nullable [] keyHashes;
    private boolean columnOpen;
    private boolean finished;

    private PartWriter(Disk disk, String path, PartDescription description, AppendWriter file) {
        this.disk = disk;
        this.path = path;
        this.description = description;
        this.file = file;
    }

    /// Creates the file, which must not exist, and writes its header.
    public static PartWriter create(Disk disk, String path, PartDescription description) {
        AppendWriter file =
                new BufferedAppendWriter(disk.create(path, 0), BUFFER_BYTES, FORCE_BYTES);
        PartWriter writer = new PartWriter(disk, path, description, file);
        try {
            String features = description.primaryKey().isEmpty() ? "" : PartFormat.KEY_INDEX;
            byte[] header = PartHeader.write(description.id(), features);
            file.append(header, 0, header.length);
            return writer;
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /// Begins a column; the one before must be closed. Each column of the description exactly once, in any order.
    public ColumnAppender column(int columnId) {
        return column(columnId, 1);
    }

    /// The same for a column whose values come as codes into so many dictionaries, by turns.
    public ColumnAppender column(int columnId, int dictionaries) {
        PartColumn column = columnOf(columnId);
        if (segments.containsKey(columnId)) {
            throw misuse("column " + columnId + " was written already");
        }
        SegmentAppender appender = new SegmentAppender(columnId, column.type());
        appender.writer.expectDictionaries(dictionaries);
        return appender;
    }

    /// Writes a column that was encoded before.
    ///
    /// @param segment its positions counted from its own beginning
    /// @param first the values of each granule's first row, where it is a column of the sort key
    void column(int columnId, HeldAppendWriter encoded, SegmentSummary segment, List<Value> first) {
        if (columnOpen || finished || segments.containsKey(columnId)) {
            throw misuse("one column is written after the other, each once");
        }
        long start = file.position();
        encoded.writeTo(file);
        segments.put(columnId, segment.movedBy(start));
        if (description.sortKey().contains(columnId)) {
            firstValues.put(columnId, first);
        }
    }

    private PartColumn columnOf(int columnId) {
        for (PartColumn column : description.columns()) {
            if (column.columnId() == columnId) {
                return column;
            }
        }
        throw misuse("it has no column " + columnId);
    }

    /// Begins the hidden segment of birth commits, for a part whose rows were born at different commits above the floor.
    public CommitAppender births() {
        if (births != null) {
            throw misuse("its births were written already");
        }
        return new BirthAppender();
    }

    /// Says that no birth commit needs to be kept: all lie from `min` to `max`, and no snapshot in use tells them apart.
    public void births(long min, long max) {
        minBirth = min;
        maxBirth = max;
    }

    /// Gives the [hashes][KeyHash] of all rows' primary keys, in the order of the rows; only where there is a primary key, and then always.
    public void keys(long[] hashes) {
        if (description.primaryKey().isEmpty() || hashes.length != description.rowCount()) {
            throw misuse("it has no use for " + hashes.length + " keys");
        }
        keyHashes = hashes;
    }

    /// Writes the footer and forces file and directory; the part is immutable from now on.
    public PartSummary finish() {
        if (columnOpen || finished || segments.size() != description.columns().size()) {
            throw misuse("it cannot be finished, since not all columns were written and closed");
        }
        PartFooter footer = footer();
        ByteSink sink = new ByteSink(1 << 12);
        footer.write(sink);
        long footerPosition = file.position();
        int length = sink.size();
        int checksum = PartFormat.checksum(description.id(), sink.array(), 0, length);
        sink.putLong(footerPosition);
        sink.putInt(length);
        sink.putInt(checksum);
        sink.putLong(footerPosition + length + PartFormat.TRAILER_BYTES);
        sink.putBytes(PartFormat.MAGIC, 0, PartFormat.MAGIC.length);
        file.append(sink.array(), 0, sink.size());
        file.force();
        long sizeBytes = file.position();
        file.close();
        disk.forceDirectory(directory());
        finished = true;
        return footer.summary(sizeBytes, checksum);
    }

    private String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private PartFooter footer() {
        List<SegmentSummary> inOrder = new ArrayList<>();
        for (PartColumn column : description.columns()) {
            inOrder.add(PartReader.present(segments.get(column.columnId())));
        }
        SparseIndexMark sparseIndex = writeSparseIndex();
        return new PartFooter(
                description, minBirth, maxBirth, inOrder, births, sparseIndex, writeKeyIndex());
    }

    private @Nullable KeyIndexMark writeKeyIndex() {
        if (description.primaryKey().isEmpty()) {
            return null;
        }
        long[] hashes = keyHashes;
        if (hashes == null) {
            throw misuse("it cannot be finished without its keys");
        }
        long[] entries =
                description.isSortedByPrimaryKey() ? new long[0] : KeyIndex.entries(hashes);
        ByteSink sink = new ByteSink();
        KeyIndex.writeHead(description.id(), hashes, entries, sink);
        long position = file.position();
        int headLength = sink.size();
        file.append(sink.array(), 0, headLength);
        int checksum = PartFormat.checksum(description.id(), sink.array(), 0, headLength);
        for (int from = 0; from < entries.length; from += KeyIndex.BLOCK_ENTRIES) {
            sink.clear();
            KeyIndex.writeBlock(entries, from, sink);
            file.append(sink.array(), 0, sink.size());
        }
        return new KeyIndexMark(position, headLength, checksum, (long) Long.BYTES * entries.length);
    }

    private @Nullable SparseIndexMark writeSparseIndex() {
        if (description.sortKey().isEmpty()) {
            return null;
        }
        List<List<Value>> columns = new ArrayList<>();
        for (int columnId : description.sortKey()) {
            columns.add(PartReader.present(firstValues.get(columnId)));
        }
        ByteSink sink = new ByteSink();
        SparseIndex.ofColumns(description.granuleCount(), columns).write(sink);
        long position = file.position();
        file.append(sink.array(), 0, sink.size());
        int checksum = PartFormat.checksum(description.id(), sink.array(), 0, sink.size());
        return new SparseIndexMark(position, sink.size(), checksum);
    }

    private SegmentWriter segment(int columnId, Type type) {
        if (columnOpen || finished) {
            throw misuse("one column is written after the other");
        }
        columnOpen = true;
        return new SegmentWriter(
                file,
                PartReader.segmentName(description.id(), columnId),
                type,
                description.rowCount(),
                description.rowCount(),
                description.rowsPerGranule(),
                description.sortKey().contains(columnId),
                scratch);
    }

    private BasaltException misuse(String what) {
        return new BasaltException(
                ErrorCode.INTERNAL, "part " + description.id() + " is written wrongly: " + what);
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        finished = true;
        try {
            file.close();
        } finally {
            disk.delete(path);
        }
    }

    /// One column.
    private final class SegmentAppender implements ColumnAppender {
        private final int columnId;
        private final SegmentWriter writer;
        private boolean closed;

        SegmentAppender(int columnId, Type type) {
            this.columnId = columnId;
            this.writer = segment(columnId, type);
        }

        @Override
        public void append(Vector values, @Nullable Selection rows) {
            writer.append(values, rows);
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            columnOpen = false;
            if (!finished) {
                segments.put(columnId, writer.finish(description.rowCount()));
                if (description.sortKey().contains(columnId)) {
                    firstValues.put(columnId, writer.firstValues());
                }
            }
        }
    }

    /// The birth commits.
    private final class BirthAppender implements CommitAppender {
        private final SegmentWriter writer = segment(PartFormat.BIRTHS_COLUMN, Type.BIGINT);
        private boolean closed;
        private long least = Long.MAX_VALUE;
        private long greatest = Long.MIN_VALUE;

        @Override
        public void append(long[] values, int count) {
            for (int i = 0; i < count; i++) {
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
            }
            writer.append(new LongVector(Type.BIGINT, count, values, null), null);
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            columnOpen = false;
            if (!finished) {
                births = writer.finish(description.rowCount());
                minBirth = least;
                maxBirth = greatest;
            }
        }
    }
}
