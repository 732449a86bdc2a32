package io.basaltdb.embedded.fake;

import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows on their way into a fake table; a text `bad` in them makes the insert fail.
final class FakeInsert implements Session.BulkInsert {
    private final FakeDatabase database;
    private final FakeDatabase.Table table;
    private final Schema columns;
    private final List<List<Value>> rows = new ArrayList<>();

    FakeInsert(FakeDatabase database, FakeDatabase.Table table, Schema columns) {
        this.database = database;
        this.table = table;
        this.columns = columns;
    }

    @Override
    public Schema columns() {
        return columns;
    }

    @Override
    public void append(Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < table.schema().size(); i++) {
                int source = columns.indexOf(table.schema().field(i).name());
                values.add(source < 0 ? Value.NULL : value(batch.column(source), row));
            }
            if (values.contains(Value.of("bad"))) {
                throw new BasaltException(
                        ErrorCode.CHECK_VIOLATION, "row " + rows.size() + " is bad");
            }
            rows.add(values);
        }
    }

    private static Value value(Vector vector, int row) {
        if (vector.isNull(row)) {
            return Value.NULL;
        }
        return switch (vector) {
            case LongVector longs -> Value.of(longs.values()[row]);
            case DoubleVector doubles -> Value.of(doubles.values()[row]);
            case WideVector wide -> Value.of(wide.high()[row], wide.low()[row]);
            case BitVector bits -> Value.of(bits.get(row));
            case BytesVector bytes ->
                    new Value.Bytes(
                            Arrays.copyOfRange(
                                    bytes.heap(),
                                    bytes.start()[row],
                                    bytes.start()[row] + bytes.length()[row]));
            case ConstantVector constant -> constant.value();
            case DictionaryVector _ -> throw new AssertionError("inserts come flat");
        };
    }

    @Override
    public long commit() {
        table.rows().addAll(rows);
        database.commits.incrementAndGet();
        return rows.size();
    }

    @Override
    public void close() {
        rows.clear();
    }
}
