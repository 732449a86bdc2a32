package io.basaltdb.embedded.fake;

import io.basaltdb.query.execution.Result;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Rows whose values follow from their number, in batches of all forms: row `r` has id `r`, and every
/// nullable column is null where `r % 7 == 3`. Arrays are lent: each batch overwrites the one before.
public final class FakeRows {
    private static final String[] COLOURS = {"red", "grün", "blue", "", "🟣 violet"};

    public static final Schema SCHEMA =
            Schema.of(
                    new Field("id", Type.BIGINT, false),
                    new Field("colour", Type.TEXT, true),
                    new Field("note", Type.TEXT, true),
                    new Field("price", new Type.Decimal(12, 2), true),
                    new Field("wide", new Type.Decimal(38, 4), true),
                    new Field("flag", Type.BOOLEAN, true),
                    new Field("score", Type.DOUBLE, true),
                    new Field("tiny", Type.TINYINT, true),
                    new Field("day", Type.DATE, true),
                    new Field("at", Type.TIMESTAMP, true));

    private FakeRows() {}

    public static boolean isNull(long row) {
        return row % 7 == 3;
    }

    public static String colour(long row) {
        return COLOURS[(int) (row % COLOURS.length)];
    }

    public static String note(long row) {
        return "note " + row;
    }

    static Result result(FakeDatabase database, long rowCount, boolean failsAtEnd) {
        return new FakeResult(database, SCHEMA, -1) {
            private final Lender lender = new Lender();
            private long next;

            @Override
            public Batch next() {
                if (next == rowCount) {
                    if (failsAtEnd) {
                        throw new BasaltException(
                                ErrorCode.DIVISION_BY_ZERO, "division by zero in row " + next);
                    }
                    return null;
                }
                int count = (int) Math.min(1_000 + next % 3_000, rowCount - next);
                Batch batch = lender.batch(next, count);
                next += count;
                return batch;
            }
        };
    }

    /// One set of arrays, used again and again. Every other lane is not selected.
    private static final class Lender {
        private final long[] ids = new long[2 * Batch.MAX_ROWS];
        private final long[] high = new long[2 * Batch.MAX_ROWS];
        private final double[] scores = new double[2 * Batch.MAX_ROWS];
        private final long[] validity = new long[Validity.words(2 * Batch.MAX_ROWS)];
        private final long[] flags = new long[Validity.words(2 * Batch.MAX_ROWS)];
        private final int[] codes = new int[2 * Batch.MAX_ROWS];
        private final int[] rows = new int[2 * Batch.MAX_ROWS];
        private byte[] heap = new byte[0];
        private final int[] start = new int[2 * Batch.MAX_ROWS];
        private final int[] length = new int[2 * Batch.MAX_ROWS];

        Batch batch(long first, int count) {
            int lanes = 2 * count;
            Arrays.fill(validity, 0);
            Arrays.fill(flags, 0);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                int lane = 2 * i;
                long row = first + i;
                ids[lane] = row;
                ids[lane + 1] = -1;
                scores[lane] = row * 0.5;
                codes[lane] = (int) (row % COLOURS.length);
                rows[i] = lane;
                if (!isNull(row)) {
                    Validity.setValid(validity, lane);
                }
                if (row % 2 == 0) {
                    Validity.setValid(flags, lane);
                }
                start[lane] = text.length();
                text.append(note(row));
                length[lane] = text.length() - start[lane];
            }
            heap = text.toString().getBytes(StandardCharsets.US_ASCII);
            boolean isDictionary = first / 5_000 % 2 == 0;
            Vector colour = isDictionary ? dictionaryColours(lanes) : plainColours(first, lanes);
            List<Vector> columns = new ArrayList<>();
            columns.add(new LongVector(Type.BIGINT, lanes, ids, null));
            columns.add(colour);
            columns.add(new BytesVector(Type.TEXT, lanes, heap, start, length, validity));
            columns.add(new LongVector(new Type.Decimal(12, 2), lanes, ids, validity));
            columns.add(new WideVector(new Type.Decimal(38, 4), lanes, high, ids, validity));
            columns.add(new BitVector(Type.BOOLEAN, lanes, flags, validity));
            columns.add(new DoubleVector(Type.DOUBLE, lanes, scores, validity));
            columns.add(tiny(lanes));
            columns.add(days(first, lanes));
            columns.add(new LongVector(Type.TIMESTAMP, lanes, ids, validity));
            return new Batch(lanes, columns, new Selection(rows, count));
        }

