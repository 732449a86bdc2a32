package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import io.basaltdb.protocol.ipc.WireType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// TIMESTAMP WITH TIME ZONE: an instant.
final class InstantReader extends ColumnReader {
    private final long perSecond;
    private final int nanosPerUnit;
    private final ZoneId shownIn;

    /// @param zone of the session; one that this JVM does not know is UTC
    InstantReader(SqlType type, WireType.Unit unit, String zone) {
        super(type);
        perSecond = unit.perSecond();
        nanosPerUnit = (int) (1_000_000_000L / perSecond);
        shownIn = known(zone);
    }

    private static ZoneId known(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private Instant instant(WireColumn column, int row) {
        long value = column.int64At(row);
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanosPerUnit);
    }

    @Override
    public Object object(WireColumn column, int row) {
        return OffsetDateTime.ofInstant(instant(column, row), ZoneOffset.UTC);
    }

    /// In the zone of the session, with its offset.
    @Override
    public String string(WireColumn column, int row) {
        OffsetDateTime local = OffsetDateTime.ofInstant(instant(column, row), shownIn);
        return TimestampText.of(local.toLocalDateTime(), local.getOffset());
    }

    @Override
    public Instant instant(WireColumn column, int row, ZoneId zone) {
        return instant(column, row);
    }

    @Override
    public LocalDate date(WireColumn column, int row, ZoneId zone) {
        return dateTime(column, row, zone).toLocalDate();
    }

    @Override
    public LocalTime time(WireColumn column, int row, ZoneId zone) {
        return dateTime(column, row, zone).toLocalTime();
    }

    @Override
    public LocalDateTime dateTime(WireColumn column, int row, ZoneId zone) {
        return LocalDateTime.ofInstant(instant(column, row), zone);
    }
}
