package io.basaltdb.query.operator.sort;

import io.basaltdb.query.kernel.PrefixWord;
import io.basaltdb.query.operator.rows.BitStore;
import io.basaltdb.query.operator.rows.BytesStore;
import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.DoubleStore;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The keys of the rows of one store as words of 64 bits: comparing the words of two rows one after the other as unsigned numbers compares the rows.
/// Immutable; safe for use by many threads.
public final class KeyWords {
    private final List<Column> columns;
    private final int wordCount;
    private final int[] columnOfWord;
    private final int[] firstWordOf;

    private KeyWords(List<Column> columns) {
        this.columns = columns;
        this.firstWordOf = new int[columns.size()];
        int words = 0;
        for (int c = 0; c < columns.size(); c++) {
            firstWordOf[c] = words;
            words += columns.get(c).wordCount();
        }
        this.wordCount = words;
        this.columnOfWord = new int[words];
        for (int c = 0; c < columns.size(); c++) {
            Arrays.fill(
                    columnOfWord, firstWordOf[c], firstWordOf[c] + columns.get(c).wordCount(), c);
        }
    }

    public static KeyWords of(RowStore rows, List<SortKey> keys) {
        List<Column> columns = new ArrayList<>();
        for (SortKey key : keys) {
            ColumnStore store = rows.column(key.column());
            if (store.mayHaveNulls()) {
                columns.add(new Nulls(store, key.nullsFirst()));
            }
            columns.add(column(store, key.descending() ? -1L : 0L));
        }
        return new KeyWords(List.copyOf(columns));
    }

    private static Column column(ColumnStore store, long flip) {
        return switch (store) {
            case LongStore longs -> longs.isWide() ? new Wide(longs, flip) : new Longs(longs, flip);
            case DoubleStore doubles -> new Doubles(doubles, flip);
            case BitStore bits -> new BitWords(bits, flip);
            case BytesStore bytes -> bytesColumn(bytes, flip);
        };
    }

    private static Column bytesColumn(BytesStore store, long flip) {
        if (store.all() instanceof DictionaryVector(_, int[] codes, Dictionary dictionary, _)) {
            return new Codes(store, codes, ranks(dictionary), flip);
        }
        BytesVector vector = (BytesVector) store.all();
        int maxLength = 0;
        for (int row = 0; row < vector.size(); row++) {
            maxLength = Math.max(maxLength, vector.length()[row]);
        }
        return new Text(store, vector, (maxLength + 7) / 8, flip);
    }

    /// The place of each code's value among the dictionary's values.
    private static int[] ranks(Dictionary dictionary) {
        int[] ranks = new int[dictionary.size()];
        if (dictionary.isOrdered()) {
            Arrays.setAll(ranks, code -> code);
            return ranks;
        }
        Integer[] order = new Integer[dictionary.size()];
        Arrays.setAll(order, i -> i);
        if (dictionary.values()
                instanceof BytesVector(_, _, byte[] heap, int[] start, int[] length, _)) {
            Arrays.sort(
                    order,
                    (a, b) ->
                            Arrays.compareUnsigned(
                                    heap,
                                    start[a],
                                    start[a] + length[a],
                                    heap,
                                    start[b],
                                    start[b] + length[b]));
        }
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }

    /// Words of a row; a row's later words are looked at only where the earlier ones are equal.
    int wordCount() {
        return wordCount;
    }

    /// Computes word number `word` of the rows `rows[from]` … `rows[to − 1]` into `words[0]` ….
    void words(int word, int[] rows, int from, int to, long[] words) {
        int column = columnOfWord[word];
        columns.get(column).words(word - firstWordOf[column], rows, from, to, words);
    }

    /// A word at or behind `word` at which rows with equal earlier words may differ first: leaves out words past the end of short strings.
    int skipEqual(int word, int[] rows, int from, int to) {
        if (word >= wordCount) {
            return word;
        }
        int column = columnOfWord[word];
        return firstWordOf[column]
                + columns.get(column).skipEqual(word - firstWordOf[column], rows, from, to);
    }

