package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers rows in memory and writes a part whenever it holds enough of them.
final class RowAppender implements Appender {
    /// Most bytes of one value.
    static final int MAX_VALUE_BYTES = 16 << 20;

    private final TransactionContext context;
    private final TableDefinition definition;
    private final StagedRows staged;
    private final Runnable onClose;
    private RowStore store;
    private long rowCount;
    private boolean closed;

    RowAppender(
            TransactionContext context,
            TableDefinition definition,
            StagedRows staged,
            Runnable onClose) {
        this.context = context;
        this.definition = definition;
        this.staged = staged;
        this.onClose = onClose;
        this.store = newStore();
    }

    private RowStore newStore() {
        return new RowStore(DatabaseState.types(definition), false, 0);
    }

    @Override
    public void append(Batch rows) {
        assert !closed;
        List<ColumnDefinition> columns = definition.columns();
        if (rows.columnCount() != columns.size()) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    definition.qualifiedName()
                            + " has "
                            + columns.size()
                            + " columns, the rows have "
                            + rows.columnCount());
        }
        for (int i = 0; i < columns.size(); i++) {
            check(columns.get(i), rows.column(i), rows.selection());
        }
        store.append(rows.columns(), rows.size(), rows.selection(), 0);
        rowCount += rows.rowCount();
        BulkLimits bulk = context.bulk();
        if (store.rowCount() >= bulk.rows() || store.sizeBytes() >= bulk.bytes()) {
            writePart();
        }
    }

    private void writePart() {
        staged.add(context.writeParts(definition, store.view(), DeleteVector.none()));
        store = newStore();
    }

    private void check(ColumnDefinition column, Vector values, @Nullable Selection selection) {
        checkType(column, values);
        if (!column.nullable() && values.mayHaveNulls()) {
            checkNotNull(column, values, selection);
        }
        switch (values) {
            case BytesVector text -> checkLengths(column, text, selection);
            case ConstantVector constant -> {
                if (constant.value() instanceof Value.Bytes(byte[] bytes)) {
                    checkLength(column, bytes.length);
                }
            }
            case DictionaryVector dictionary -> {
                if (dictionary.dictionary().values() instanceof BytesVector text) {
                    checkLengths(column, text, null);
                }
            }
            default -> {}
        }
    }

    private void checkType(ColumnDefinition column, Vector values) {
        Type type = values.type();
        if (!type.equals(column.type())) {
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "column "
                            + column.name()
                            + " of "
                            + definition.qualifiedName()
                            + " is "
                            + column.type().sql()
                            + ", the values are "
                            + type.sql());
        }
    }

    private void checkNotNull(
            ColumnDefinition column, Vector values, @Nullable Selection selection) {
        int count = selection == null ? values.size() : selection.count();
        for (int i = 0; i < count; i++) {
            if (values.isNull(selection == null ? i : selection.rows()[i])) {
                throw new BasaltException(
                        ErrorCode.NOT_NULL_VIOLATION,
                        "column "
                                + column.name()
                                + " of "
                                + definition.qualifiedName()
                                + " is NOT NULL, but row "
                                + (rowCount + i + 1)
                                + " of the insert has no value for it");
            }
        }
    }

    private void checkLengths(
            ColumnDefinition column, BytesVector text, @Nullable Selection selection) {
        int count = selection == null ? text.size() : selection.count();
        int longest = 0;
        for (int i = 0; i < count; i++) {
            int lane = selection == null ? i : selection.rows()[i];
            longest = Math.max(longest, text.isNull(lane) ? 0 : text.length()[lane]);
        }
        checkLength(column, longest);
    }

    private void checkLength(ColumnDefinition column, int length) {
        if (length > MAX_VALUE_BYTES) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "a value of "
                            + length
                            + " bytes for column "
                            + column.name()
                            + " of "
                            + definition.qualifiedName()
                            + " is above the limit of "
                            + MAX_VALUE_BYTES
                            + " bytes; split it");
        }
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            BulkLimits bulk = context.bulk();
            if (store.rowCount() >= bulk.minRows() || store.sizeBytes() >= bulk.minBytes()) {
                writePart();
            } else {
                staged.add(store);
            }
        } finally {
            onClose.run();
        }
    }
}
