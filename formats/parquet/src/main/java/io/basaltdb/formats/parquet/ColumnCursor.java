package io.basaltdb.formats.parquet;

import io.basaltdb.formats.parquet.page.UnreadPageException;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks one column of a row group, a granule at a time, forward only, and converts it to the type that is wanted.
final class ColumnCursor implements AutoCloseable {
    private final OpenFile file;
    private final ParquetColumn column;
    private final @Nullable Evaluator conversion;
    private GranuleSource source;
    private int decoded = -1;
    private @Nullable Vector values;

    /// @param index of the column in the schema of the relation
    ColumnCursor(OpenFile file, int index) {
        this.file = file;
        this.column = file.split().column(index);
        this.conversion = conversion(column.type(file.path()), file.split().schema().type(index));
        this.source = file.column(column);
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
                    "file " + file.path() + ", column " + column.name() + ": " + e.text(),
                    e);
        }
    }

    private Vector decode(int granule) {
        Vector current = values;
        if (current == null || decoded != granule) {
            current = next(granule);
            decoded = granule;
            values = current;
        }
        return current;
    }

    private Vector next(int granule) {
        try {
            return source.read(granule);
        } catch (UnreadPageException e) {
            GranuleSource library = file.libraryColumn(column);
            source.close();
            source = library;
            return library.read(granule);
        }
    }

    long bytesRead() {
        return source.bytesRead();
    }

    @Override
    public void close() {
        source.close();
    }
}