    /// The order of two rows: negative, 0 or positive.
    public int compare(int left, int right) {
        for (Column column : columns) {
            int order = column.compare(left, right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// One column's words.
    private sealed interface Column permits Nulls, Longs, Wide, Doubles, BitWords, Codes, Text {
        int wordCount();

        void words(int word, int[] rows, int from, int to, long[] words);

        int compare(int left, int right);

        default int skipEqual(int word, int[] rows, int from, int to) {
            return word;
        }
    }

    private record Nulls(ColumnStore store, boolean nullsFirst) implements Column {
        @Override
        public int wordCount() {
            return 1;
        }

        @Override
        public void words(int word, int[] rows, int from, int to, long[] words) {
            for (int i = from; i < to; i++) {
                words[i - from] = store.isNull(rows[i]) == nullsFirst ? 0 : 1;
            }
        }

        @Override
        public int compare(int left, int right) {
            return Boolean.compare(
                    store.isNull(left) != nullsFirst, store.isNull(right) != nullsFirst);
        }
    }

    private record Longs(LongStore store, long flip) implements Column {
        @Override
        public int wordCount() {
            return 1;
        }

        @Override
        public void words(int word, int[] rows, int from, int to, long[] words) {
            long[] values = store.values();
            if (store.mayHaveNulls()) {
                for (int i = from; i < to; i++) {
                    words[i - from] =
                            store.isNull(rows[i]) ? 0 : values[rows[i]] ^ Long.MIN_VALUE ^ flip;
                }
                return;
            }
            long change = Long.MIN_VALUE ^ flip;
            for (int i = from; i < to; i++) {
                words[i - from] = values[rows[i]] ^ change;
            }
        }

        @Override
        public int compare(int left, int right) {
            if (store.isNull(left) || store.isNull(right)) {
                return 0;
            }
            int order = Long.compare(store.values()[left], store.values()[right]);
            return flip == 0 ? order : -order;
        }
    }

    private record Wide(LongStore store, long flip) implements Column {
        @Override
        public int wordCount() {
            return 2;
        }

        @Override
        public void words(int word, int[] rows, int from, int to, long[] words) {
            for (int i = from; i < to; i++) {
                int row = rows[i];
                long half = word == 0 ? store.high(row) ^ Long.MIN_VALUE : store.values()[row];
                words[i - from] = store.isNull(row) ? 0 : half ^ flip;
            }
        }

        @Override
        public int compare(int left, int right) {
            if (store.isNull(left) || store.isNull(right)) {
                return 0;
            }
            int order = Long.compare(store.high(left), store.high(right));
            if (order == 0) {
                order = Long.compareUnsigned(store.values()[left], store.values()[right]);
            }
            return flip == 0 ? order : -order;
        }
    }

    private record Doubles(DoubleStore store, long flip) implements Column {
        @Override
        public int wordCount() {
            return 1;
        }

        @Override
        public void words(int word, int[] rows, int from, int to, long[] words) {
            for (int i = from; i < to; i++) {
                words[i - from] = store.isNull(rows[i]) ? 0 : word(rows[i]);
            }
        }

        /// Orders as numbers do, −0.0 as 0.0, NaN behind everything.
        private long word(int row) {
            long bits = Double.doubleToLongBits(store.values()[row] + 0.0);
            return (bits ^ (bits >> 63 | Long.MIN_VALUE)) ^ flip;
        }

        @Override
        public int compare(int left, int right) {
            return store.isNull(left) || store.isNull(right)
                    ? 0
                    : Long.compareUnsigned(word(left), word(right));
        }
    }

    private record BitWords(BitStore store, long flip) implements Column {
        @Override
        public int wordCount() {
            return 1;
        }

        @Override
        public void words(int word, int[] rows, int from, int to, long[] words) {
            for (int i = from; i < to; i++) {
                words[i - from] = store.isNull(rows[i]) ? 0 : word(rows[i]);
            }
        }

        private long word(int row) {
            return store.get(row) == (flip == 0) ? 1 : 0;
        }

        @Override
        public int compare(int left, int right) {
            return store.isNull(left) || store.isNull(right)
                    ? 0
                    : Long.compare(word(left), word(right));
        }
    }

    /// Rows that are codes of one dictionary: one word, the rank of the value.
    private record Codes(BytesStore store, int[] codes, int[] ranks, long flip) implements Column {
        @Override
        public int wordCount() {
            return 1;
        }

        @Override
        public void words(int word, int[] rows, int from, int to, long[] words) {
            for (int i = from; i < to; i++) {
                words[i - from] = store.isNull(rows[i]) ? 0 : ranks[codes[rows[i]]] ^ flip;
            }
        }

        @Override
        public int compare(int left, int right) {
            if (store.isNull(left) || store.isNull(right)) {
                return 0;
            }
            int order = Integer.compare(ranks[codes[left]], ranks[codes[right]]);
            return flip == 0 ? order : -order;
        }
    }

    /// Eight bytes a word, padded with zeros, then a word for the length.
    private record Text(BytesStore store, BytesVector vector, int byteWords, long flip)
            implements Column {
        @Override
        public int wordCount() {
            return byteWords + 1;
        }

        @Override
        public void words(int word, int[] rows, int from, int to, long[] words) {
            int[] lengths = vector.length();
            for (int i = from; i < to; i++) {
                int row = rows[i];
                long value = word == byteWords ? lengths[row] : bytes(row, word);
                words[i - from] = store.isNull(row) ? 0 : value ^ flip;
            }
        }

        private long bytes(int row, int word) {
            int length = vector.length()[row] - 8 * word;
            return PrefixWord.of(vector.heap(), vector.start()[row] + 8 * word, length);
        }

        @Override
        public int skipEqual(int word, int[] rows, int from, int to) {
            int[] lengths = vector.length();
            for (int i = from; i < to; i++) {
                if (lengths[rows[i]] > 8 * word && !store.isNull(rows[i])) {
                    return word;
                }
            }
            return byteWords;
        }

        @Override
        public int compare(int left, int right) {
            if (store.isNull(left) || store.isNull(right)) {
                return 0;
            }
            byte[] heap = vector.heap();
            int[] start = vector.start();
            int[] length = vector.length();
            int order =
                    Arrays.compareUnsigned(
                            heap,
                            start[left],
                            start[left] + length[left],
                            heap,
                            start[right],
                            start[right] + length[right]);
            return flip == 0 ? order : -order;
        }
    }
}
