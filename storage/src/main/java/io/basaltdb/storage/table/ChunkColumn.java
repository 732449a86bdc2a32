package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One column of a [Chunk]. The arrays of one object never move: appending writes behind what readers see, and where an array is too
/// small or the first null arrives, the answer is a new object with larger arrays. So a reader that was given a row count before may go
/// on reading without a lock.
@SuppressWarnings("ReferenceEquality") // whether an array is still the same one is the question
sealed interface ChunkColumn {
    Type type();

    long @Nullable [] validity();

    /// The column with `count` more lanes of `source` behind the first `size`: the lanes `rows[from …]`, or without rows `from …`.
    ///
    /// @param source flat: neither dictionary nor constant; or codes into the dictionary that the texts before it are codes into
    ChunkColumn append(int size, Vector source, int @Nullable [] rows, int from, int count);

    /// The first `size` lanes, straight from the arrays.
    Vector vector(int size);

    /// Bytes of the arrays.
    long sizeBytes();

    /// The same lanes as values of a type that [Type#isWidened] from this one's.
    default ChunkColumn as(Type wider) {
        if (wider.equals(type())) {
            return this;
        }
        return switch (this) {
            case Longs(_, long[] values, long @Nullable [] valid) ->
                    new Longs(wider, values, valid);
            case Doubles(_, double[] values, long @Nullable [] valid) ->
                    new Doubles(wider, values, valid);
            case Wides(_, long[] high, long[] low, long @Nullable [] valid) ->
                    new Wides(wider, high, low, valid);
            case Texts texts -> {
                assert texts.dictionary == null;
                yield new Texts(wider, texts.heap, texts.start, texts.length, null, texts.validity);
            }
            case Bits _ -> throw FlatVectors.notWider(type(), wider);
        };
    }

    /// The same arrays for rows to come, none of which is NULL so far.
    default ChunkColumn emptied() {
        return switch (this) {
            case Longs(Type type, long[] values, _) -> new Longs(type, values, null);
            case Doubles(Type type, double[] values, _) -> new Doubles(type, values, null);
            case Wides(Type type, long[] high, long[] low, _) -> new Wides(type, high, low, null);
            case Bits(Type type, long[] words, _) -> new Bits(type, words, null);
            case Texts(Type type, byte[] heap, int[] start, int[] length, _, _) ->
                    new Texts(type, heap, start, length, null, null);
        };
    }

    static ChunkColumn create(Type type) {
        return switch (type.physical()) {
            case LONG -> new Longs(type, NO_LONGS, null);
            case DOUBLE -> new Doubles(type, new double[0], null);
            case WIDE -> new Wides(type, NO_LONGS, NO_LONGS, null);
            case BITS -> new Bits(type, NO_LONGS, null);
            case BYTES -> new Texts(type, new byte[0], new int[0], new int[0], null, null);
        };
    }

    long[] NO_LONGS = {};
    int SMALLEST = 16;

    /// LONG.
    record Longs(Type type, long[] values, long @Nullable [] validity) implements ChunkColumn {
        @Override
        public ChunkColumn append(
                int size, Vector source, int @Nullable [] rows, int from, int count) {
            long[] target = grown(values, size, count);
            ChunkColumn.gather(((LongVector) source).values(), rows, from, count, target, size);
            long[] valid =
                    ChunkColumn.appendValidity(
                            validity, size, source.validity(), rows, from, count);
            return target == values && valid == validity ? this : new Longs(type, target, valid);
        }

        @Override
        public Vector vector(int size) {
            return new LongVector(type, size, values, validity);
        }

        @Override
        public long sizeBytes() {
            return 8L * values.length + ChunkColumn.bytes(validity);
        }
    }

    /// DOUBLE.
    record Doubles(Type type, double[] values, long @Nullable [] validity) implements ChunkColumn {
        @Override
        public ChunkColumn append(
                int size, Vector source, int @Nullable [] rows, int from, int count) {
            double[] target =
                    size + count <= values.length
                            ? values
                            : Arrays.copyOf(values, capacity(values.length, size + count));
            double[] lanes = ((DoubleVector) source).values();
            if (rows == null) {
                System.arraycopy(lanes, from, target, size, count);
            } else {
                for (int i = 0; i < count; i++) {
                    target[size + i] = lanes[rows[from + i]];
                }
            }
            long[] valid =
                    ChunkColumn.appendValidity(
                            validity, size, source.validity(), rows, from, count);
            return target == values && valid == validity ? this : new Doubles(type, target, valid);
        }

