package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.PartDescription;
import io.basaltdb.storage.part.PartStream;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.segment.LaneOrder;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part whose rows come in the order of the sort key already, as those of files mostly do: nothing is sorted, and nothing kept but what is encoded.
/// For one thread.
final class OrderedPart {
    /// Average bytes of a column's values up to which granules have as many rows as they may.
    private static final long MAX_AVERAGE_BYTES = PartDescription.GRANULE_BYTES / Batch.MAX_ROWS;

    private final PartStream part;
    private final int[] keys;
    private Value[] last = {};
    private boolean failed;

    private OrderedPart(PartStream part, int[] keys) {
        this.part = part;
        this.keys = keys;
    }

    /// A part that begins with the rows of the view; null where they are not in order, or those of the table cannot be written as they come: they must be told
    /// apart by partition, have keys, or are so large that the number of rows per granule has to be found first.
    static @Nullable OrderedPart begin(
            TransactionContext context, TableDefinition definition, DeltaView view) {
        if (!definition.partitionBy().isEmpty() || !definition.primaryKey().isEmpty()) {
            return null;
        }
        int[] keys = SealJob.positions(definition);
        if (keys.length > 0 && !isOrdered(view, keys)) {
            return null;
        }
        PartDescription description =
                PartBuild.describe(
                        context.newPartId(),
                        definition,
                        List.of(),
                        0,
                        PartBuild.widest(definition, view));
        if (description.rowsPerGranule() != Batch.MAX_ROWS) {
            return null;
        }
        OrderedPart ordered = new OrderedPart(new PartStream(description), keys);
        for (int c = 0; c < view.chunkCount(); c++) {
            ordered.write(view.chunks()[c].vectors(view.rows(c)), view.rows(c), null);
        }
        return ordered;
    }

    private static boolean isOrdered(DeltaView view, int[] keys) {
        Value[] before = {};
        for (int c = 0; c < view.chunkCount(); c++) {
            List<Vector> columns = view.chunks()[c].vectors(view.rows(c));
            int rows = view.rows(c);
            if (!follows(before, columns, keys, 0) || !ascends(columns, keys, rows, null)) {
                return false;
            }
            before = row(columns, keys, rows - 1);
        }
        return true;
    }

    private static Value[] row(List<? extends Vector> columns, int[] keys, int lane) {
        Value[] values = new Value[keys.length];
        for (int k = 0; k < keys.length; k++) {
            values[k] = LaneOrder.valueAt(columns.get(keys[k]), lane);
        }
        return values;
    }

    private static boolean follows(
            Value[] before, List<? extends Vector> columns, int[] keys, int lane) {
        for (int k = 0; k < before.length; k++) {
            int order = Value.compare(before[k], LaneOrder.valueAt(columns.get(keys[k]), lane));
            if (order != 0) {
                return order < 0;
            }
        }
        return true;
    }

    private static boolean ascends(
            List<? extends Vector> columns, int[] keys, int size, @Nullable Selection rows) {
        Vector[] vectors = new Vector[keys.length];
        for (int k = 0; k < keys.length; k++) {
            vectors[k] = columns.get(keys[k]);
        }
        int count = rows == null ? size : rows.count();
        for (int i = 1; i < count; i++) {
            int left = rows == null ? i - 1 : rows.rows()[i - 1];
            int right = rows == null ? i : rows.rows()[i];
            if (!ascends(vectors, left, right)) {
                return false;
            }
        }
        return true;
    }

    private static boolean ascends(Vector[] keys, int left, int right) {
        for (Vector key : keys) {
            int order = LaneOrder.compare(key, left, right);
            if (order != 0) {
                return order < 0;
            }
        }
        return true;
    }

    /// Writes the rows behind the others; false, and writes none, where they do not belong there or are too large.
    boolean append(Batch batch) {
        List<? extends Vector> columns = batch.columns();
        Selection rows = batch.selection();
        checkWhole();
        if (batch.rowCount() == 0) {
            return true;
        }
        int first = rows == null ? 0 : rows.rows()[0];
        if (!follows(last, columns, keys, first)
                || !ascends(columns, keys, batch.size(), rows)
                || isWide(columns, batch.size(), rows)) {
            return false;
        }
        write(columns, batch.size(), rows);
        return true;
    }

    private void write(List<? extends Vector> columns, int size, @Nullable Selection rows) {
        failed = true;
        part.append(columns, size, rows);
        failed = false;
        last = row(columns, keys, rows == null ? size - 1 : rows.rows()[rows.count() - 1]);
    }

    /// Whether some column's values are so large that a full granule of them would be larger than it should.
    private static boolean isWide(
            List<? extends Vector> columns, int size, @Nullable Selection rows) {
        for (Vector column : columns) {
            if (textBytes(column, size, rows)
                    > MAX_AVERAGE_BYTES * (rows == null ? size : rows.count())) {
                return true;
            }
        }
        return false;
    }

    private static long textBytes(Vector column, int size, @Nullable Selection rows) {
        return switch (column) {
            case BytesVector text -> bytes(text.length(), null, text, size, rows);
            case DictionaryVector(_, int[] codes, var dictionary, _) ->
                    dictionary.values() instanceof BytesVector values
                            ? bytes(values.length(), codes, column, size, rows)
                            : 0;
            case ConstantVector constant ->
                    constant.value() instanceof Value.Bytes(byte[] text)
                            ? (long) text.length * (rows == null ? size : rows.count())
                            : 0;
            default -> 0;
        };
    }

    private static long bytes(
            int[] lengths,
            int @Nullable [] codes,
            Vector column,
            int size,
            @Nullable Selection rows) {
        long sum = 0;
        int count = rows == null ? size : rows.count();
        boolean mayHaveNulls = column.mayHaveNulls();
        for (int i = 0; i < count; i++) {
            int lane = rows == null ? i : rows.rows()[i];
            if (!mayHaveNulls || !column.isNull(lane)) {
                sum += lengths[codes == null ? lane : codes[lane]];
            }
        }
        return sum;
    }

    long rowCount() {
        return part.rowCount();
    }

    /// Bytes of memory held.
    long heldBytes() {
        return part.heldBytes();
    }

    /// Some columns may have more rows than others.
    private void checkWhole() {
        if (failed) {
            throw new BasaltException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    "rows that were appended before could not be written; roll the transaction back and begin again");
        }
    }

    /// Writes the file; after a failure nothing can be done with the rows.
    PartState finish(TransactionContext context) {
        checkWhole();
        failed = true;
        PartSummary summary = part.finish(context.state().disk());
        return new PartState(summary, 0, DeathList.NONE, context.state().handle(summary.id()));
    }
}
