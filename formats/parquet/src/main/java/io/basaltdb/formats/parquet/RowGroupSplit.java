package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.RowGroup;
import io.basaltdb.formats.parquet.page.PageBuffers;
import io.basaltdb.storage.io.UserFiles;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row group. Its granules share the zone maps of the group, which bound each of them.
final class RowGroupSplit implements Split {
    private final FileAccess access;
    private final String path;
    private final Schema schema;
    private final List<ParquetColumn> columns;
    private final RowGroup group;
    private final @Nullable ZoneMap[] zoneMaps;

    /// How files are read.
    ///
    /// @param readsPages whether pages are read here where that is possible; else the library reads all of them
    record FileAccess(UserFiles files, PageBuffers buffers, boolean readsPages) {}

    /// @param columns where the file has the columns of the schema
    RowGroupSplit(
            FileAccess access,
            String path,
            Schema schema,
            List<ParquetColumn> columns,
            RowGroup group) {
        this.access = access;
        this.path = path;
        this.schema = schema;
        this.columns = columns;
        this.group = group;
        this.zoneMaps = new ZoneMap[columns.size()];
        for (int c = 0; c < zoneMaps.length; c++) {
            ParquetColumn column = columns.get(c);
            if (column.shape(path) instanceof ParquetShape.Leaf leaf
                    && leaf.type().equals(schema.type(c))) {
                zoneMaps[c] =
                        ChunkStatistics.zoneMap(
                                leaf.layout(), column.isRequired(), chunk(leaf), group.numRows());
            }
        }
    }

    String path() {
        return path;
    }

    UserFiles files() {
        return access.files();
    }

    PageBuffers buffers() {
        return access.buffers();
    }

    boolean readsPages() {
        return access.readsPages();
    }

    Schema schema() {
        return schema;
    }

    ParquetColumn column(int column) {
        return columns.get(column);
    }

    ColumnChunk chunk(ParquetShape.Leaf leaf) {
        return group.columns().get(leaf.index());
    }

    RowGroup group() {
        return group;
    }

    @Override
    public long rowCount() {
        return group.numRows();
    }

    @Override
    public String name() {
        return path;
    }

    @Override
    public int granuleCount() {
        return Math.toIntExact((group.numRows() + Batch.MAX_ROWS - 1) / Batch.MAX_ROWS);
    }

    @Override
    public int rowCount(int granule) {
        return (int) Math.min(Batch.MAX_ROWS, group.numRows() - (long) granule * Batch.MAX_ROWS);
    }

    @Override
    public @Nullable ZoneMap zoneMap(int granule, int column) {
        return zoneMaps[column];
    }

    @Override
    public @Nullable ZoneMap zoneMap(int column) {
        return zoneMaps[column];
    }

    @Override
    public boolean mayHaveDeadRows() {
        return false;
    }

    @Override
    public boolean isReadFromItsStart() {
        return true;
    }

    @Override
    public SplitReader open() {
        return new RowGroupReader(this);
    }
}
