package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowGroupPredicate;
import io.basaltdb.query.expression.Evaluator;
import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks one column of a row group, a granule at a time, forward only.
final class ColumnCursor implements AutoCloseable {
    private final RowGroupSplit split;
    private final String name;
    private final List<ColumnReader> readers;

    /// The one of a column that is a leaf; null for others.
    private final @Nullable VectorDecoder decoder;

    private final @Nullable NestedAssembler assembler;
    private final @Nullable Evaluator conversion;
    private int decoded = -1;
    private @Nullable Vector values;

    private ColumnCursor(
            RowGroupSplit split,
            ParquetColumn column,
            List<ColumnReader> readers,
            @Nullable Evaluator conversion) {
        this.split = split;
        this.name = column.name();
        this.readers = readers;
        ParquetShape shape = column.shape(split.path());
        boolean isFlat = shape instanceof ParquetShape.Leaf;
        this.decoder =
                shape instanceof ParquetShape.Leaf leaf
                        ? new VectorDecoder(leaf.layout(), split.path(), name)
                        : null;
        this.assembler = isFlat ? null : new NestedAssembler(shape, split.path(), name);
        this.conversion = conversion;
    }

    static ColumnCursor open(RowGroupSplit split, int index, ParquetFileReader file) {
        ParquetColumn column = split.column(index);
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
        return new ColumnCursor(
                split, column, readers, conversion(shape.type(), split.schema().type(index)));
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

    private static @Nullable Evaluator conversion(Type from, Type to) {
        return from.equals(to)
                ? null
                : Evaluator.of(
                        new Expression.Cast(new Expression.Column(0, from), to, false),
                        new EvaluationContext(List.of(), 0, ZoneOffset.UTC, "", ""));
    }

    /// The values of that granule, lent until the next one is read.
    Vector read(int granule, @Nullable Selection wanted) {
        Vector plain = decode(granule);
        if (conversion == null) {
            return plain;
        }
        try {
            return conversion.evaluate(new Batch(plain.size(), List.of(plain), wanted));
        } catch (BasaltException e) {
            throw new BasaltException(
                    ErrorCode.BAD_COPY_FORMAT,
                    "file " + split.path() + ", column " + name + ": " + e.text(),
                    e);
        }
    }

    private Vector decode(int granule) {
        Vector current = values;
        if (current == null || decoded != granule) {
            while (decoded < granule) {
                advance();
            }
            current = decodeBatch(split.rowCount(granule));
            values = current;
        }
        return current;
    }

    private Vector decodeBatch(int rows) {
        if (decoder != null) {
            return decoder.decode(readers.getFirst(), rows);
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

    @Override
    public void close() {
        readers.forEach(ColumnReader::close);
    }
}
