package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
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

/// Checks that rows fit their table before they are written: number and types of the columns, NOT NULL, lengths. Counts the rows.
final class RowCheck {
    /// Most bytes of one value.
    static final int MAX_VALUE_BYTES = 16 << 20;

    private final TableDefinition definition;
    private long rowCount;

    RowCheck(TableDefinition definition) {
        this.definition = definition;
    }

    void check(Batch rows) {
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
        rowCount += rows.rowCount();
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
                                + " of those that are written has no value for it");
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
}
