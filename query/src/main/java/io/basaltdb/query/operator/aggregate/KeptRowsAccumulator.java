package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows themselves, for calls whose answer follows from all values of a group in their order. Rows come as they like; [#ordered] puts those of a group
/// together and orders them by all kept columns, so that no answer depends on how they came.
final class KeptRowsAccumulator implements Accumulator {
    private static final int MERGE_ROWS = 4096;
    private static final int MAX_ROWS = 1 << 30;

    /// A column's bytes lie in one array.
    private static final long MAX_BYTES = 1L << 30;

    private final AccumulatorMaker.KeptRows call;
    private final Reservation reservation;
    private final FlatColumn[] columns;
    private int[] groups = {};
    private int count;
    private int groupCount;
    private long reserved;
    private int[] scratch = {};
    private int[] scratchGroups = {};

    /// Rows by group, once put together; those of group g are `rows[groupStart[g]]` … `rows[groupStart[g + 1] − 1]`.
    private int @Nullable [] rows;

    private int[] groupStart = {};
    private boolean ordered;

    KeptRowsAccumulator(AccumulatorMaker.KeptRows call, Reservation reservation) {
        this.call = call;
        this.reservation = reservation;
        this.columns = call.types().stream().map(FlatColumn::new).toArray(FlatColumn[]::new);
    }

    @Override
    public void ensure(int groupCount) {
        this.groupCount = Math.max(groupCount, this.groupCount);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] rowGroups) {
        scratch = FlatColumn.grown(scratch, block.count);
        scratchGroups = FlatColumn.grown(scratchGroups, block.count);
        long[] mask = call.mask() < 0 ? null : block.mask(call.mask());
        int chosen = 0;
        for (int i = 0; i < block.count; i++) {
            scratch[chosen] = i;
            scratchGroups[chosen] = rowGroups == null ? 0 : rowGroups[i];
            chosen += mask == null ? 1 : (int) (mask[i >> 6] >>> i & 1);
        }
        FlatColumn[] sources = new FlatColumn[columns.length];
        for (int c = 0; c < columns.length; c++) {
            sources[c] = block.inputs[call.inputs().get(c)];
        }
        append(sources, chosen);
    }

    /// Copies the rows that `scratch` names into the groups that `scratchGroups` names.
    private void append(FlatColumn[] sources, int more) {
        if (more == 0) {
            return;
        }
        reserve(sources, more);
        for (int c = 0; c < columns.length; c++) {
            columns[c].append(sources[c], scratch, 0, more, count);
        }
        if (groups.length < count + more) {
            groups = Arrays.copyOf(groups, Math.max(count + more, 2 * groups.length));
        }
        System.arraycopy(scratchGroups, 0, groups, count, more);
        count += more;
        rows = null;
        ordered = false;
        reserveExactly(bytes());
    }

    /// Asks for what the arrays will take when they have doubled.
    private void reserve(FlatColumn[] sources, int more) {
        long texts = 0;
        for (FlatColumn source : sources) {
            if (source.physical == Physical.BYTES) {
                for (int i = 0; i < more; i++) {
                    texts += source.isNull(scratch[i]) ? 0 : source.length[scratch[i]];
                }
            }
        }
        if (count + more > MAX_ROWS || bytesOfTexts() + texts > MAX_BYTES) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "an aggregate that orders its values would hold more than "
                            + MAX_ROWS
                            + " rows or "
                            + MAX_BYTES
                            + " bytes of text at once; group by more columns");
        }
        boolean grows = groups.length < count + more;
        long needed = grows ? 2 * bytes() : bytes();
        reserveExactly(Math.max(reserved, needed + texts + 40L * more));
    }

    private void reserveExactly(long bytes) {
        if (bytes > reserved) {
            reservation.grow(bytes - reserved);
        } else {
            reservation.shrink(reserved - bytes);
        }
        reserved = bytes;
    }

    private long bytesOfTexts() {
        long bytes = 0;
        for (FlatColumn column : columns) {
            bytes = Math.max(bytes, column.physical == Physical.BYTES ? column.ownBytes() / 2 : 0);
        }
        return bytes;
    }

    private long bytes() {
        long bytes = 4L * groups.length;
        for (FlatColumn column : columns) {
            bytes += column.ownBytes();
        }
        return bytes;
    }

    @Override
    public void prepareMerge() {
        if (rows == null) {
            rows = byGroup();
        }
    }

    private int[] byGroup() {
        reserveExactly(bytes() + 4L * (count + groupCount + 1L));
        int[] start = new int[groupCount + 1];
        for (int i = 0; i < count; i++) {
            start[groups[i] + 1]++;
        }
        for (int g = 0; g < groupCount; g++) {
            start[g + 1] += start[g];
        }
        int[] next = Arrays.copyOf(start, groupCount);
        int[] together = new int[count];
        for (int i = 0; i < count; i++) {
            together[next[groups[i]]++] = i;
        }
        groupStart = start;
        return together;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int mergedCount) {
        KeptRowsAccumulator source = (KeptRowsAccumulator) other;
        int[] theirs = source.rows;
        assert theirs != null : "was prepared";
        scratch = FlatColumn.grown(scratch, MERGE_ROWS);
        scratchGroups = FlatColumn.grown(scratchGroups, MERGE_ROWS);
        int filled = 0;
        for (int i = 0; i < mergedCount; i++) {
            int group = from[i];
            if (group + 1 >= source.groupStart.length) {
                continue;
            }
            for (int r = source.groupStart[group]; r < source.groupStart[group + 1]; r++) {
                scratch[filled] = theirs[r];
                scratchGroups[filled++] = to[i];
                if (filled == MERGE_ROWS) {
                    append(source.columns, filled);
                    filled = 0;
                }
            }
        }
        append(source.columns, filled);
    }

    @Override
    public Vector result(int first, int count) {
        throw new AssertionError("is read by RowsResult");
    }

    /// One of the kept columns; its rows are those that [#ordered] names.
    FlatColumn column(int index) {
        return columns[index];
    }

    /// The first of a group's places in [#ordered].
    int start(int group) {
        return group + 1 < groupStart.length ? groupStart[group] : 0;
    }

    /// Behind the last of a group's places in [#ordered].
    int end(int group) {
        return group + 1 < groupStart.length ? groupStart[group + 1] : 0;
    }

    /// The rows, those of a group together and in order.
    int[] ordered() {
        int[] together = rows;
        if (together == null) {
            together = byGroup();
            rows = together;
        }
        if (!ordered) {
            order(together);
            ordered = true;
        }
        return together;
    }

    private void order(int[] together) {
        int longest = 0;
        for (int g = 0; g + 1 < groupStart.length; g++) {
            longest = Math.max(longest, groupStart[g + 1] - groupStart[g]);
        }
        reserveExactly(bytes() + 4L * (count + groupCount + 1L) + 16L * longest);
        if (columns.length == 1 && columns[0].isOneWord() && columns[0].validity == null) {
            orderWords(together, longest);
        } else {
            orderRows(together, longest);
        }
    }

    /// One column of longs: the values themselves are ordered, and then put where the group's rows were.
    private void orderWords(int[] together, int longest) {
        FlatColumn column = columns[0];
        if (column.physical == Physical.BYTES) {
            orderRows(together, longest);
            return;
        }
        boolean descending = call.directions().getFirst().descending();
        long[] words = new long[longest];
        for (int g = 0; g + 1 < groupStart.length; g++) {
            int first = groupStart[g];
            int size = groupStart[g + 1] - first;
            for (int i = 0; i < size; i++) {
                words[i] = word(column, together[first + i]);
            }
            Arrays.sort(words, 0, size);
            Arrays.sort(together, first, first + size);
            for (int i = 0; i < size; i++) {
                setWord(column, together[first + i], words[descending ? size - 1 - i : i]);
            }
        }
    }

    private static long word(FlatColumn column, int row) {
        return column.physical == Physical.DOUBLE
                ? OrderedDouble.toLong(column.doubles[row])
                : column.longs[row];
    }

    private static void setWord(FlatColumn column, int row, long word) {
        if (column.physical == Physical.DOUBLE) {
            column.doubles[row] = OrderedDouble.toDouble(word);
        } else {
            column.longs[row] = word;
        }
    }

    private void orderRows(int[] together, int longest) {
        int[] buffer = new int[longest];
        for (int g = 0; g + 1 < groupStart.length; g++) {
            sort(together, groupStart[g], groupStart[g + 1], buffer);
        }
    }

    /// Merges ever longer runs.
    private void sort(int[] together, int first, int end, int[] buffer) {
        int size = end - first;
        for (int run = 1; run < size; run *= 2) {
            for (int low = 0; low + run < size; low += 2 * run) {
                int middle = first + low + run;
                merge(together, first + low, middle, Math.min(end, middle + run), buffer);
            }
            if (run > size / 2) {
                break;
            }
        }
    }

    private void merge(int[] together, int low, int middle, int high, int[] buffer) {
        if (compare(together[middle - 1], together[middle]) <= 0) {
            return;
        }
        int leftCount = middle - low;
        System.arraycopy(together, low, buffer, 0, leftCount);
        int left = 0;
        int right = middle;
        int out = low;
        while (left < leftCount && right < high) {
            together[out++] =
                    compare(buffer[left], together[right]) <= 0
                            ? buffer[left++]
                            : together[right++];
        }
        System.arraycopy(buffer, left, together, out, leftCount - left);
    }

    private int compare(int a, int b) {
        List<Direction> directions = call.directions();
        for (int c = 0; c < columns.length; c++) {
            int order = compare(columns[c], directions.get(c), a, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(FlatColumn column, Direction direction, int a, int b) {
        boolean aNull = column.isNull(a);
        boolean bNull = column.isNull(b);
        if (aNull || bNull) {
            return aNull == bNull ? 0 : aNull == direction.nullsFirst() ? -1 : 1;
        }
        int order = values(column, a, b);
        return direction.descending() ? -order : order;
    }

    /// Orders two values that are not null.
    static int values(FlatColumn column, int a, int b) {
        return switch (column.physical) {
            case LONG, BITS -> Long.compare(column.longs[a], column.longs[b]);
            case DOUBLE ->
                    Long.compare(
                            OrderedDouble.toLong(column.doubles[a]),
                            OrderedDouble.toLong(column.doubles[b]));
            case WIDE -> {
                int order = Long.compare(column.high(a), column.high(b));
                yield order != 0 ? order : Long.compareUnsigned(column.longs[a], column.longs[b]);
            }
            case BYTES ->
                    Arrays.compareUnsigned(
                            column.heap,
                            column.start[a],
                            column.start[a] + column.length[a],
                            column.heap,
                            column.start[b],
                            column.start[b] + column.length[b]);
        };
    }
}
