package io.basaltdb.storage.table;

import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of a delta as bytes, for log records and the manifest: chunk by chunk, column by column.
///
/// A chunk is its row count (4) and each column: 1 where validity words follow, else 0; the words (8 each); the values. Numbers are
/// written as differences to their least, in 0, 1, 2, 4 or 8 bytes each, whichever is enough: a width (1), the least (8), the differences.
/// Doubles take 8 bytes, booleans come as words, a wide decimal as its high and its low numbers, text as its lengths, the
/// number of bytes (4) and the bytes. A row count of 0 ends the chunks. With births and deaths each chunk ends with its births, as
/// numbers, then 0, or 1 and its deaths.
final class RowBytes {
    private RowBytes() {}

    static void put(ByteWriter out, DeltaView view) {
        put(out, view, -1);
    }

    /// The rows with their births, and their deaths at or below that commit.
    static void putWithLives(ByteWriter out, DeltaView view, long commit) {
        put(out, view, commit);
    }

    private static void put(ByteWriter out, DeltaView view, long commit) {
        for (int c = 0; c < view.chunkCount(); c++) {
            Chunk chunk = view.chunks()[c];
            int rows = view.rows(c);
            out.putInt(rows);
            for (ChunkColumn column : chunk.columns()) {
                putColumn(out, column.vector(rows), rows);
            }
            if (commit >= 0) {
                putNumbers(out, chunk.births(), rows);
                putDeaths(out, chunk.deaths(), rows, commit);
            }
        }
        out.putInt(0);
    }

    private static void putDeaths(ByteWriter out, long @Nullable [] deaths, int rows, long commit) {
        out.putBoolean(deaths != null);
        if (deaths != null) {
            long[] known = new long[rows];
            for (int i = 0; i < rows; i++) {
                known[i] = deaths[i] <= commit ? deaths[i] : 0;
            }
            putNumbers(out, known, rows);
        }
    }

    private static void putColumn(ByteWriter out, Vector column, int rows) {
        long[] validity = column.validity();
        out.putBoolean(validity != null);
        if (validity != null) {
            out.putLongs(validity, Validity.words(rows));
        }
        switch (column) {
            case LongVector longs -> putNumbers(out, longs.values(), rows);
            case DoubleVector doubles -> {
                for (int i = 0; i < rows; i++) {
                    out.putDouble(doubles.values()[i]);
                }
            }
            case WideVector wide -> {
                putNumbers(out, wide.high(), rows);
                putNumbers(out, wide.low(), rows);
            }
            case BitVector bits -> out.putLongs(bits.words(), Validity.words(rows));
            case BytesVector text -> putText(out, text, rows);
            default -> throw new AssertionError("a chunk's columns are flat");
        }
    }

    private static void putText(ByteWriter out, BytesVector text, int rows) {
        long[] lengths = new long[rows];
        int bytes = 0;
        for (int i = 0; i < rows; i++) {
            lengths[i] = text.length()[i];
            bytes += text.length()[i];
        }
        putNumbers(out, lengths, rows);
        out.putInt(bytes);
        for (int i = 0; i < rows; i++) {
            out.putBytes(text.heap(), text.start()[i], text.length()[i]);
        }
    }

    private static void putNumbers(ByteWriter out, long[] values, int count) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        int width = width(max - min);
        out.putByte(width);
        out.putLong(min);
        int at = out.skip(width * count);
        byte[] bytes = out.array();
        switch (width) {
            case 0 -> {}
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    bytes[at + i] = (byte) (values[i] - min);
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    long difference = values[i] - min;
                    bytes[at + 2 * i] = (byte) difference;
                    bytes[at + 2 * i + 1] = (byte) (difference >>> 8);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    out.setInt(at + 4 * i, (int) (values[i] - min));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    out.setLong(at + 8 * i, values[i] - min);
                }
            }
        }
    }

    private static int width(long range) {
        if (range < 0 || range > 0xFFFF_FFFFL) {
            return 8;
        }
        return range == 0 ? 0 : range <= 0xFF ? 1 : range <= 0xFFFF ? 2 : 4;
    }

    /// Adds the rows to the store, born at that commit.
    static void read(ByteReader in, RowStore store, long birth) {
        for (int rows = rowCount(in); rows > 0; rows = rowCount(in)) {
            store.append(List.of(columns(in, store, rows)), rows, null, birth);
        }
        in.expectEnd();
    }

    /// Adds the rows to the store with their births and deaths.
    static void readWithLives(ByteReader in, RowStore store) {
        for (int rows = rowCount(in); rows > 0; rows = rowCount(in)) {
            Vector[] columns = columns(in, store, rows);
            long[] births = getNumbers(in, rows);
            store.restore(columns, rows, births, in.getBoolean() ? getNumbers(in, rows) : null);
        }
        in.expectEnd();
    }

    private static int rowCount(ByteReader in) {
        int rows = in.getInt();
        if (rows < 0 || rows > Batch.MAX_ROWS) {
            throw in.damaged("a row count", "at most " + Batch.MAX_ROWS, rows);
        }
        return rows;
    }

    private static Vector[] columns(ByteReader in, RowStore store, int rows) {
        Vector[] columns = new Vector[store.types().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = getColumn(in, store.types().get(i), rows);
        }
        return columns;
    }

    private static Vector getColumn(ByteReader in, Type type, int rows) {
        long @Nullable [] validity = in.getBoolean() ? getWords(in, rows) : null;
        return switch (type.physical()) {
            case LONG -> new LongVector(type, rows, getNumbers(in, rows), validity);
            case DOUBLE -> {
                double[] values = new double[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = in.getDouble();
                }
                yield new DoubleVector(type, rows, values, validity);
            }
            case WIDE ->
                    new WideVector(
                            type, rows, getNumbers(in, rows), getNumbers(in, rows), validity);
            case BITS -> new BitVector(type, rows, getWords(in, rows), validity);
            case BYTES -> getText(in, type, rows, validity);
        };
    }

    private static long[] getWords(ByteReader in, int rows) {
        long[] words = new long[Validity.words(rows)];
        in.getLongs(words, words.length);
        return words;
    }

    private static Vector getText(ByteReader in, Type type, int rows, long @Nullable [] validity) {
        long[] lengths = getNumbers(in, rows);
        int size = in.getCount(1);
        int[] start = new int[rows];
        int[] length = new int[rows];
        long end = 0;
        for (int i = 0; i < rows; i++) {
            if (lengths[i] < 0 || end + lengths[i] > size) {
                throw in.damaged("a text's length", "at most " + (size - end), lengths[i]);
            }
            start[i] = (int) end;
            length[i] = (int) lengths[i];
            end += lengths[i];
        }
        return new BytesVector(type, rows, in.getBytes(size), start, length, validity);
    }

    private static long[] getNumbers(ByteReader in, int count) {
        int width = in.getByte();
        long min = in.getLong();
        long[] values = new long[count];
        switch (width) {
            case 0 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = min;
                }
            }
            case 1 -> {
                byte[] bytes = in.getBytes(count);
                for (int i = 0; i < count; i++) {
                    values[i] = min + (bytes[i] & 0xFF);
                }
            }
            case 2 -> {
                byte[] bytes = in.getBytes(2 * count);
                for (int i = 0; i < count; i++) {
                    values[i] = min + (bytes[2 * i] & 0xFF) + ((bytes[2 * i + 1] & 0xFF) << 8);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = min + (in.getInt() & 0xFFFF_FFFFL);
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = min + in.getLong();
                }
            }
            default -> throw in.damaged("a width", "0, 1, 2, 4 or 8", width);
        }
        return values;
    }
}
