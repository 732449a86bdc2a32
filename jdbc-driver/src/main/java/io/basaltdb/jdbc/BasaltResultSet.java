package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.ColumnReader;
import io.basaltdb.jdbc.value.ConversionException;
import io.basaltdb.jdbc.value.Conversions;
import io.basaltdb.jdbc.wire.BatchSource;
import io.basaltdb.jdbc.wire.WireException;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireColumn;
import io.basaltdb.protocol.ipc.WireSchema;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows, read straight from the bytes of the batches as they arrive: a getter makes no object beyond
/// the one that it returns. Forward only. Used by one thread at a time.
///
/// What a getter gives is decided by the column's [ColumnReader]; here are the cursor, nulls, labels
/// and failures.
final class BasaltResultSet extends LabelledResultSet {
    private static final int BEFORE_FIRST = -1;

    private final @Nullable BasaltStatement statement;
    private final BatchSource source;
    private final WireSchema schema;
    private final ColumnReader[] readers;
    private final int fetchSize;
    private @Nullable Map<String, Integer> labels;
    private WireColumn @Nullable [] columns;
    private @Nullable WireBatch ahead;
    private int rowInBatch = BEFORE_FIRST;
    private int batchRows;
    private long rowNumber;
    private boolean isAfterLast;
    private boolean wasNull;
    private boolean isClosed;

    /// @param statement who gave the rows, or null for rows of the driver's own
    BasaltResultSet(@Nullable BasaltStatement statement, BatchSource source, int fetchSize) {
        this.statement = statement;
        this.source = source;
        this.schema = source.schema();
        this.fetchSize = fetchSize;
        this.readers = new ColumnReader[schema.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = ColumnReader.of(schema.field(i));
        }
    }

    // ---- the cursor ----

    @Override
    public boolean next() throws SQLException {
        if (rowInBatch + 1 < batchRows && !isClosed) {
            rowInBatch++;
            rowNumber++;
            return true;
        }
        return nextBatch();
    }

    private boolean nextBatch() throws SQLException {
        checkOpen();
        if (isAfterLast) {
            return false;
        }
        WireBatch batch = ahead != null ? ahead : fetch();
        ahead = null;
        if (batch == null) {
            columns = null;
            batchRows = 0;
            isAfterLast = true;
            if (statement != null) {
                statement.resultsClosed(this);
            }
            return false;
        }
        columns = batch.columns().toArray(new WireColumn[0]);
        batchRows = batch.rowCount();
        rowInBatch = 0;
        rowNumber++;
        return true;
    }

    private @Nullable WireBatch fetch() throws SQLException {
        try {
            WireBatch batch = source.next();
            while (batch != null && batch.rowCount() == 0) {
                batch = source.next();
            }
            return batch;
        } catch (WireException e) {
            isAfterLast = true;
            columns = null;
            batchRows = 0;
            throw SqlErrors.of(e);
        }
    }

    /// Whether a row follows; fetches it if that is not known.
    private boolean hasNext() throws SQLException {
        if (rowInBatch + 1 < batchRows || ahead != null) {
            return true;
        }
        if (!isAfterLast) {
            ahead = fetch();
        }
        return ahead != null;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return rowNumber == 0 && hasNext();
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return isAfterLast && rowNumber > 0;
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return rowNumber == 1 && !isAfterLast;
    }

    @Override
    public boolean isLast() throws SQLException {
        checkOpen();
        return rowNumber > 0 && !isAfterLast && !hasNext();
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return isAfterLast ? 0 : (int) Math.min(Integer.MAX_VALUE, rowNumber);
    }

    private static SQLException forwardOnly() {
        return SqlErrors.unsupported("result sets are forward-only");
    }

    @Override
    public void beforeFirst() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public void afterLast() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean first() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean last() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean previous() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public void refreshRow() throws SQLException {
        throw forwardOnly();
    }

    // ---- access ----

