package io.basaltdb.storage.testkit;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.table.TableSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rows whose every value follows from one number, so that what a scan returns can be judged row by row, and a table that takes them.
public final class ModelDatabase {
    public static final int ID = 0;

    private ModelDatabase() {}

    /// A table of all physical forms, sorted by (bucket, id), partitioned by part number if so wished.
    public static TableDefinition definition(String name, boolean partitioned) {
        List<ColumnDefinition> columns =
                List.of(
                        new ColumnDefinition(1, "id", Type.BIGINT, false, null),
                        new ColumnDefinition(2, "bucket", Type.INTEGER, true, null),
                        new ColumnDefinition(3, "ratio", Type.DOUBLE, true, null),
                        new ColumnDefinition(4, "amount", new Type.Decimal(30, 2), true, null),
                        new ColumnDefinition(5, "flag", Type.BOOLEAN, true, null),
                        new ColumnDefinition(6, "name", Type.TEXT, true, null),
                        new ColumnDefinition(7, "day", Type.DATE, false, null));
        return new TableDefinition(
                0,
                "main",
                name,
                1,
                columns,
                List.of(2, 6, 1),
                partitioned
                        ? List.of(
                                new PartitionTransform.DateTrunc(7, PartitionTransform.Unit.MONTH))
                        : List.of(),
                List.of(),
                Map.of());
    }

    public static TableDefinition create(Database database, String name, boolean partitioned) {
        try (Transaction transaction = database.begin()) {
            TableDefinition created = transaction.createTable(definition(name, partitioned), false);
            transaction.commit();
            return created;
        }
    }

