package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import io.basaltdb.protocol.ipc.WireType;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// TIMESTAMP: the reading of a wall clock.
final class TimestampReader extends ColumnReader {
    private final long perSecond;
    private final int nanosPerUnit;

    TimestampReader(SqlType type, WireType.Unit unit) {
        super(type);
        perSecond = unit.perSecond();
        nanosPerUnit = (int) (1_000_000_000L / perSecond);
    }

    private LocalDateTime reading(WireColumn column, int row) {
        long value = column.int64At(row);
        long seconds = Math.floorDiv(value, perSecond);
        int nanos = (int) (Math.floorMod(value, perSecond) * nanosPerUnit);
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    }

    @Override
    public Object object(WireColumn column, int row) {
        return Timestamp.from(WallClock.place(reading(column, row), ZoneId.systemDefault()));
    }

    @Override
    public String string(WireColumn column, int row) {
        return TimestampText.of(reading(column, row));
    }

    @Override
    public LocalDate date(WireColumn column, int row, ZoneId zone) {
        return reading(column, row).toLocalDate();
    }

    @Override
    public LocalTime time(WireColumn column, int row, ZoneId zone) {
        return reading(column, row).toLocalTime();
    }

    @Override
    public LocalDateTime dateTime(WireColumn column, int row, ZoneId zone) {
        return reading(column, row);
    }
}
