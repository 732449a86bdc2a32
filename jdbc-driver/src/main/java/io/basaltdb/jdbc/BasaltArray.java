package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.NestedArray;
import io.basaltdb.jdbc.value.NestedText;
import io.basaltdb.jdbc.wire.LocalRows;
import io.basaltdb.protocol.ipc.FieldKey;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The elements of a list; they stay when the result is closed.
final class BasaltArray implements Array {
    private final NestedArray list;
    private boolean isFree;

    BasaltArray(NestedArray list) {
        this.list = list;
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        checkNotFree();
        return list.element().sqlType().name();
    }

    @Override
    public int getBaseType() throws SQLException {
        checkNotFree();
        return list.element().sqlType().code();
    }

    /// An array of the class that `getObject` gives for a column of the elements' type.
    @Override
    public Object getArray() throws SQLException {
        return array(elements());
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return array(elements(index, count));
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        return getArray(index, count);
    }

    private Object array(@Nullable Object[] elements) {
        Class<?> javaClass = list.element().sqlType().javaClass();
        for (Object element : elements) {
            if (element != null && !javaClass.isInstance(element)) {
                return elements; // the program made it, of what it liked
            }
        }
        Object[] typed = (Object[]) java.lang.reflect.Array.newInstance(javaClass, elements.length);
        System.arraycopy(elements, 0, typed, 0, elements.length);
        return typed;
    }

    private @Nullable Object[] elements() throws SQLException {
        checkNotFree();
        return handedOut();
    }

    private @Nullable Object[] handedOut() {
        @Nullable Object[] elements = list.elements();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = NestedValues.of(elements[i]);
        }
        return elements;
    }

    /// @param index of the first one, from 1
    private @Nullable Object[] elements(long index, int count) throws SQLException {
        @Nullable Object[] all = elements();
        if (index < 1 || count < 0 || index - 1 + count > all.length) {
            throw SqlErrors.of(
                    "22003",
                    "there are no " + count + " elements from " + index + " on, but " + all.length);
        }
        return Arrays.copyOfRange(all, (int) index - 1, (int) index - 1 + count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return rows(1, elements());
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return rows(index, elements(index, count));
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        return getResultSet(index, count);
    }

    private ResultSet rows(long first, @Nullable Object[] elements) throws SQLException {
        WireField value =
                new WireField(
                        "VALUE",
                        WireType.UTF8,
                        true,
                        WireField.NO_DICTIONARY,
                        Map.of(FieldKey.SQL_TYPE, list.element().sql()));
        LocalRows rows =
                new LocalRows(
                        new WireSchema(
                                List.of(WireField.of("INDEX", WireType.INT64, false), value)));
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            rows.add(first + i, element == null ? null : NestedText.plain(element));
        }
        return new BasaltResultSet(null, rows, 0);
    }

    @Override
    public void free() {
        isFree = true;
    }

    private void checkNotFree() throws SQLException {
        if (isFree) {
            throw SqlErrors.closed("array");
        }
    }

    @Override
    public String toString() {
        String text = list.text();
        return text == null ? NestedText.of(handedOut()) : text;
    }
}