    /// The column that a getter asks for, or null if its value is null.
    private @Nullable WireColumn column(int index) throws SQLException {
        WireColumn[] current = columns;
        if (current == null || isClosed) {
            throw noRow();
        }
        if (index < 1 || index > current.length) {
            throw noColumn(index);
        }
        WireColumn column = current[index - 1];
        wasNull = column.isNull(rowInBatch);
        return wasNull ? null : column;
    }

    private SQLException noRow() {
        if (isClosed) {
            return SqlErrors.closed("result set");
        }
        return SqlErrors.of(
                "24000",
                isAfterLast ? "there are no more rows" : "call next() before the first row");
    }

    private SQLException noColumn(int index) {
        return SqlErrors.of(
                "42703", "there is no column " + index + "; the result has " + schema.size());
    }

    private ColumnReader reader(int index) {
        return readers[index - 1];
    }

    private SQLException failed(int index, ConversionException e) {
        String name = schema.field(index - 1).name();
        return SqlErrors.of(e.sqlState(), "column " + name + ": " + e.getMessage(), e);
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        checkOpen();
        Map<String, Integer> known = labels;
        if (known == null) {
            known = new HashMap<>();
            for (int i = schema.size(); i >= 1; i--) {
                known.put(schema.field(i - 1).name().toLowerCase(Locale.ROOT), i);
            }
            labels = known;
        }
        Integer index = known.get(label.toLowerCase(Locale.ROOT));
        if (index == null) {
            throw SqlErrors.of("42703", "the result has no column " + label);
        }
        return index;
    }

    // ---- getters ----

    @Override
    public @Nullable String getString(int index) throws SQLException {
        WireColumn column = column(index);
        return column == null ? null : reader(index).string(column, rowInBatch);
    }