        @Override
        public Vector vector(int size) {
            return new DoubleVector(type, size, values, validity);
        }

        @Override
        public long sizeBytes() {
            return 8L * values.length + ChunkColumn.bytes(validity);
        }
    }

    /// WIDE.
    record Wides(Type type, long[] high, long[] low, long @Nullable [] validity)
            implements ChunkColumn {
        @Override
        public ChunkColumn append(
                int size, Vector source, int @Nullable [] rows, int from, int count) {
            long[] highs = grown(high, size, count);
            long[] lows = grown(low, size, count);
            if (source instanceof LongVector narrow) {
                ChunkColumn.gather(narrow.values(), rows, from, count, lows, size);
                for (int i = size; i < size + count; i++) {
                    highs[i] = lows[i] >> 63;
                }
            } else {
                WideVector wide = (WideVector) source;
                ChunkColumn.gather(wide.high(), rows, from, count, highs, size);
                ChunkColumn.gather(wide.low(), rows, from, count, lows, size);
            }
            long[] valid =
                    ChunkColumn.appendValidity(
                            validity, size, source.validity(), rows, from, count);
            return highs == high && lows == low && valid == validity
                    ? this
                    : new Wides(type, highs, lows, valid);
        }

        @Override
        public Vector vector(int size) {
            return new WideVector(type, size, high, low, validity);
        }

        @Override
        public long sizeBytes() {
            return 16L * high.length + ChunkColumn.bytes(validity);
        }
    }

    /// BITS.
    record Bits(Type type, long[] words, long @Nullable [] validity) implements ChunkColumn {
        @Override
        public ChunkColumn append(
                int size, Vector source, int @Nullable [] rows, int from, int count) {
            long[] target = words;
            int needed = Validity.words(size + count);
            if (needed > words.length) {
                target = Arrays.copyOf(words, capacity(words.length, needed));
            }
            ChunkColumn.copyBits(((BitVector) source).words(), rows, from, count, target, size);
            long[] valid =
                    ChunkColumn.appendValidity(
                            validity, size, source.validity(), rows, from, count);
            return target == words && valid == validity ? this : new Bits(type, target, valid);
        }

        @Override
        public Vector vector(int size) {
            return new BitVector(type, size, words, validity);
        }

        @Override
        public long sizeBytes() {
            return 8L * words.length + ChunkColumn.bytes(validity);
        }
    }

