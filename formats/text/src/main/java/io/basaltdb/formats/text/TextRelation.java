package io.basaltdb.formats.text;

import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of text files of one schema.
record TextRelation(Schema schema, RecordParser.Factory format, List<Part> parts)
        implements Relation {
    /// One file and where its granules begin.
    record Part(TextFile file, RecordIndex index) {}

    @Override
    public TableStatistics statistics() {
        long rows = parts.stream().mapToLong(part -> part.index().recordCount()).sum();
        return new TableStatistics(
                rows,
                Collections.nCopies(schema.size(), new ColumnStatistics(0, null, null, -1, 16)));
    }

    @Override
    public List<Split> splits() {
        return parts.stream().map(part -> (Split) new FileSplit(part)).toList();
    }

    private final class FileSplit implements Split {
        private final Part part;

        FileSplit(Part part) {
            this.part = part;
        }

        @Override
        public String name() {
            return part.file().path();
        }

        @Override
        public int granuleCount() {
            return part.index().granuleCount();
        }

        @Override
        public int rowCount(int granule) {
            return part.index().rowCount(granule);
        }

        @Override
        public @Nullable ZoneMap zoneMap(int granule, int column) {
            return null;
        }

        @Override
        public @Nullable ZoneMap zoneMap(int column) {
            return null;
        }

        @Override
        public boolean mayHaveDeadRows() {
            return false;
        }

        @Override
        public SplitReader open() {
            return new FileReader(part);
        }
    }

    private final class FileReader implements SplitReader {
        private final Part part;
        private final TextFile.Cursor cursor;
        private final RecordParser parser;
        private final FieldTable table = new FieldTable(schema.size(), Batch.MAX_ROWS);
        private byte[] text = new byte[0];
        private long bytesRead;

        FileReader(Part part) {
            this.part = part;
            this.cursor = part.file().open();
            this.parser = format.parser(schema.fields().stream().map(Field::name).toList());
        }

        @Override
        public void seek(int granule) {
            long from = part.index().starts()[granule];
            int count = Math.toIntExact(part.index().starts()[granule + 1] - from);
            // Vectors of the last granule share its text, so each granule has bytes of its own.
            text = new byte[count];
            int read = cursor.read(from, text, 0, count);
            bytesRead += read;
            parser.parse(text, read, part.file().path(), part.index().lines()[granule], table);
        }

        @Override
        public @Nullable Selection live() {
            return null;
        }

        @Override
        public Selection select(int column, Ranges ranges, @Nullable Selection among) {
            Vector values = read(column, among);
            int count = among == null ? values.size() : among.count();
            int[] chosen = new int[count];
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int row = among == null ? i : among.rows()[i];
                if (ranges.contains(Lanes.value(values, row))) {
                    chosen[kept++] = row;
                }
            }
            return new Selection(chosen, kept);
        }

        @Override
        public Vector read(int column, @Nullable Selection wanted) {
            return FieldConverter.convert(table, column, schema.field(column), part.file().path());
        }

        @Override
        public long bytesRead() {
            return bytesRead;
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
