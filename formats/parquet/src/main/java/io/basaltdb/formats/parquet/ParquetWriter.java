package io.basaltdb.formats.parquet;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.relation.FileFormat;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.UserFiles;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows to a new file. A row group is held in memory, its pages packed, until it is full.
final class ParquetWriter implements FileFormat.Writer {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String WRITER = "Basalt";
    private static final long MAX_GROUP_BYTES = 64L << 20;

    /// How rows are written.
    ///
    /// @param groupRows rows of a row group at most
    record Options(PageCompression compression, int groupRows) {}

    private final UserFiles files;
    private final String path;
    private final Schema schema;
    private final Options options;
    private final AppendWriter file;
    private final List<WrittenColumn> columns = new ArrayList<>();
    private final List<LeafWriter> leaves = new ArrayList<>();
    private final List<ParquetFooter.Group> groups = new ArrayList<>();
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();
    private final NestedWriter elements = new NestedWriter();
    private long[] longValues = {};
    private double[] doubleValues = {};
    private int groupRows;
    private boolean isFinished;

    ParquetWriter(UserFiles files, String path, Schema schema, Options options) {
        this.files = files;
        this.path = path;
        this.schema = schema;
        this.options = options;
        schema.fields()
                .forEach(field ->
                        columns.add(
                                WrittenColumn.of(
                                        field.name(), field.type(), options.compression())));
        columns.forEach(column -> leaves.addAll(column.leaves()));
        this.file = files.create(path);
        file.append(MAGIC, 0, MAGIC.length);
    }

    @Override
    public void append(Batch rows) {
        int done = 0;
        while (done < rows.rowCount()) {
            int count = Math.min(rows.rowCount() - done, options.groupRows() - groupRows);
            for (int c = 0; c < columns.size(); c++) {
                add(columns.get(c), schema.type(c), rows.column(c), rows.selection(), done, count);
            }
            done += count;
            groupRows += count;
            if (groupRows == options.groupRows() || heldBytes() >= MAX_GROUP_BYTES) {
                endGroup();
            }
        }
    }

    private long heldBytes() {
        return leaves.stream().mapToLong(LeafWriter::sizeBytes).sum();
    }

    /// Adds `count` of the selected rows, beginning with the one of number `first`.
    private void add(
            WrittenColumn column,
            Type type,
            Vector vector,
            @Nullable Selection selection,
            int first,
            int count) {
        read(type, vector);
        long @Nullable [] validity = vector.validity();
        for (int i = first; i < first + count; i++) {
            int row = selection == null ? i : selection.rows()[i];
            column.leaves().forEach(LeafWriter::beginRow);
            if (column instanceof WrittenColumn.Plain plain) {
                addPlain(plain.leaf(), type, row, Validity.isValid(validity, row));
            } else {
                addNested(column, row, Validity.isValid(validity, row));
            }
        }
    }

    private void read(Type type, Vector vector) {
        int size = vector.size();
        switch (type.physical()) {
            case LONG -> longValues = longs.read(vector, size);
            case DOUBLE -> doubleValues = doubles.read(vector, size);
            case WIDE -> wide.read(vector, size);
            case BITS -> longValues = bits.read(vector, size);
            case BYTES -> bytes.read(vector, size);
        }
    }

    private void addPlain(LeafWriter leaf, Type type, int row, boolean isValid) {
        if (!isValid) {
            leaf.addNull(0, 0);
            return;
        }
        switch (type.physical()) {
            case LONG -> leaf.addLong(0, longValues[row]);
            case DOUBLE -> leaf.addDouble(0, doubleValues[row]);
            case WIDE -> leaf.addWide(0, wide.high()[row], wide.low()[row]);
            case BITS -> leaf.addBoolean(0, (longValues[row >> 6] >>> row & 1) != 0);
            case BYTES -> leaf.addBytes(0, bytes.heap(), bytes.start()[row], bytes.length()[row]);
        }
    }

    /// As an element of one more list, which is what the parts of a column read.
    private void addNested(WrittenColumn column, int row, boolean isValid) {
        elements.begin(1);
        if (isValid) {
            elements.putNested(bytes.heap(), bytes.start()[row], bytes.length()[row]);
        } else {
            elements.putNull();
        }
        elements.endAsIs(0);
        BytesVector element = elements.vector(Type.VARBINARY, 1, null);
        column.add(element.heap(), element.start()[0], 0);
    }

    private void endGroup() {
        List<WrittenChunk> chunks = new ArrayList<>();
        for (LeafWriter leaf : leaves) {
            chunks.add(leaf.end(file.position()));
            leaf.drain((pages, count) -> file.append(pages, 0, count));
        }
        groups.add(new ParquetFooter.Group(groupRows, chunks));
        groupRows = 0;
    }

    @Override
    public long finish() {
        if (groupRows > 0) {
            endGroup();
        }
        ByteBuilder footer = ParquetFooter.of(schema, groups, options.compression(), WRITER);
        int size = footer.size();
        footer.putInt(size);
        footer.put(MAGIC, 0, MAGIC.length);
        file.append(footer.array(), 0, footer.size());
        file.force();
        isFinished = true;
        return file.position();
    }

    @Override
    public void close() {
        file.close();
        if (!isFinished) {
            files.delete(path);
        }
    }
}
