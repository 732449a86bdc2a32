package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.PhysicalType;
import io.basaltdb.formats.parquet.page.ChunkPlace;
import io.basaltdb.formats.parquet.page.ChunkReader;
import io.basaltdb.formats.parquet.page.DamagedPageException;
import io.basaltdb.formats.parquet.page.PageBuffers;
import io.basaltdb.formats.parquet.page.UnreadPageException;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A flat column, read out of its pages.
final class PageColumn implements GranuleSource {
    private final RowGroupSplit split;
    private final String name;
    private final ChunkReader reader;
    private final PageValues values;
    private final VectorDecoder decoder;
    private int next;

    private PageColumn(
            RowGroupSplit split, String name, ParquetShape.Leaf leaf, ChunkReader reader) {
        this.split = split;
        this.name = name;
        this.reader = reader;
        this.values = new PageValues(reader, leaf.layout().kind() == ParquetLayout.Kind.FLOATS);
        this.decoder = new VectorDecoder(leaf.layout(), split.path(), name);
    }

    /// The column; null where it is none that is read so.
    static @Nullable PageColumn open(
            RowGroupSplit split, ParquetColumn column, RandomReader file, PageBuffers buffers) {
        if (!(column.shape(split.path()) instanceof ParquetShape.Leaf leaf)
                || leaf.repetition() > 0
                || leaf.definition() > 1) {
            return null;
        }
        ColumnMetaData chunk = split.chunk(leaf).metaData();
        if (ParquetLibrary.refusalOfFlat(chunk.codec()) != null
                || chunk.type() != leaf.physical()
                || (chunk.type() == PhysicalType.FIXED_LEN_BYTE_ARRAY && leaf.fixedBytes() <= 0)) {
            return null;
        }
        ChunkPlace place =
                new ChunkPlace(
                        split.chunk(leaf).chunkStartOffset(),
                        chunk.totalCompressedSize(),
                        split.rowCount(),
                        chunk.numValues(),
                        chunk.type(),
                        leaf.fixedBytes(),
                        leaf.definition() == 0,
                        chunk.codec());
        try {
            return new PageColumn(
                    split, column.name(), leaf, new ChunkReader(file, buffers, place));
        } catch (DamagedPageException e) {
            throw damaged(split, column.name(), e);
        } catch (UnreadPageException e) {
            return null;
        }
    }

    /// @throws UnreadPageException where the column is to be read by the library
    @Override
    public Vector read(int granule) {
        int rows = split.rowCount(granule);
        try {
            reader.skip((long) (granule - next) * Batch.MAX_ROWS);
            values.read(rows);
        } catch (DamagedPageException e) {
            throw damaged(split, name, e);
        }
        next = granule + 1;
        return decoder.decode(values, rows);
    }

    private static RuntimeException damaged(
            RowGroupSplit split, String column, DamagedPageException e) {
        return ParquetFile.failure(
                split.path(), column, "its pages cannot be read: " + e.getMessage(), e);
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() {
        reader.close();
    }
}
