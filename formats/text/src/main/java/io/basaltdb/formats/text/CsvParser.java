package io.basaltdb.formats.text;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Arrays;

/// Fields between delimiters as in RFC 4180: quoted where they hold a delimiter, quote or line end; a quote inside is doubled. An empty field without quotes is NULL.
final class CsvParser implements RecordParser {
    private final CsvDialect dialect;
    private static final long RETURN = ByteScan.pattern((byte) '\r');

    private final int columnCount;
    private final long delimiters;
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private String path = "";
    private long line;

    CsvParser(CsvDialect dialect, int columnCount) {
        this.dialect = dialect;
        this.columnCount = columnCount;
        this.delimiters = ByteScan.pattern(dialect.delimiter());
    }

    @Override
    public void parse(byte[] text, int count, String file, long firstLine, FieldTable table) {
        bytes = text;
        end = count;
        at = 0;
        path = file;
        line = firstLine;
        table.reset(text);
        while (at < end) {
            if (isLineEnd(bytes[at])) {
                skipLineEnd();
            } else {
                record(table);
            }
        }
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    private void skipLineEnd() {
        if (bytes[at] == '\r' && at + 1 < end && bytes[at + 1] == '\n') {
            at++;
        }
        at++;
        line++;
    }

    private void record(FieldTable table) {
        long recordLine = line;
        table.addRecord(recordLine);
        int column = 0;
        while (true) {
            if (column == columnCount) {
                throw wrong(
                        recordLine,
                        "more than " + columnCount + " fields, as many as there are columns");
            }
            field(table, column++, recordLine);
            if (at >= end) {
                break;
            }
            if (isLineEnd(bytes[at])) {
                skipLineEnd();
                break;
            }
            at++;
            if (at >= end || isLineEnd(bytes[at])) {
                trailing(table, column++, recordLine);
                break;
            }
        }
        if (column < columnCount) {
            throw wrong(
                    recordLine, column + " fields where " + columnCount + " columns were expected");
        }
    }

    /// The empty field behind a delimiter at the end of a line.
    private void trailing(FieldTable table, int column, long recordLine) {
        if (column == columnCount) {
            throw wrong(
                    recordLine,
                    "more than " + columnCount + " fields, as many as there are columns");
        }
        table.set(column, at, isNull(at, 0) ? FieldTable.ABSENT : 0);
        if (at < end) {
            skipLineEnd();
        }
    }

    private void field(FieldTable table, int column, long recordLine) {
        if (bytes[at] == dialect.quote()) {
            quoted(table, column, recordLine);
            return;
        }
        int from = at;
        at = ByteScan.first(bytes, at, end, delimiters, RecordEnds.LINE_END, RETURN);
        int length = at - from;
        table.set(column, from, isNull(from, length) ? FieldTable.ABSENT : length);
    }

    private boolean isNull(int from, int length) {
        byte[] text = dialect.nullText();
        return length == text.length && Arrays.equals(bytes, from, from + length, text, 0, length);
    }

    private void quoted(FieldTable table, int column, long recordLine) {
        int from = ++at;
        int to = from;
        byte quote = dialect.quote();
        while (true) {
            if (at >= end) {
                throw wrong(recordLine, "a quote that never ends");
            }
            byte b = bytes[at++];
            if (b == quote) {
                if (at >= end || bytes[at] != quote) {
                    break;
                }
                at++;
            }
            line += b == '\n' ? 1 : 0;
            bytes[to++] = b;
        }
        if (at < end && bytes[at] != dialect.delimiter() && !isLineEnd(bytes[at])) {
            throw wrong(
                    recordLine,
                    "text behind the end of a quoted field; a quote inside a field must be doubled");
        }
        table.set(column, from, to - from);
    }

    private BasaltException wrong(long recordLine, String what) {
        return new BasaltException(
                ErrorCode.BAD_COPY_FORMAT,
                "file " + path + ", line " + recordLine + " has " + what);
    }
}