    @Override
    public @Nullable String getNString(int index) throws SQLException {
        return getString(index);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        WireColumn column = column(index);
        try {
            return column != null && reader(index).truth(column, rowInBatch);
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return (byte) whole(index, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    @Override
    public short getShort(int index) throws SQLException {
        return (short) whole(index, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public int getInt(int index) throws SQLException {
        return (int) whole(index, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public long getLong(int index) throws SQLException {
        return whole(index, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long whole(int index, long min, long max) throws SQLException {
        WireColumn column = column(index);
        try {
            return column == null
                    ? 0
                    : Conversions.whole(reader(index), column, rowInBatch, min, max);
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public float getFloat(int index) throws SQLException {
        return (float) getDouble(index);
    }

    @Override
    public double getDouble(int index) throws SQLException {
        WireColumn column = column(index);
        try {
            return column == null ? 0 : reader(index).floating(column, rowInBatch);
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
        return getObject(index, BigDecimal.class);
    }

    @Deprecated
    @Override
    public @Nullable BigDecimal getBigDecimal(int index, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(index);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public byte @Nullable [] getBytes(int index) throws SQLException {
        return getObject(index, byte[].class);
    }

    @Override
    public @Nullable Date getDate(int index) throws SQLException {
        return getDate(index, null);
    }

    @Override
    public @Nullable Time getTime(int index) throws SQLException {
        return getTime(index, null);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index) throws SQLException {
        return getTimestamp(index, null);
    }

    @Override
    public @Nullable Date getDate(int index, @Nullable Calendar calendar) throws SQLException {
        WireColumn column = column(index);
        try {
            return column == null
                    ? null
                    : Conversions.date(
                            reader(index),
                            column,
                            rowInBatch,
                            BasaltPreparedStatement.zone(calendar));
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public @Nullable Time getTime(int index, @Nullable Calendar calendar) throws SQLException {
        WireColumn column = column(index);
        try {
            return column == null
                    ? null
                    : Conversions.time(
                            reader(index),
                            column,
                            rowInBatch,
                            BasaltPreparedStatement.zone(calendar));
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index, @Nullable Calendar calendar)
            throws SQLException {
        WireColumn column = column(index);
        try {
            return column == null
                    ? null
                    : Conversions.timestamp(
                            reader(index),
                            column,
                            rowInBatch,
                            BasaltPreparedStatement.zone(calendar));
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public @Nullable Object getObject(int index) throws SQLException {
        WireColumn column = column(index);
        try {
            return column == null
                    ? null
                    : NestedValues.of(reader(index).object(column, rowInBatch));
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public @Nullable Object getObject(int index, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        return getObject(index);
    }

    @Override
    public <T> @Nullable T getObject(int index, Class<T> wanted) throws SQLException {
        WireColumn column = column(index);
        if (column == null) {
            return null;
        }
        if (wanted == Array.class || wanted == Struct.class || wanted == Map.class) {
            return wanted.cast(nested(index, wanted));
        }
        try {
            return wanted.cast(Conversions.as(wanted, reader(index), column, rowInBatch));
        } catch (ConversionException e) {
            throw failed(index, e);
        }
    }

    @Override
    public @Nullable URL getURL(int index) throws SQLException {
        String text = getString(index);
        try {
            return text == null ? null : URI.create(text).toURL();
        } catch (IllegalArgumentException | MalformedURLException e) {
            throw SqlErrors.of("22018", "the text '" + text + "' is no URL", e);
        }
    }

    @Override
    public @Nullable InputStream getAsciiStream(int index) throws SQLException {
        String text = getString(index);
        return text == null
                ? null
                : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Deprecated
    @Override
    public @Nullable InputStream getUnicodeStream(int index) throws SQLException {
        String text = getString(index);
        return text == null
                ? null
                : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable InputStream getBinaryStream(int index) throws SQLException {
        byte[] bytes = getBytes(index);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable Reader getCharacterStream(int index) throws SQLException {
        String text = getString(index);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public @Nullable Reader getNCharacterStream(int index) throws SQLException {
        return getCharacterStream(index);
    }

    @Override
    public Ref getRef(int index) throws SQLException {
        throw SqlErrors.unsupported("the database has no references");
    }

    @Override
    public Blob getBlob(int index) throws SQLException {
        throw SqlErrors.unsupported("the database has no large objects; use getBytes");
    }

    @Override
    public Clob getClob(int index) throws SQLException {
        throw SqlErrors.unsupported("the database has no large objects; use getString");
    }

    @Override
    public NClob getNClob(int index) throws SQLException {
        throw SqlErrors.unsupported("the database has no large objects; use getString");
    }

    @Override
    public @Nullable Array getArray(int index) throws SQLException {
        return getObject(index, Array.class);
    }

    private Object nested(int index, Class<?> wanted) throws SQLException {
        Object value = getObject(index);
        if (value == null || !wanted.isInstance(value)) {
            throw SqlErrors.of(
                    "07006",
                    "column "
                            + schema.field(index - 1).name()
                            + " is of type "
                            + reader(index).type().name()
                            + ", which gives no "
                            + wanted.getSimpleName());
        }
        return value;
    }

    @Override
    public RowId getRowId(int index) throws SQLException {
        throw SqlErrors.unsupported("the database has no row ids");
    }

    @Override
    public SQLXML getSQLXML(int index) throws SQLException {
        throw SqlErrors.unsupported("the database has no XML type");
    }

    // ---- the rest ----

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new ColumnFacts(schema);
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        checkOpen();
        return statement;
    }

    @Override
    public String getCursorName() throws SQLException {
        throw SqlErrors.unsupported("result sets have no cursor names");
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return FETCH_FORWARD;
    }

    /// The server was told when the query began.
    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    private void checkOpen() throws SQLException {
        if (isClosed) {
            throw SqlErrors.closed("result set");
        }
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    /// Rows that were not read are given up.
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        columns = null;
        batchRows = 0;
        source.close();
        if (statement != null) {
            statement.resultsClosed(this);
        }
    }
}
