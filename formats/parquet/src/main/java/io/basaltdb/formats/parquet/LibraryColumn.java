package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowGroupPredicate;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A column as the Parquet library reads it: one with values inside, or one whose pages are none that we read.
final class LibraryColumn implements GranuleSource {
    private final RowGroupSplit split;
    private final String name;
    private final List<ColumnReader> readers;

    /// Those of a column that is a leaf; null for others.
    private final @Nullable VectorDecoder decoder;

    private final @Nullable LibraryValues values;
    private final @Nullable NestedAssembler assembler;
    private int decoded = -1;

    private LibraryColumn(RowGroupSplit split, ParquetColumn column, List<ColumnReader> readers) {
        this.split = split;
        this.name = column.name();
        this.readers = readers;
        if (column.shape(split.path()) instanceof ParquetShape.Leaf leaf) {
            this.decoder = new VectorDecoder(leaf.layout(), split.path(), name);
            this.values = new LibraryValues(readers.getFirst());
            this.assembler = null;
        } else {
            this.decoder = null;
            this.values = null;
            this.assembler = new NestedAssembler(column.shape(split.path()), split.path(), name);
        }
    }

    static LibraryColumn open(RowGroupSplit split, ParquetColumn column, ParquetFileReader file) {
        ParquetShape shape = column.shape(split.path());
        List<ColumnReader> readers = new ArrayList<>();
        try {
            for (ParquetShape.Leaf leaf : shape.leaves()) {
                refuse(split, column, leaf);
                readers.add(
                        file.buildColumnReader(leaf.index())
                                .filter(bytesOf(split))
                                .batchSize(Batch.MAX_ROWS)
                                .build());
            }
        } catch (RuntimeException e) {
            readers.forEach(ColumnReader::close);
            throw ParquetFile.failure(split.path(), column.name(), "its pages cannot be read", e);
        }
        return new LibraryColumn(split, column, readers);
    }

    private static void refuse(RowGroupSplit split, ParquetColumn column, ParquetShape.Leaf leaf) {
        String refusal = ParquetLibrary.refusal(split.chunk(leaf).metaData().codec());
        if (refusal != null) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "file " + split.path() + ", column " + column.name() + ": " + refusal);
        }
    }

    /// The library names row groups by the bytes in which they begin.
    private static RowGroupPredicate bytesOf(RowGroupSplit split) {
        long start = Long.MAX_VALUE;
        long size = 0;
        for (ColumnChunk chunk : split.group().columns()) {
            start = Math.min(start, chunk.chunkStartOffset());
            size += chunk.metaData().totalCompressedSize();
        }
        return RowGroupPredicate.byteRange(start, start + size);
    }

    @Override
    public Vector read(int granule) {
        while (decoded < granule) {
            advance();
        }
        int rows = split.rowCount(granule);
        LibraryValues leaf = values;
        if (decoder != null && leaf != null) {
            return decoder.decode(leaf, rows);
        }
        try {
            return Objects.requireNonNull(assembler).assemble(readers, rows);
        } catch (LevelsException e) {
            throw ParquetFile.failure(
                    split.path(), name, Objects.requireNonNull(e.getMessage()), e);
        }
    }

    private void advance() {
        decoded++;
        for (ColumnReader reader : readers) {
            int rows;
            try {
                rows = reader.nextBatch() ? reader.getRecordCount() : 0;
            } catch (RuntimeException e) {
                throw ParquetFile.failure(split.path(), name, "its pages cannot be read", e);
            }
            if (rows != split.rowCount(decoded)) {
                throw ParquetFile.failure(
                        split.path(),
                        name,
                        "rows are missing: "
                                + split.rowCount(decoded)
                                + " were expected, "
                                + rows
                                + " found",
                        null);
            }
        }
    }

    /// Those of the library's columns are counted with its file.
    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public void close() {
        readers.forEach(ColumnReader::close);
    }
}
