package io.basaltdb.query.operator.rows;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of one column for rows that an operator keeps, numbered from 0 in the order of their arrival.
public abstract sealed class ColumnStore permits LongStore, DoubleStore, BitStore, BytesStore {
    private final Type type;
    private long @Nullable [] validity;
    private int size;

    ColumnStore(Type type) {
        this.type = type;
    }

    /// An empty store for values of that type.
    static ColumnStore of(Type type) {
        return switch (type.physical()) {
            case LONG, WIDE -> new LongStore(type);
            case DOUBLE -> new DoubleStore(type);
            case BITS -> new BitStore(type);
            case BYTES -> new BytesStore(type);
        };
    }

    public final Type type() {
        return type;
    }

    public final int size() {
        return size;
    }

    public final boolean isNull(int row) {
        return !Validity.isValid(validity, row);
    }

    public final boolean mayHaveNulls() {
        return validity != null;
    }

    /// Bytes that the arrays take.
    final long bytes() {
        return valueBytes() + (validity == null ? 0 : 8L * validity.length);
    }

    /// Bytes that the arrays would take in addition for those rows; an upper bound.
    final long growthBytes(Vector values, @Nullable Selection rows, int count) {
        long validityBytes =
                validity == null && !values.mayHaveNulls()
                        ? 0
                        : 8L * Validity.words(capacityFor(count));
        return Math.max(0, valueBytesFor(values, rows, count) + validityBytes - bytes());
    }

    /// Copies the selected lanes behind the rows that are there.
    final void append(Vector values, @Nullable Selection rows, int count) {
        appendValidity(values, rows, count);
        appendValues(values, rows, count);
        size += count;
    }

    /// Copies all rows of another store of the same type behind the rows that are there.
    final void append(ColumnStore other) {
        if (other.size > 0) {
            append(other.all(), null, other.size);
        }
    }

    /// All rows as a vector over the store's own arrays; valid until the next append.
    public abstract Vector all();

    /// The rows named by the first `count` of `rows`, as a vector of `count` lanes in `target`'s arrays, which are lent until its next use.
    public abstract Vector gather(int[] rows, int count, GatherBuffer target);

    /// As [#gather], with the value of `rows[i]` in lane `lanes[i]` of a vector of `size` lanes; other lanes hold anything.
    public abstract Vector scatter(
            int[] rows, int[] lanes, int count, int size, GatherBuffer target);

    abstract long valueBytes();

    abstract long valueBytesFor(Vector values, @Nullable Selection rows, int count);

    abstract void appendValues(Vector values, @Nullable Selection rows, int count);

    /// Rows for which there will be room when `count` more are appended.
    final int capacityFor(int count) {
        return capacity(size, count);
    }

    final long @Nullable [] validity() {
        return validity;
    }

    final long @Nullable [] gatherValidity(int[] rows, int count, GatherBuffer target) {
        long[] words = validity;
        return words == null ? null : target.gatherBits(words, rows, null, count, count);
    }

    final long @Nullable [] scatterValidity(
            int[] rows, int[] lanes, int count, int size, GatherBuffer target) {
        long[] words = validity;
        return words == null ? null : target.gatherBits(words, rows, lanes, count, size);
    }

    private void appendValidity(Vector values, @Nullable Selection rows, int count) {
        long[] source = values.validity();
        if (source == null && validity == null) {
            return;
        }
        long[] words = validity;
        if (words == null) {
            words = new long[Validity.words(capacityFor(count))];
            Validity.fill(words, size);
        } else if (words.length < Validity.words(size + count)) {
            words = Arrays.copyOf(words, Validity.words(capacityFor(count)));
        }
        Bits.append(words, size, source, rows, count);
        validity = words;
    }

    /// Doubles until there is room for `more` rows behind `size`; at least one batch.
    static int capacity(int size, int more) {
        long needed = (long) size + more;
        long capacity = 4096;
        while (capacity < needed) {
            capacity *= 2;
        }
        return (int) Math.min(capacity, Integer.MAX_VALUE - 8);
    }
}
