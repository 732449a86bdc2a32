package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;

/// TEXT, and what it spells.
class TextReader extends ColumnReader {
    TextReader(SqlType type) {
        super(type);
    }

    @Override
    public Object object(WireColumn column, int row) {
        Class<?> wanted = type().javaClass();
        return wanted == String.class
                ? column.textAt(row)
                : Conversions.as(wanted, this, column, row);
    }

    @Override
    public String string(WireColumn column, int row) {
        return column.textAt(row);
    }

    @Override
    public byte[] bytes(WireColumn column, int row) {
        int start = column.textOffset(row);
        return Arrays.copyOfRange(column.textBytes(row), start, start + column.textLength(row));
    }

    @Override
    public BigDecimal decimal(WireColumn column, int row) {
        String text = column.textAt(row).trim();
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw ConversionException.unreadable(text, "number");
        }
    }

    @Override
    public long whole(WireColumn column, int row) {
        BigDecimal decimal = decimal(column, row);
        boolean isHuge = (long) decimal.precision() - decimal.scale() > 19;
        BigInteger whole = isHuge ? BigInteger.ONE.shiftLeft(64) : decimal.toBigInteger();
        if (whole.bitLength() > 63) {
            throw ConversionException.outOfRange(column.textAt(row), "a whole number");
        }
        return whole.longValue();
    }

    @Override
    public double floating(WireColumn column, int row) {
        String text = column.textAt(row).trim();
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw ConversionException.unreadable(text, "number");
        }
    }

    @Override
    public boolean truth(WireColumn column, int row) {
        String text = column.textAt(row).trim().toLowerCase(Locale.ROOT);
        switch (text) {
            case "true":
            case "t":
            case "yes":
            case "y":
            case "on":
            case "1":
                return true;
            case "false":
            case "f":
            case "no":
            case "n":
            case "off":
            case "0":
                return false;
            default:
                throw ConversionException.unreadable(text, "boolean");
        }
    }

    @Override
    public LocalDate date(WireColumn column, int row, ZoneId zone) {
        String text = column.textAt(row).trim();
        try {
            return text.length() > 10 ? dateTime(text).toLocalDate() : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ConversionException.unreadable(text, "date");
        }
    }

    @Override
    public LocalTime time(WireColumn column, int row, ZoneId zone) {
        String text = column.textAt(row).trim();
        try {
            return text.length() > 18 ? dateTime(text).toLocalTime() : LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw ConversionException.unreadable(text, "time");
        }
    }

    @Override
    public LocalDateTime dateTime(WireColumn column, int row, ZoneId zone) {
        String text = column.textAt(row).trim();
        try {
            return text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : dateTime(text);
        } catch (DateTimeException e) {
            throw ConversionException.unreadable(text, "timestamp");
        }
    }

    private static LocalDateTime dateTime(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }
}