    /// BYTES. The heap is filled without gaps, so it ends where the last lane does.
    ///
    /// @param start where each text begins in the heap; or its code, where there is a dictionary, and then the heap and the lengths mean nothing
    /// @param dictionary that all texts are codes into
    record Texts(
            Type type,
            byte[] heap,
            int[] start,
            int[] length,
            @Nullable Dictionary dictionary,
            long @Nullable [] validity)
            implements ChunkColumn {
        @Override
        public ChunkColumn append(
                int size, Vector source, int @Nullable [] rows, int from, int count) {
            if (source instanceof DictionaryVector coded) {
                return appendCodes(size, coded, rows, from, count);
            }
            assert size == 0 || dictionary == null;
            BytesVector text = (BytesVector) source;
            int[] starts = start;
            int[] lengths = length;
            if (size + count > start.length) {
                int capacity = capacity(start.length, size + count);
                starts = Arrays.copyOf(start, capacity);
                lengths = Arrays.copyOf(length, capacity);
            }
            int end = heapEnd(size);
            int[] fromStart = text.start();
            int[] fromLength = text.length();
            int bytes = end;
            boolean endToEnd = rows == null && count > 0;
            int first = endToEnd ? fromStart[from] : 0;
            for (int i = 0; i < count; i++) {
                int lane = rows == null ? from + i : rows[from + i];
                int laneLength = text.isNull(lane) ? 0 : fromLength[lane];
                endToEnd &= laneLength == 0 || fromStart[lane] - first == bytes - end;
                starts[size + i] = bytes;
                lengths[size + i] = laneLength;
                bytes = Math.addExact(bytes, laneLength);
            }
            byte[] target = heap;
            if (bytes > heap.length) {
                target = Arrays.copyOf(heap, Math.max(bytes, Math.min(2 * heap.length, 1 << 26)));
            }
            if (endToEnd && bytes > end) {
                // As a file's page has them: one copy instead of one for each.
                System.arraycopy(text.heap(), first, target, end, bytes - end);
            } else {
                for (int i = 0; i < count; i++) {
                    int lane = rows == null ? from + i : rows[from + i];
                    System.arraycopy(
                            text.heap(),
                            fromStart[lane],
                            target,
                            starts[size + i],
                            lengths[size + i]);
                }
            }
            long[] valid =
                    ChunkColumn.appendValidity(
                            validity, size, source.validity(), rows, from, count);
            return target == heap && starts == start && valid == validity && dictionary == null
                    ? this
                    : new Texts(type, target, starts, lengths, null, valid);
        }

        private ChunkColumn appendCodes(
                int size, DictionaryVector source, int @Nullable [] rows, int from, int count) {
            assert size == 0 || dictionary == source.dictionary();
            int[] codes =
                    size + count <= start.length
                            ? start
                            : Arrays.copyOf(start, capacity(start.length, size + count));
            // As many of them as of codes, for texts that may come here later.
            int[] lengths =
                    length.length == codes.length ? length : Arrays.copyOf(length, codes.length);
            if (rows == null) {
                System.arraycopy(source.codes(), from, codes, size, count);
            } else {
                for (int i = 0; i < count; i++) {
                    codes[size + i] = source.codes()[rows[from + i]];
                }
            }
            long[] valid =
                    ChunkColumn.appendValidity(
                            validity, size, source.validity(), rows, from, count);
            return codes == start && valid == validity && dictionary == source.dictionary()
                    ? this
                    : new Texts(type, heap, codes, lengths, source.dictionary(), valid);
        }

        /// Whether the vector can be appended to that many lanes: codes only go behind codes into the same dictionary, texts only behind texts.
        boolean takes(int size, Vector source) {
            Dictionary theirs =
                    source instanceof DictionaryVector coded ? coded.dictionary() : null;
            return size == 0 || dictionary == theirs;
        }

        int heapEnd(int size) {
            return size == 0 || dictionary != null ? 0 : start[size - 1] + length[size - 1];
        }

        /// Bytes of the first `size` texts, one by one.
        long textBytes(int size) {
            if (dictionary == null || !(dictionary.values() instanceof BytesVector values)) {
                return heapEnd(size);
            }
            long bytes = 0;
            for (int i = 0; i < size; i++) {
                bytes += Validity.isValid(validity, i) ? values.length()[start[i]] : 0;
            }
            return bytes;
        }

        @Override
        public Vector vector(int size) {
            return dictionary == null
                    ? new BytesVector(type, size, heap, start, length, validity)
                    : new DictionaryVector(size, start, dictionary, validity);
        }

        @Override
        public long sizeBytes() {
            return heap.length + 8L * start.length + ChunkColumn.bytes(validity);
        }
    }

    private static long[] grown(long[] values, int size, int count) {
        return size + count <= values.length
                ? values
                : Arrays.copyOf(values, capacity(values.length, size + count));
    }

    /// The first rows get what they need: of a commit of one row, no more come.
    private static int capacity(int now, int needed) {
        return now == 0 ? needed : Math.max(needed, Math.max(SMALLEST, 2 * now));
    }

    private static long bytes(long @Nullable [] words) {
        return words == null ? 0 : 8L * words.length;
    }

    private static void gather(
            long[] source, int @Nullable [] rows, int from, int count, long[] target, int at) {
        if (rows == null) {
            System.arraycopy(source, from, target, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[at + i] = source[rows[from + i]];
        }
    }

    private static void copyBits(
            long[] source, int @Nullable [] rows, int from, int count, long[] target, int at) {
        for (int i = 0; i < count; i++) {
            int lane = rows == null ? from + i : rows[from + i];
            int to = at + i;
            long bit = source[lane >> 6] >>> lane & 1;
            target[to >> 6] = (target[to >> 6] & ~(1L << to)) | bit << to;
        }
    }

    private static long @Nullable [] appendValidity(
            long @Nullable [] validity,
            int size,
            long @Nullable [] source,
            int @Nullable [] rows,
            int from,
            int count) {
        if (validity == null && source == null) {
            return null;
        }
        int needed = Validity.words(size + count);
        long[] target = validity;
        if (target == null) {
            target = new long[Math.max(needed, 2)];
            Validity.fill(target, size);
        } else if (needed > target.length) {
            target = Arrays.copyOf(target, capacity(target.length, needed));
        }
        if (source != null) {
            copyBits(source, rows, from, count, target, size);
            return target;
        }
        for (int to = size; to < size + count; to++) {
            target[to >> 6] |= 1L << to;
        }
        return target;
    }
}
