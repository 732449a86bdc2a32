package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.ConversionException;
import io.basaltdb.jdbc.value.Parameter;
import io.basaltdb.jdbc.value.ParameterBatch;
import io.basaltdb.jdbc.value.ParameterRow;
import io.basaltdb.jdbc.wire.BatchInsert;
import io.basaltdb.jdbc.wire.WireException;
import io.basaltdb.protocol.ipc.WireSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/// A statement with parameters. Values travel with their types and are bound by the server; the text
/// of the statement is never changed. Nothing is sent before the first execution, which takes one
/// round trip; only [#getMetaData] and [#getParameterMetaData] ask the server before.
///
/// A batch is collected by column and sent as one insert, which takes effect as a whole.
final class BasaltPreparedStatement extends UnsupportedSetters {
    private static final int MOST_PARAMETERS = 16_384;

    private final String sql;
    private final ParameterBatch batch = new ParameterBatch();
    private final ParameterRow row = new ParameterRow();
    private @Nullable Parameter[] parameters = new @Nullable Parameter[0];
    private @Nullable StatementShape shape;

    BasaltPreparedStatement(BasaltConnection connection, String sql) {
        super(connection);
        this.sql = sql;
    }

    // ---- execution ----

    @Override
    public ResultSet executeQuery() throws SQLException {
        run(sql, row());
        return rows();
    }

    @Override
    public boolean execute() throws SQLException {
        return run(sql, row());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        run(sql, row());
        return count();
    }

    @Override
    public int executeUpdate() throws SQLException {
        return narrow(executeLargeUpdate());
    }

    private byte[] row() throws SQLException {
        checkOpen();
        checkAllSet();
        return row.bytes(parameters);
    }

