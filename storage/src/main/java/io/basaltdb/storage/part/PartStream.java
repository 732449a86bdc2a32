package io.basaltdb.storage.part;

import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.HeldAppendWriter;
import io.basaltdb.storage.segment.SegmentScratch;
import io.basaltdb.storage.segment.SegmentWriter;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the rows of a part in their final order, all columns at once and without knowing how many will come: each granule is encoded as soon as it is full and
/// held in memory, and the file is written at the end. Rows take a fraction of what they would as they are, and are copied once. For one thread.
public final class PartStream {
    private final PartDescription description;
    private final HeldAppendWriter[] encoded;
    private final SegmentWriter[] writers;
    private long rowCount;

    /// @param description but for the number of rows
    public PartStream(PartDescription description) {
        assert description.primaryKey().isEmpty();
        this.description = description;
        int count = description.columns().size();
        this.encoded = new HeldAppendWriter[count];
        this.writers = new SegmentWriter[count];
        SegmentScratch scratch = new SegmentScratch();
        for (int i = 0; i < count; i++) {
            PartColumn column = description.columns().get(i);
            encoded[i] = new HeldAppendWriter();
            writers[i] =
                    new SegmentWriter(
                            encoded[i],
                            PartReader.segmentName(description.id(), column.columnId()),
                            column.type(),
                            0,
                            PartDescription.MAX_ROWS,
                            description.rowsPerGranule(),
                            description.sortKey().contains(column.columnId()),
                            scratch);
        }
    }

    public PartId id() {
        return description.id();
    }

    /// Rows of every granule but the last.
    public int rowsPerGranule() {
        return description.rowsPerGranule();
    }

    /// Copies the rows, all or the selected ones.
    ///
    /// @param columns in the order of the description, of any form
    public void append(List<? extends Vector> columns, int size, @Nullable Selection rows) {
        for (int i = 0; i < writers.length; i++) {
            writers[i].append(columns.get(i), rows);
        }
        rowCount += rows == null ? size : rows.count();
    }

    public long rowCount() {
        return rowCount;
    }

    /// Bytes of memory held, about.
    public long heldBytes() {
        long bytes = 0;
        for (int i = 0; i < writers.length; i++) {
            bytes += encoded[i].position() + writers[i].heldBytes();
        }
        return bytes;
    }

    /// Writes the file, which must not exist, and forces it and its directory. Nothing may be appended any more.
    public PartSummary finish(Disk disk) {
        PartDescription complete = description.withRowCount(rowCount);
        try (PartWriter file = PartWriter.create(disk, complete.id().path(), complete)) {
            for (int i = 0; i < writers.length; i++) {
                file.column(
                        complete.columns().get(i).columnId(),
                        encoded[i],
                        writers[i].finish(rowCount),
                        writers[i].firstValues());
            }
            return file.finish();
        }
    }
}
