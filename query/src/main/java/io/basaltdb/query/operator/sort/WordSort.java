package io.basaltdb.query.operator.sort;

import java.util.Arrays;

/// Sorts row numbers by unsigned words: insertion for few, least-significant-digit radix for many, leaving out digits that are the same in all words.
final class WordSort {
    private static final int INSERTION_LIMIT = 48;

    private final int[] counts = new int[8 * 256];
    private long[] otherWords = new long[0];
    private int[] otherRows = new int[0];

    /// Sorts `words[0]` … `words[count − 1]`, and `rows[from]` … along with them.
    void sort(long[] words, int[] rows, int from, int count) {
        if (count <= INSERTION_LIMIT) {
            insertionSort(words, rows, from, count);
        } else if (!isSorted(words, count)) {
            radixSort(words, rows, from, count);
        }
    }

    private static boolean isSorted(long[] words, int count) {
        for (int i = 1; i < count; i++) {
            if (Long.compareUnsigned(words[i - 1], words[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private static void insertionSort(long[] words, int[] rows, int from, int count) {
        for (int i = 1; i < count; i++) {
            long word = words[i];
            int row = rows[from + i];
            int at = i;
            while (at > 0 && Long.compareUnsigned(words[at - 1], word) > 0) {
                words[at] = words[at - 1];
                rows[from + at] = rows[from + at - 1];
                at--;
            }
            words[at] = word;
            rows[from + at] = row;
        }
    }

    private void radixSort(long[] words, int[] rows, int from, int count) {
        if (otherWords.length < count) {
            otherWords = new long[count];
            otherRows = new int[count];
        }
        count(words, count);
        long[] sourceWords = words;
        int[] sourceRows = rows;
        int sourceFrom = from;
        long[] targetWords = otherWords;
        int[] targetRows = otherRows;
        int targetFrom = 0;
        boolean inPlace = true;
        for (int digit = 0; digit < 8; digit++) {
            if (counts[256 * digit + (int) ((words[0] >>> (8 * digit)) & 255)] == count) {
                continue;
            }
            prefixSums(digit);
            scatter(
                    digit,
                    sourceWords,
                    sourceRows,
                    sourceFrom,
                    targetWords,
                    targetRows,
                    targetFrom,
                    count);
            long[] swapWords = sourceWords;
            sourceWords = targetWords;
            targetWords = swapWords;
            int[] swapRows = sourceRows;
            sourceRows = targetRows;
            targetRows = swapRows;
            int swapFrom = sourceFrom;
            sourceFrom = targetFrom;
            targetFrom = swapFrom;
            inPlace = !inPlace;
        }
        if (!inPlace) {
            System.arraycopy(sourceWords, 0, words, 0, count);
            System.arraycopy(sourceRows, sourceFrom, rows, from, count);
        }
    }

    private void count(long[] words, int count) {
        Arrays.fill(counts, 0);
        int[] c = counts;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            c[(int) (word & 255)]++;
            c[256 + (int) ((word >>> 8) & 255)]++;
            c[512 + (int) ((word >>> 16) & 255)]++;
            c[768 + (int) ((word >>> 24) & 255)]++;
            c[1024 + (int) ((word >>> 32) & 255)]++;
            c[1280 + (int) ((word >>> 40) & 255)]++;
            c[1536 + (int) ((word >>> 48) & 255)]++;
            c[1792 + (int) (word >>> 56)]++;
        }
    }

    private void prefixSums(int digit) {
        int sum = 0;
        for (int i = 256 * digit; i < 256 * digit + 256; i++) {
            int size = counts[i];
            counts[i] = sum;
            sum += size;
        }
    }

    private void scatter(
            int digit,
            long[] words,
            int[] rows,
            int from,
            long[] targetWords,
            int[] targetRows,
            int targetFrom,
            int count) {
        int[] next = counts;
        int base = 256 * digit;
        int shift = 8 * digit;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            int to = next[base + (int) ((word >>> shift) & 255)]++;
            targetWords[to] = word;
            targetRows[targetFrom + to] = rows[from + i];
        }
    }

    /// Bytes per row that a sort of many rows takes beside `words` and `rows`.
    static int scratchBytesPerRow() {
        return 12;
    }
}
