package io.basaltdb.formats.text;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The first records of a CSV file, from which names and types are found.
///
/// @param names fields of the first record
/// @param all types of the columns with the first record, @param rest without it
record CsvHead(
        List<String> names,
        List<Type> all,
        List<Type> rest,
        long firstRecord,
        long firstLine,
        long secondRecord,
        long secondLine) {
    private static final int SAMPLE_BYTES = 4 << 20;
    private static final int SAMPLE_RECORDS = 20_000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    static CsvHead of(TextFile file, CsvDialect dialect) {
        byte[] text = new byte[SAMPLE_BYTES];
        int count;
        try (TextFile.Cursor cursor = file.open()) {
            count = cursor.read(0, text, 0, SAMPLE_BYTES);
        }
        int start = 0;
        if (count >= 3 && Arrays.equals(text, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            start = 3;
        }
        long firstLine = 1;
        while (start < count && (text[start] == '\n' || text[start] == '\r')) {
            firstLine += text[start] == '\n' ? 1 : 0;
            start++;
        }
        RecordEnds ends = new RecordEnds.Quoted(dialect.quote());
        int end = ends.next(text, start, count);
        if (end < 0) {
            if (count == SAMPLE_BYTES) {
                throw new BasaltException(
                        ErrorCode.BAD_COPY_FORMAT,
                        "file "
                                + file.path()
                                + ", line "
                                + firstLine
                                + ": the first record does not end within "
                                + SAMPLE_BYTES
                                + " bytes");
            }
            end = count;
        }
        int fields = fieldCount(text, start, end, dialect);
        int sampleEnd = wholeRecords(text, end, count, dialect, count < SAMPLE_BYTES);
        return sample(
                file.path(),
                dialect,
                text,
                start,
                firstLine,
                end,
                sampleEnd,
                start == count ? 0 : fields);
    }

    private static int fieldCount(byte[] text, int start, int end, CsvDialect dialect) {
        int fields = 1;
        boolean quoted = false;
        for (int i = start; i < end; i++) {
            quoted ^= text[i] == dialect.quote();
            fields += text[i] == dialect.delimiter() && !quoted ? 1 : 0;
        }
        return fields;
    }

    /// Where the last record of the sample ends that is surely whole.
    private static int wholeRecords(
            byte[] text, int from, int count, CsvDialect dialect, boolean isAll) {
        RecordEnds ends = new RecordEnds.Quoted(dialect.quote());
        int at = from;
        for (int i = 0; i < SAMPLE_RECORDS; i++) {
            int end = at < count ? ends.next(text, at, count) : -1;
            if (end < 0) {
                return isAll ? count : at;
            }
            at = end;
        }
        return at;
    }

    private static CsvHead sample(
            String path,
            CsvDialect dialect,
            byte[] text,
            int start,
            long line,
            int secondStart,
            int end,
            int fields) {
        List<String> names = new ArrayList<>();
        List<Type> all = new ArrayList<>();
        List<Type> rest = new ArrayList<>();
        long secondLine = line + newlines(text, start, secondStart);
        if (fields > 0) {
            FieldTable table = new FieldTable(fields, SAMPLE_RECORDS + 2);
            byte[] copy = Arrays.copyOfRange(text, start, end);
            new CsvParser(dialect, fields).parse(copy, copy.length, path, line, table);
            for (int c = 0; c < fields; c++) {
                names.add(text(table, 0, c));
                all.add(guess(table, c, 0));
                rest.add(guess(table, c, 1));
            }
        }
        return new CsvHead(names, all, rest, start, line, secondStart, secondLine);
    }

    private static long newlines(byte[] text, int from, int to) {
        long count = 0;
        for (int i = from; i < to; i++) {
            count += text[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    private static String text(FieldTable table, int record, int column) {
        int length = table.length(record, column);
        return length < 0
                ? ""
                : new String(
                        table.bytes(), table.start(record, column), length, StandardCharsets.UTF_8);
    }

    private static Type guess(FieldTable table, int column, int fromRecord) {
        TypeGuess guess = new TypeGuess();
        for (int r = fromRecord; r < table.recordCount(); r++) {
            if (table.length(r, column) >= 0) {
                guess.see(table.bytes(), table.start(r, column), table.length(r, column));
            }
        }
        return guess.type();
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    int fieldCount() {
        return names.size();
    }

    /// Whether the first record names the columns, as far as one can tell without knowing them.
    boolean looksLikeHeader() {
        Set<String> distinct = new HashSet<>();
        boolean wordsOnly = true;
        for (String name : names) {
            wordsOnly &=
                    !name.isBlank()
                            && !Character.isDigit(name.strip().charAt(0))
                            && distinct.add(name.toLowerCase(Locale.ROOT));
        }
        return wordsOnly && !isEmpty();
    }

    /// Whether the first record has the names of these columns.
    boolean isHeaderOf(Schema schema) {
        if (names.size() != schema.size()) {
            return false;
        }
        for (int c = 0; c < names.size(); c++) {
            if (!names.get(c).strip().equalsIgnoreCase(schema.field(c).name())) {
                return false;
            }
        }
        return true;
    }

    Schema schema(boolean header) {
        List<Field> fields = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            String name =
                    header && !names.get(c).isBlank() ? names.get(c).strip() : "column" + (c + 1);
            fields.add(new Field(name, header ? rest.get(c) : all.get(c), true));
        }
        return new Schema(fields);
    }
}
