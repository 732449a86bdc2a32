package io.basaltdb.benchmarks.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads results through plain JDBC into [Answer]s.
public final class AnswerReader {
    private AnswerReader() {}

    /// Runs a query and reads all of it.
    public static Answer read(Connection connection, String sql) throws SQLException {
        return read(connection, sql, row -> true);
    }

    /// Runs a query and keeps the rows that are wanted.
    public static Answer read(Connection connection, String sql, Predicate<AnswerRow> wanted)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return read(result, wanted);
        }
    }

    /// Reads what is left of a result.
    public static Answer read(ResultSet result) throws SQLException {
        return read(result, row -> true);
    }

    private static Answer read(ResultSet result, Predicate<AnswerRow> wanted) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        int columns = metaData.getColumnCount();
        int[] types = new int[columns];
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            types[i] = metaData.getColumnType(i + 1);
            labels.add(metaData.getColumnLabel(i + 1));
        }
        List<AnswerRow> rows = new ArrayList<>();
        while (result.next()) {
            @Nullable Object[] cells = new @Nullable Object[columns];
            for (int i = 0; i < columns; i++) {
                cells[i] = cell(result, i + 1, types[i]);
            }
            AnswerRow row = new AnswerRow(cells);
            if (wanted.test(row)) {
                rows.add(row);
            }
        }
        return new Answer(labels, rows);
    }

    /// Reads every cell as a client would and forgets it; answers the number of rows.
    public static long drain(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        long rows = 0;
        while (result.next()) {
            for (int i = 1; i <= columns; i++) {
                result.getObject(i);
            }
            rows++;
        }
        return rows;
    }

    private static @Nullable Object cell(ResultSet result, int column, int type)
            throws SQLException {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> {
                long value = result.getLong(column);
                yield result.wasNull() ? null : BigDecimal.valueOf(value);
            }
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> {
                double value = result.getDouble(column);
                yield result.wasNull() ? null : (Object) value;
            }
            case Types.DECIMAL, Types.NUMERIC -> result.getBigDecimal(column);
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> result.getString(column);
            case Types.DATE -> result.getObject(column, LocalDate.class);
            case Types.TIMESTAMP -> result.getObject(column, LocalDateTime.class);
            default -> fromObject(result.getObject(column));
        };
    }

    private static @Nullable Object fromObject(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Boolean bool -> bool;
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Float number -> Double.valueOf(number);
            case Double number -> number;
            case Number number -> BigDecimal.valueOf(number.longValue());
            case LocalDate date -> date;
            case LocalTime time -> time;
            case LocalDateTime time -> time;
            case OffsetDateTime time -> time.toInstant();
            case Timestamp time -> time.toLocalDateTime();
            case Date date -> date.toLocalDate();
            case Time time -> time.toLocalTime();
            case UUID uuid -> uuid.toString();
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Blob blob -> HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
            default -> NestedCells.isNested(value) ? NestedCells.text(value) : value.toString();
        };
    }
}