        private Vector tiny(int lanes) {
            long[] values = new long[lanes];
            for (int i = 0; i < lanes; i++) {
                values[i] = (byte) ids[i];
            }
            return new LongVector(Type.TINYINT, lanes, values, validity);
        }

        private Vector days(long first, int lanes) {
            long[] values = {0, 1, 2};
            Dictionary dictionary =
                    new Dictionary(new LongVector(Type.DATE, 3, values, null), true);
            int[] dayCodes = new int[lanes];
            for (int i = 0; i < lanes; i++) {
                dayCodes[i] = (int) ((first + i / 2) % 3);
            }
            return new DictionaryVector(lanes, dayCodes, dictionary, validity);
        }

        private Vector dictionaryColours(int lanes) {
            return new DictionaryVector(
                    lanes, codes, new Dictionary(colours(COLOURS), false), validity);
        }

        private Vector plainColours(long first, int lanes) {
            String[] texts = new String[lanes];
            for (int i = 0; i < lanes; i++) {
                texts[i] = colour(first + i / 2);
            }
            BytesVector plain = colours(texts);
            return new BytesVector(
                    Type.TEXT, lanes, plain.heap(), plain.start(), plain.length(), validity);
        }

        private static BytesVector colours(String[] texts) {
            byte[][] bytes = new byte[texts.length][];
            int[] start = new int[texts.length];
            int[] length = new int[texts.length];
            int size = 0;
            for (int i = 0; i < texts.length; i++) {
                bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
                start[i] = size;
                length[i] = bytes[i].length;
                size += length[i];
            }
            byte[] heap = new byte[size];
            for (int i = 0; i < texts.length; i++) {
                System.arraycopy(bytes[i], 0, heap, start[i], length[i]);
            }
            return new BytesVector(Type.TEXT, texts.length, heap, start, length, null);
        }
    }

    /// The columns of the type matrix.
    public static final Schema TYPES =
            Schema.of(
                    new Field("c_boolean", Type.BOOLEAN, true),
                    new Field("c_tinyint", Type.TINYINT, true),
                    new Field("c_smallint", Type.SMALLINT, true),
                    new Field("c_integer", Type.INTEGER, true),
                    new Field("c_bigint", Type.BIGINT, true),
                    new Field("c_real", Type.REAL, true),
                    new Field("c_double", Type.DOUBLE, true),
                    new Field("c_decimal", new Type.Decimal(12, 2), true),
                    new Field("c_wide", new Type.Decimal(38, 6), true),
                    new Field("c_date", Type.DATE, true),
                    new Field("c_timestamp", Type.TIMESTAMP, true),
                    new Field("c_nanos", new Type.Timestamp(9), true),
                    new Field("c_instant", Type.TIMESTAMPTZ, true),
                    new Field("c_text", Type.TEXT, true),
                    new Field("c_time", Type.TIME, true),
                    new Field("c_uuid", Type.UUID, true),
                    new Field("c_bytes", Type.VARBINARY, true),
                    new Field("c_null", Type.NULL, true));

    /// 2021-03-28 02:30 as a wall clock in microseconds: an hour that Berlin does not have.
    public static final long GAP_MICROS = 1_616_898_600_000_000L;

    static Result types(FakeDatabase database) {
        Value wide = Value.of(new java.math.BigInteger("-12345678901234567890123456789012345678"));
        List<Value> full =
                List.of(
                        Value.of(true),
                        Value.of(-128),
                        Value.of(-32_768),
                        Value.of(Integer.MIN_VALUE),
                        Value.of(Long.MIN_VALUE),
                        Value.of(1.5),
                        Value.of(-2.25),
                        Value.of(-12_345),
                        wide,
                        Value.of(18_714),
                        Value.of(GAP_MICROS),
                        Value.of(GAP_MICROS * 1_000 + 123_456_789),
                        Value.of(GAP_MICROS),
                        Value.of("42"),
                        Value.of(45_000_500_000L),
                        UuidBits.of(UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
                        new Value.Bytes(new byte[] {0, -1, 'x'}),
                        Value.NULL);
        List<Value> nulls = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            nulls.add(Value.NULL);
        }
        return FakeResult.rows(database, TYPES, List.of(full, nulls));
    }
}
