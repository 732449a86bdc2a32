package io.basaltdb.query.operator.rows;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Runs of bytes: codes of one dictionary as long as all rows come from it, else copies in a heap.
public final class BytesStore extends ColumnStore {
    private static final int MAX_HEAP = Integer.MAX_VALUE - 8;

    private byte[] heap = new byte[0];
    private int heapSize;
    private int[] start = new int[0];
    private int[] length = new int[0];

    /// Not null while rows are codes of it; then [#start] holds the codes and [#length] nothing.
    private @Nullable Dictionary dictionary;

    BytesStore(Type type) {
        super(type);
    }

    /// The dictionary whose codes the rows are, or null.
    public @Nullable Dictionary dictionary() {
        return dictionary;
    }

    @Override
    public Vector all() {
        Dictionary shared = dictionary;
        return shared == null
                ? new BytesVector(type(), size(), heap, start, length, validity())
                : new DictionaryVector(size(), start, shared, validity());
    }

    @Override
    public Vector gather(int[] rows, int count, GatherBuffer target) {
        long @Nullable [] valid = gatherValidity(rows, count, target);
        int[] starts = target.starts(count);
        for (int i = 0; i < count; i++) {
            starts[i] = start[rows[i]];
        }
        Dictionary shared = dictionary;
        if (shared != null) {
            return new DictionaryVector(count, starts, shared, valid);
        }
        int[] lengths = target.lengths(count);
        for (int i = 0; i < count; i++) {
            lengths[i] = length[rows[i]];
        }
        return new BytesVector(type(), count, heap, starts, lengths, valid);
    }

    @Override
    public Vector scatter(int[] rows, int[] lanes, int count, int size, GatherBuffer target) {
        long @Nullable [] valid = scatterValidity(rows, lanes, count, size, target);
        int[] starts = target.starts(size);
        Arrays.fill(starts, 0, size, 0);
        for (int i = 0; i < count; i++) {
            starts[lanes[i]] = start[rows[i]];
        }
        Dictionary shared = dictionary;
        if (shared != null) {
            return new DictionaryVector(size, starts, shared, valid);
        }
        int[] lengths = target.lengths(size);
        Arrays.fill(lengths, 0, size, 0);
        for (int i = 0; i < count; i++) {
            lengths[lanes[i]] = length[rows[i]];
        }
        return new BytesVector(type(), size, heap, starts, lengths, valid);
    }

    @Override
    long valueBytes() {
        return heap.length + 4L * start.length + 4L * length.length;
    }

    @Override
    long valueBytesFor(Vector source, @Nullable Selection rows, int count) {
        int capacity = start.length >= size() + count ? start.length : capacityFor(count);
        if (keepsCodes(source)) {
            return 4L * capacity;
        }
        long more = decodedBytes(source, rows, count);
        Dictionary shared = dictionary;
        if (shared != null) {
            more += decodedBytes(all(), null, size());
        }
        return 8L * capacity + Math.max(heap.length, heapCapacity(heapSize + more));
    }

    @Override
    void appendValues(Vector source, @Nullable Selection rows, int count) {
        if (start.length < size() + count) {
            start = Arrays.copyOf(start, capacityFor(count));
        }
        if (source instanceof DictionaryVector(_, int[] codes, Dictionary from, _)
                && keepsCodes(source)) {
            dictionary = from;
            for (int i = 0; i < count; i++) {
                start[size() + i] = codes[rows == null ? i : rows.rows()[i]];
            }
            return;
        }
        leaveCodes();
        if (length.length < size() + count) {
            length = Arrays.copyOf(length, start.length);
        }
        reserveHeap(decodedBytes(source, rows, count));
        copy(source, rows, count, size());
    }

    private boolean keepsCodes(Vector source) {
        return source instanceof DictionaryVector(_, _, Dictionary from, _)
                && (size() == 0 || dictionary == from);
    }

    /// Copies the values that codes name into the heap.
    private void leaveCodes() {
        Dictionary shared = dictionary;
        if (shared == null) {
            return;
        }
        DictionaryVector coded = new DictionaryVector(size(), start, shared, validity());
        dictionary = null;
        start = new int[start.length];
        length = new int[start.length];
        reserveHeap(decodedBytes(coded, null, coded.size()));
        copy(coded, null, coded.size(), 0);
    }

    private void copy(Vector source, @Nullable Selection rows, int count, int at) {
        switch (source) {
            case BytesVector(_, _, byte[] bytes, int[] starts, int[] lengths, long[] valid) -> {
                for (int i = 0; i < count; i++) {
                    int row = rows == null ? i : rows.rows()[i];
                    boolean live = valid == null || (valid[row >> 6] >>> row & 1) != 0;
                    put(bytes, starts[row], live ? lengths[row] : 0, at + i);
                }
            }
            case DictionaryVector(_, int[] codes, Dictionary from, _) -> {
                BytesVector distinct = (BytesVector) from.values();
                for (int i = 0; i < count; i++) {
                    int code = codes[rows == null ? i : rows.rows()[i]];
                    put(distinct.heap(), distinct.start()[code], distinct.length()[code], at + i);
                }
            }
            case ConstantVector(_, _, Value value, _) -> {
                byte[] bytes =
                        value instanceof Value.Bytes(byte[] constant) ? constant : new byte[0];
                if (count > 0) {
                    put(bytes, 0, bytes.length, at);
                }
                Arrays.fill(start, at, at + count, start[at]);
                Arrays.fill(length, at, at + count, bytes.length);
            }
            case LongVector _, WideVector _, DoubleVector _, BitVector _ ->
                    throw new AssertionError("not text: " + source.type().sql());
        }
    }

    private void put(byte[] bytes, int from, int count, int row) {
        System.arraycopy(bytes, from, heap, heapSize, count);
        start[row] = heapSize;
        length[row] = count;
        heapSize += count;
    }

    private static long decodedBytes(Vector source, @Nullable Selection rows, int count) {
        long sum = 0;
        switch (source) {
            case BytesVector(_, _, _, _, int[] lengths, long[] valid) -> {
                for (int i = 0; i < count; i++) {
                    int row = rows == null ? i : rows.rows()[i];
                    boolean live = valid == null || (valid[row >> 6] >>> row & 1) != 0;
                    sum += live ? lengths[row] : 0;
                }
            }
            case DictionaryVector(_, int[] codes, Dictionary from, _) -> {
                int[] lengths = ((BytesVector) from.values()).length();
                for (int i = 0; i < count; i++) {
                    sum += lengths[codes[rows == null ? i : rows.rows()[i]]];
                }
            }
            case ConstantVector(_, _, Value value, _) ->
                    sum = value instanceof Value.Bytes(byte[] constant) ? constant.length : 0;
            case LongVector _, WideVector _, DoubleVector _, BitVector _ ->
                    throw new AssertionError("not text: " + source.type().sql());
        }
        return sum;
    }

    private void reserveHeap(long more) {
        long needed = heapSize + more;
        if (needed > heap.length) {
            heap = Arrays.copyOf(heap, heapCapacity(needed));
        }
    }

    private static int heapCapacity(long needed) {
        if (needed > MAX_HEAP) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "a text column of a join or sort holds more than 2 GiB at once; let the query keep fewer rows or shorter values");
        }
        long capacity = 1 << 16;
        while (capacity < needed) {
            capacity *= 2;
        }
        return (int) Math.min(capacity, MAX_HEAP);
    }
}
