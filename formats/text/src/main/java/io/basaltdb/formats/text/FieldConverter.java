package io.basaltdb.formats.text;

import io.basaltdb.query.expression.Casts;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the texts of one column of a granule into values.
final class FieldConverter {
    private FieldConverter() {}

    /// @throws BasaltException BAD_COPY_FORMAT naming file, line, column and reason
    static Vector convert(FieldTable table, int column, Field field, String path) {
        return switch (field.type()) {
            case Type.Text _ -> text(table, column, field, path);
            case Type.Int type -> whole(table, column, field, type.min(), type.max(), 0, path);
            case Type.Decimal(int precision, int scale)
                    when precision <= Type.Decimal.MAX_LONG_PRECISION -> {
                long bound = power(precision) - 1;
                yield whole(table, column, field, -bound, bound, scale, path);
            }
            case Type.Bool _, Type.Real _, Type.DoublePrecision _, Type.Decimal _ ->
                    parsed(table, column, field, path);
            case Type.Date _, Type.Timestamp _, Type.TimestampTz _ ->
                    parsed(table, column, field, path);
            case Type.Opaque _, Type.Interval _, Type.Null _ -> parsed(table, column, field, path);
        };
    }

    private static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    private static long @Nullable [] validity(FieldTable table, int column) {
        int count = table.recordCount();
        long @Nullable [] validity = null;
        for (int i = 0; i < count; i++) {
            if (table.length(i, column) < 0) {
                if (validity == null) {
                    validity = new long[Validity.words(count)];
                    Validity.fill(validity, count);
                }
                Validity.setNull(validity, i);
            }
        }
        return validity;
    }

    private static Vector text(FieldTable table, int column, Field field, String path) {
        int count = table.recordCount();
        int[] start = new int[count];
        int[] length = new int[count];
        boolean ascii = table.isAscii();
        for (int i = 0; i < count; i++) {
            int bytes = table.length(i, column);
            if (bytes > 0) {
                start[i] = table.start(i, column);
                length[i] = bytes;
                if (!ascii && !isSound(table.bytes(), start[i], bytes)) {
                    throw wrong(table, i, field, path, "its text is not valid UTF-8");
                }
            }
        }
        return new BytesVector(
                field.type(), count, table.bytes(), start, length, validity(table, column));
    }

    private static boolean isSound(byte[] bytes, int start, int length) {
        if (ByteScan.isAscii(bytes, start, start + length)) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// Plain digits are read here; any other writing goes the slow way.
    private static Vector whole(
            FieldTable table, int column, Field field, long min, long max, int scale, String path) {
        int count = table.recordCount();
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            int length = table.length(i, column);
            if (length < 0) {
                continue;
            }
            long value = digits(table.bytes(), table.start(i, column), length, scale);
            if (value == Long.MIN_VALUE || value < min || value > max) {
                value = ((Value.Whole) parse(table, i, column, field, path)).value();
            }
            values[i] = value;
        }
        return new LongVector(field.type(), count, values, validity(table, column));
    }

    /// The unscaled number, or the least `long` where the text is not an optional sign, up to 18 digits and up to `scale` decimals.
    private static long digits(byte[] bytes, int start, int length, int scale) {
        int at = start;
        int end = start + length;
        boolean negative = length > 1 && bytes[at] == '-';
        at += negative ? 1 : 0;
        if (end - at > 19 || at == end) {
            return Long.MIN_VALUE;
        }
        long value = 0;
        int digits = 0;
        int decimals = -1;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = 10 * value + digit;
                digits++;
                decimals += decimals < 0 ? 0 : 1;
            } else if (bytes[at] == '.' && decimals < 0) {
                decimals = 0;
            } else {
                return Long.MIN_VALUE;
            }
        }
        int missing = scale - Math.max(decimals, 0);
        if (digits == 0 || missing < 0 || digits + missing > 18) {
            return Long.MIN_VALUE;
        }
        value *= power(missing);
        return negative ? -value : value;
    }

    /// All at once; one by one only where something is wrong, to say what.
    private static Vector parsed(FieldTable table, int column, Field field, String path) {
        BytesVector texts = texts(table, column);
        if (texts != null) {
            try {
                return Casts.loop(Type.TEXT, field.type(), false, ZoneOffset.UTC)
                        .evaluate(List.of(texts), texts.size(), null);
            } catch (BasaltException failure) {
                return parsedOneByOne(table, column, field, path);
            }
        }
        return parsedOneByOne(table, column, field, path);
    }

    /// The fields as they are; null where one is not valid UTF-8.
    private static @Nullable BytesVector texts(FieldTable table, int column) {
        int count = table.recordCount();
        int[] start = new int[count];
        int[] length = new int[count];
        boolean ascii = table.isAscii();
        for (int i = 0; i < count; i++) {
            int bytes = table.length(i, column);
            if (bytes > 0) {
                start[i] = table.start(i, column);
                length[i] = bytes;
                if (!ascii && !isSound(table.bytes(), start[i], bytes)) {
                    return null;
                }
            }
        }
        return new BytesVector(
                Type.TEXT, count, table.bytes(), start, length, validity(table, column));
    }

    private static Vector parsedOneByOne(FieldTable table, int column, Field field, String path) {
        List<Value> values = new ArrayList<>(table.recordCount());
        for (int i = 0; i < table.recordCount(); i++) {
            values.add(
                    table.length(i, column) < 0
                            ? Value.NULL
                            : parse(table, i, column, field, path));
        }
        return ValueVectors.of(field.type(), values);
    }

    private static Value parse(FieldTable table, int record, int column, Field field, String path) {
        String text =
                new String(
                        table.bytes(),
                        table.start(record, column),
                        table.length(record, column),
                        StandardCharsets.UTF_8);
        try {
            return ValueText.parse(text, field.type(), ZoneOffset.UTC);
        } catch (BasaltException failure) {
            throw wrong(table, record, field, path, failure.text());
        }
    }

    private static BasaltException wrong(
            FieldTable table, int record, Field field, String path, String reason) {
        return new BasaltException(
                ErrorCode.BAD_COPY_FORMAT,
                "file "
                        + path
                        + ", line "
                        + table.line(record)
                        + ", column "
                        + field.name()
                        + ": "
                        + reason);
    }
}
