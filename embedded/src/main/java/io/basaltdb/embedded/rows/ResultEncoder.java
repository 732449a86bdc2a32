package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.query.execution.Result;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the rows of one result into SCHEMA and DATA frames, one record batch per call.
///
/// The engine's batches are small (a granule), those of the wire grow: the first has at most 1,024
/// rows, so that it is there soon, later ones up to 65,536 rows or about 1 MiB. SCHEMA goes out with
/// the first record batch, since only the engine's first batch tells which text columns have
/// dictionaries.
public final class ResultEncoder {
    /// Most rows of the first record batch.
    public static final int FIRST_ROWS = 1_024;

    /// Most rows of any record batch.
    public static final int MOST_ROWS = 65_536;

    private static final long TARGET_BYTES = 1 << 20;
    private static final int GROWTH = 8;

    private final Result result;
    private final int stream;
    private final boolean wantsDictionaries;
    private final String zone;
    private final List<ColumnEncoder> columns = new ArrayList<>();
    private long rowsLeft;
    private int targetRows = FIRST_ROWS;
    private int rowCount;
    private @Nullable Batch batch;
    private int position;
    private boolean isStarted;
    private boolean isEnded;

    /// @param zone in which instants are to be shown
    /// @param maxRows rows after which the result ends, 0 for no limit
    public ResultEncoder(
            Result result, int stream, boolean wantsDictionaries, String zone, long maxRows) {
        this.result = result;
        this.stream = stream;
        this.wantsDictionaries = wantsDictionaries;
        this.zone = zone;
        this.rowsLeft = maxRows == 0 ? Long.MAX_VALUE : maxRows;
    }

    /// Whether all rows were written.
    public boolean isEnded() {
        return isEnded;
    }

    /// Whether no row follows what was written: the end needs no credit. May wait for the engine, and
    /// keeps the batch that it gets.
    public boolean endsHere() {
        Batch current = batch;
        if (isStarted && !isEnded && (current == null || position == current.rowCount())) {
            batch = result.next();
            position = 0;
            isEnded = batch == null;
        }
        return isEnded;
    }

    /// Writes the frames of the next record batch, if there are rows for one; waits for the engine.
    /// Returns the number of rows.
    public int writeNext(FrameBuffer out) {
        rowCount = 0;
        fill();
        if (!isStarted) {
            start(out);
            fill();
        }
        if (rowCount > 0) {
            writeRecordBatch(out);
        }
        return rowCount;
    }

    /// The first call only fetches the first batch, whose form decides how columns are encoded.
    private void fill() {
        while (!isEnded && rowCount < targetRows && bodyBytes() < TARGET_BYTES) {
            Batch current = batch;
            if (current == null || position == current.rowCount()) {
                if (isFirstBatchSentSoon()) {
                    return;
                }
                current = result.next();
                batch = current;
                position = 0;
                isEnded = current == null;
            }
            if (!isStarted || current == null) {
                return;
            }
            take(current);
        }
    }

    /// Rows of the first record batch do not wait for more to come.
    private boolean isFirstBatchSentSoon() {
        return rowCount > 0 && targetRows == FIRST_ROWS;
    }

    private void take(Batch current) {
        int wanted = (int) Math.min(targetRows - rowCount, rowsLeft);
        int most = Math.min(current.rowCount() - position, wanted);
        int count = RowBudget.fitting(current, position, most, TARGET_BYTES - bodyBytes());
        append(current, position, position + count);
        position += count;
        rowCount += count;
        rowsLeft -= count;
        isEnded = rowsLeft == 0;
    }

    private void append(Batch current, int from, int to) {
        Selection selection = current.selection();
        int[] rows = selection == null ? null : selection.rows();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).append(current.column(i), rows, from, to);
        }
    }

    private void start(FrameBuffer out) {
        Schema schema = result.schema();
        List<WireField> fields = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            boolean isEncoded = isEncoded(field, i);
            fields.add(WireTypes.field(field, isEncoded ? i : WireField.NO_DICTIONARY, zone));
            columns.add(column(field, i, isEncoded));
        }
        out.begin(FrameType.SCHEMA, 0, stream);
        IpcWriter.writeSchema(out, new WireSchema(fields));
        out.end();
        isStarted = true;
    }

    private boolean isEncoded(Field field, int index) {
        return wantsDictionaries
                && field.type() instanceof Type.Text
                && batch != null
                && batch.column(index) instanceof DictionaryVector;
    }

    private ColumnEncoder column(Field field, int index, boolean isEncoded) {
        if (isEncoded) {
            return new EncodedTextColumn(index, stream);
        }
        if (field.type() instanceof Type.Interval(Type.Interval.Unit unit)) {
            return new IntervalColumn(unit);
        }
        WireType type = WireTypes.of(field.type());
        return field.type() instanceof Type.Opaque && type.kind() == WireType.Kind.UTF8
                ? new SpelledColumn(field.type())
                : new ColumnEncoder(type);
    }

    private void writeRecordBatch(FrameBuffer out) {
        try {
            List<ColumnBuffer> buffers = new ArrayList<>(columns.size());
            for (ColumnEncoder column : columns) {
                column.writeDictionary(out);
                buffers.add(column.buffer());
            }
            out.begin(FrameType.DATA, 0, stream);
            IpcWriter.writeRecordBatch(out, rowCount, buffers);
            out.end();
        } catch (ProtocolException e) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "a row of the result is too large to be sent: "
                            + e.getMessage()
                            + "; select fewer or shorter columns",
                    e);
        }
        columns.forEach(ColumnEncoder::clear);
        targetRows = Math.min(MOST_ROWS, targetRows * GROWTH);
    }

    private long bodyBytes() {
        long bytes = 0;
        for (ColumnEncoder column : columns) {
            bytes += column.bodyBytes();
        }
        return bytes;
    }
}