    private static long mix(long id) {
        long x = id * 0x9E37_79B9_7F4A_7C15L;
        x = (x ^ (x >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
        return x ^ (x >>> 29);
    }

    private static boolean isNull(long id, int column) {
        return column != ID && column != 6 && (mix(id * 31 + column) & 15) == 0;
    }

    private static long bucket(long id) {
        return Math.floorMod(mix(id), 7) - 3;
    }

    private static double ratio(long id) {
        return switch ((int) (mix(id) & 63)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            default -> mix(id) / 1e9;
        };
    }

    private static long amountHigh(long id) {
        return (mix(id) & 1) == 0 ? id >> 63 : mix(id + 1) >> 40;
    }

    private static boolean flag(long id) {
        return (mix(id) & 2) != 0;
    }

    private static byte[] name(long id) {
        return ("n" + Math.floorMod(mix(id), 100) + "x".repeat((int) (mix(id) & 7)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The row's day, from which its partition follows.
    public static long day(long id) {
        return 19_000 + Math.floorMod(mix(id), 70);
    }

    /// The rows of those numbers as a batch.
    public static Batch batch(long[] ids) {
        int size = ids.length;
        long[] buckets = new long[size];
        double[] ratios = new double[size];
        long[] highs = new long[size];
        long[] flags = new long[Validity.words(size)];
        int[] start = new int[size];
        int[] length = new int[size];
        long[] days = new long[size];
        StringBuilder heap = new StringBuilder();
        for (int i = 0; i < size; i++) {
            buckets[i] = bucket(ids[i]);
            ratios[i] = ratio(ids[i]);
            highs[i] = amountHigh(ids[i]);
            flags[i >> 6] |= (flag(ids[i]) ? 1L : 0L) << i;
            start[i] = heap.length();
            heap.append(new String(name(ids[i]), StandardCharsets.UTF_8));
            length[i] = heap.length() - start[i];
            days[i] = day(ids[i]);
        }
        byte[] bytes = heap.toString().getBytes(StandardCharsets.UTF_8);
        return new Batch(
                size,
                List.of(
                        new LongVector(Type.BIGINT, size, ids.clone(), null),
                        new LongVector(Type.INTEGER, size, buckets, validity(ids, 1)),
                        new DoubleVector(Type.DOUBLE, size, ratios, validity(ids, 2)),
                        new WideVector(
                                new Type.Decimal(30, 2),
                                size,
                                highs,
                                ids.clone(),
                                validity(ids, 3)),
                        new BitVector(Type.BOOLEAN, size, flags, validity(ids, 4)),
                        new BytesVector(Type.TEXT, size, bytes, start, length, validity(ids, 5)),
                        new LongVector(Type.DATE, size, days, null)));
    }

    private static long @Nullable [] validity(long[] ids, int column) {
        long[] words = new long[Validity.words(ids.length)];
        Validity.fill(words, ids.length);
        boolean some = false;
        for (int i = 0; i < ids.length; i++) {
            if (isNull(ids[i], column)) {
                Validity.setNull(words, i);
                some = true;
            }
        }
        return some ? words : null;
    }

    /// Adds the rows in one transaction; returns the commit.
    public static long insert(Database database, int tableId, long... ids) {
        try (Transaction transaction = database.begin()) {
            append(transaction, tableId, ids);
            return transaction.commit();
        }
    }

    /// Adds the rows, batch by batch.
    public static void append(Transaction transaction, int tableId, long... ids) {
        try (Appender appender = transaction.appender(tableId)) {
            for (int from = 0; from < ids.length; from += Batch.MAX_ROWS) {
                int to = Math.min(ids.length, from + Batch.MAX_ROWS);
                appender.append(batch(Arrays.copyOfRange(ids, from, to)));
            }
        }
    }

    /// Where each row stands: its number to the split's name and the row number in it. Every value of every row is checked.
    public static Map<Long, RowPlace> scan(TableSnapshot table) {
        Map<Long, RowPlace> found = new TreeMap<>();
        for (Split split : table.splits()) {
            try (SplitReader reader = split.open()) {
                long first = 0;
                for (int g = 0; g < split.granuleCount(); g++) {
                    reader.seek(g);
                    scan(split, reader, g, first, found);
                    first += split.rowCount(g);
                }
            }
        }
        return found;
    }

    /// Where each row stands, without a look at its values.
    public static Map<Long, RowPlace> places(TableSnapshot table) {
        Map<Long, RowPlace> found = new TreeMap<>();
        for (Split split : table.splits()) {
            try (SplitReader reader = split.open()) {
                long first = 0;
                for (int g = 0; g < split.granuleCount(); g++) {
                    reader.seek(g);
                    Selection live = reader.live();
                    Vector ids = reader.read(ID, live);
                    int count = live == null ? split.rowCount(g) : live.count();
                    for (int i = 0; i < count; i++) {
                        int row = live == null ? i : live.rows()[i];
                        found.put((Long) object(ids, row), new RowPlace(split.name(), first + row));
                    }
                    first += split.rowCount(g);
                }
            }
        }
        return found;
    }

    /// An address.
    public record RowPlace(String split, long row) {}

    private static void scan(
            Split split, SplitReader reader, int granule, long first, Map<Long, RowPlace> found) {
        int rows = split.rowCount(granule);
        Selection live = reader.live();
        List<Vector> columns = new ArrayList<>();
        for (int c = 0; c < 7; c++) {
            columns.add(reader.read(c, live));
        }
        int count = live == null ? rows : live.count();
        for (int i = 0; i < count; i++) {
            int row = live == null ? i : live.rows()[i];
            Object id = object(columns.get(ID), row);
            if (!(id instanceof Long number)) {
                throw new AssertionError(
                        "row " + row + " of " + split.name() + " has no id: " + id);
            }
            checkRow(split, columns, row, number);
            if (found.put(number, new RowPlace(split.name(), first + row)) != null) {
                throw new AssertionError("row " + number + " is there twice");
            }
        }
    }

    private static void checkRow(Split split, List<Vector> columns, int row, long id) {
        Object[] expected = {
            id,
            isNull(id, 1) ? null : (Object) bucket(id),
            isNull(id, 2) ? null : (Object) ratio(id),
            isNull(id, 3) ? null : Value.of(amountHigh(id), id).toString(),
            isNull(id, 4) ? null : (Object) flag(id),
            isNull(id, 5) ? null : new String(name(id), StandardCharsets.UTF_8),
            day(id)
        };
        for (int c = 0; c < expected.length; c++) {
            Object actual = object(columns.get(c), row);
            if (c == 3 && actual instanceof Long narrow) {
                actual = Value.of(narrow).toString();
            }
            if (c == 2 && expected[c] != null && (Double) expected[c] == 0.0 && actual != null) {
                actual = (Double) actual == 0.0 ? expected[c] : actual;
            }
            if (!java.util.Objects.equals(expected[c], actual)) {
                throw new AssertionError(
                        "row "
                                + id
                                + " in "
                                + split.name()
                                + ", column "
                                + c
                                + ": expected "
                                + expected[c]
                                + ", found "
                                + actual);
            }
        }
    }

    private static @Nullable Object object(Vector vector, int lane) {
        if (vector.isNull(lane)) {
            return null;
        }
        return switch (vector) {
            case LongVector longs -> longs.values()[lane];
            case DoubleVector doubles -> doubles.values()[lane];
            case WideVector wide -> Value.of(wide.high()[lane], wide.low()[lane]).toString();
            case BitVector bits -> bits.get(lane);
            case BytesVector text ->
                    new String(
                            text.heap(),
                            text.start()[lane],
                            text.length()[lane],
                            StandardCharsets.UTF_8);
            case DictionaryVector dictionary ->
                    object(dictionary.dictionary().values(), dictionary.codes()[lane]);
            case ConstantVector constant ->
                    switch (constant.value()) {
                        case Value.Whole(long whole) -> whole;
                        case Value.Floating(double real) -> real;
                        case Value.Bool(boolean bool) -> bool;
                        case Value.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
                        case Value.Wide wide -> wide.toString();
                        case Value.Null _ -> null;
                    };
        };
    }

    /// The numbers of all rows of the table.
    public static TreeSet<Long> ids(Database database, int tableId) {
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            return new TreeSet<>(scan(snapshot.table(tableId)).keySet());
        }
    }

    /// Deletes rows that the transaction's snapshot sees.
    public static void delete(
            Transaction transaction, int tableId, Map<Long, RowPlace> places, List<Long> ids) {
        Map<String, List<Long>> bySplit = new TreeMap<>();
        for (long id : ids) {
            RowPlace place = places.get(id);
            bySplit.computeIfAbsent(place.split(), _ -> new ArrayList<>()).add(place.row());
        }
        bySplit.forEach((split, rows) ->
                transaction.delete(
                        tableId,
                        split,
                        rows.stream().mapToInt(Long::intValue).toArray(),
                        rows.size()));
    }

    /// Whether the exception says that another transaction came first.
    public static boolean isConflict(BasaltException failure) {
        return failure.code() == ErrorCode.SERIALIZATION_FAILURE;
    }
}