    private void checkAllSet() throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == null) {
                throw SqlErrors.of("07001", "parameter " + (i + 1) + " has no value");
            }
        }
    }

    @Override
    public ResultSet executeQuery(String other) throws SQLException {
        throw prepared();
    }

    @Override
    public boolean execute(String other) throws SQLException {
        throw prepared();
    }

    @Override
    public int executeUpdate(String other) throws SQLException {
        throw prepared();
    }

    @Override
    public long executeLargeUpdate(String other) throws SQLException {
        throw prepared();
    }

    @Override
    public void addBatch(String other) throws SQLException {
        throw prepared();
    }

    private static SQLException prepared() {
        return SqlErrors.of(
                "42601", "a prepared statement has its SQL; call the method without an argument");
    }

    // ---- batches of rows ----

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        checkAllSet();
        batch.add(parameters);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        begin();
        int rows = batch.rowCount();
        if (rows == 0) {
            return new long[0];
        }
        try {
            long changed = sendBatch();
            long[] counts = new long[rows];
            Arrays.fill(counts, changed == rows ? 1 : SUCCESS_NO_INFO);
            return counts;
        } catch (WireException e) {
            SQLException cause = SqlErrors.of(e);
            throw new BatchUpdateException(
                    cause.getMessage(), cause.getSQLState(), 0, new long[0], cause);
        } finally {
            batch.clear();
            setRunning(null);
        }
    }

    private long sendBatch() throws WireException, SQLException {
        WireSchema schema = ParameterBatch.schema(batch.chunks().get(0));
        BatchInsert insert =
                BatchInsert.begin(basalt().wire(), sql, schema, insertToken(), timeoutMillis());
        setRunning(insert.answer());
        for (ParameterBatch.Chunk chunk : batch.chunks()) {
            WireSchema next = ParameterBatch.schema(chunk);
            if (!next.equals(schema)) {
                insert.retype(next);
                schema = next;
            }
            insert.send(chunk.columns());
        }
        return insert.end();
    }

    // ---- description ----

    private StatementShape shape() throws SQLException {
        checkOpen();
        StatementShape known = shape;
        if (known == null) {
            known = StatementShape.ask(basalt(), sql);
            shape = known;
        }
        return known;
    }

    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        WireSchema columns = shape().columns();
        return columns == null ? null : new ColumnFacts(columns);
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        return new ParameterFacts(shape().parameters());
    }

    // ---- parameters ----

    private void set(int index, Parameter parameter) throws SQLException {
        checkOpen();
        if (index < 1 || index > MOST_PARAMETERS) {
            throw SqlErrors.of("07009", "there is no parameter " + index);
        }
        if (index > parameters.length) {
            parameters = Arrays.copyOf(parameters, index);
        }
        parameters[index - 1] = parameter;
    }

    private interface Maker {
        Parameter make();
    }

    /// For parameters whose making may fail.
    private void setConverted(int index, Maker maker) throws SQLException {
        try {
            set(index, maker.make());
        } catch (ConversionException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(parameters, null);
    }

    @Override
    public void setNull(int index, int type) throws SQLException {
        set(index, Parameter.NULL);
    }

    @Override
    public void setNull(int index, int type, @Nullable String typeName) throws SQLException {
        set(index, Parameter.NULL);
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        set(index, Parameter.of(value));
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        set(index, Parameter.of(value));
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        set(index, Parameter.of(value));
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        set(index, Parameter.of(value));
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        set(index, Parameter.of(value));
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        set(index, Parameter.of(value));
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        set(index, Parameter.of(value));
    }

    @Override
    public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
        setConverted(index, () -> value == null ? Parameter.NULL : Parameter.of(value));
    }

    @Override
    public void setString(int index, @Nullable String value) throws SQLException {
        set(index, value == null ? Parameter.NULL : Parameter.of(value));
    }

    @Override
    public void setNString(int index, @Nullable String value) throws SQLException {
        setString(index, value);
    }

    @Override
    public void setBytes(int index, byte @Nullable [] value) throws SQLException {
        set(index, value == null ? Parameter.NULL : Parameter.of(value));
    }

    @Override
    public void setDate(int index, @Nullable Date value) throws SQLException {
        setDate(index, value, null);
    }

    @Override
    public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
            throws SQLException {
        set(index, value == null ? Parameter.NULL : Parameter.of(value, zone(calendar)));
    }

    @Override
    public void setTime(int index, @Nullable Time value) throws SQLException {
        setTime(index, value, null);
    }

    @Override
    public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
            throws SQLException {
        set(index, value == null ? Parameter.NULL : Parameter.of(value, zone(calendar)));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
        setTimestamp(index, value, null);
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
            throws SQLException {
        setConverted(
                index, () -> value == null ? Parameter.NULL : Parameter.of(value, zone(calendar)));
    }

    static ZoneId zone(@Nullable Calendar calendar) {
        return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
    }

    @Override
    public void setURL(int index, @Nullable URL value) throws SQLException {
        setString(index, value == null ? null : value.toString());
    }

    @Override
    public void setObject(int index, @Nullable Object value) throws SQLException {
        setConverted(index, () -> Parameter.ofObject(value));
    }

    /// A list goes as the text that the database reads as one.
    @Override
    public void setArray(int index, @Nullable Array value) throws SQLException {
        setObject(index, value);
    }

    /// The server coerces to what the statement wants; the target type matters only for the scale.
    @Override
    public void setObject(int index, @Nullable Object value, int targetType) throws SQLException {
        setObject(index, value);
    }

    @Override
    public void setObject(int index, @Nullable Object value, int targetType, int scale)
            throws SQLException {
        boolean isExact = targetType == Types.DECIMAL || targetType == Types.NUMERIC;
        if (isExact && value instanceof BigDecimal) {
            setBigDecimal(index, ((BigDecimal) value).setScale(scale, RoundingMode.HALF_UP));
        } else {
            setObject(index, value);
        }
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetType)
            throws SQLException {
        setObject(index, value);
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetType, int scale)
            throws SQLException {
        Integer code = targetType.getVendorTypeNumber();
        setObject(index, value, code == null ? Types.OTHER : code, scale);
    }

    @Override
    public void setClob(int index, @Nullable Clob value) throws SQLException {
        setCharacterStream(index, value == null ? null : value.getCharacterStream());
    }

    @Override
    public void setNClob(int index, @Nullable NClob value) throws SQLException {
        setClob(index, (Clob) value);
    }

    @Override
    public void setClob(int index, @Nullable Reader reader) throws SQLException {
        setCharacterStream(index, reader);
    }

    @Override
    public void setClob(int index, @Nullable Reader reader, long length) throws SQLException {
        setCharacterStream(index, reader, length);
    }

    @Override
    public void setNClob(int index, @Nullable Reader reader) throws SQLException {
        setCharacterStream(index, reader);
    }

    @Override
    public void setNClob(int index, @Nullable Reader reader, long length) throws SQLException {
        setCharacterStream(index, reader, length);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader reader) throws SQLException {
        setCharacterStream(index, reader);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader reader, long length)
            throws SQLException {
        setCharacterStream(index, reader, length);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader reader, int length)
            throws SQLException {
        setCharacterStream(index, reader, (long) length);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader reader) throws SQLException {
        setCharacterStream(index, reader, Long.MAX_VALUE);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader reader, long length)
            throws SQLException {
        setString(index, reader == null ? null : text(reader, length));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream in) throws SQLException {
        setAsciiStream(index, in, Long.MAX_VALUE);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream in, int length)
            throws SQLException {
        setAsciiStream(index, in, (long) length);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream in, long length)
            throws SQLException {
        setCharacterStream(
                index,
                in == null ? null : new InputStreamReader(in, StandardCharsets.US_ASCII),
                length);
    }

    private static String text(Reader reader, long length) throws SQLException {
        StringWriter text = new StringWriter();
        char[] buffer = new char[4_096];
        long left = length;
        try {
            while (left > 0) {
                int count = reader.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    break;
                }
                text.write(buffer, 0, count);
                left -= count;
            }
        } catch (IOException e) {
            throw SqlErrors.of("22000", "the stream of a parameter cannot be read", e);
        }
        return text.toString();
    }
}
