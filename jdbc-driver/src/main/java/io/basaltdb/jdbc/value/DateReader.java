package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.sql.Date;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// DATE.
final class DateReader extends ColumnReader {
    DateReader(SqlType type) {
        super(type);
    }

    private static LocalDate date(WireColumn column, int row) {
        return LocalDate.ofEpochDay(column.int32At(row));
    }

    @Override
    public Object object(WireColumn column, int row) {
        return Date.valueOf(date(column, row));
    }

    @Override
    public String string(WireColumn column, int row) {
        return date(column, row).toString();
    }

    @Override
    public LocalDate date(WireColumn column, int row, ZoneId zone) {
        return date(column, row);
    }

    @Override
    public LocalDateTime dateTime(WireColumn column, int row, ZoneId zone) {
        return date(column, row).atStartOfDay();
    }
}
