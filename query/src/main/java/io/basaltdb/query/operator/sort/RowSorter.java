package io.basaltdb.query.operator.sort;

import io.basaltdb.query.operator.OperatorContext;
import java.util.ArrayDeque;

/// Sorts rows of a store by their key words: by the first word, then runs of equal words by the next. Used by one thread.
public final class RowSorter {
    private final KeyWords keys;
    private final OperatorContext context;
    private final WordSort wordSort = new WordSort();
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private long[] words = new long[0];

    public RowSorter(KeyWords keys, OperatorContext context) {
        this.keys = keys;
        this.context = context;
    }

    private record Run(int from, int to, int word) {}

    /// Orders `rows[from]` … `rows[to − 1]` by their keys; rows with equal keys keep their order.
    public void sort(int[] rows, int from, int to) {
        if (words.length < to - from) {
            words = new long[to - from];
        }
        push(rows, from, to, 0);
        while (!runs.isEmpty()) {
            context.checkCancelled();
            Run run = runs.pop();
            int count = run.to - run.from;
            keys.words(run.word, rows, run.from, run.to, words);
            wordSort.sort(words, rows, run.from, count);
            pushEqualRuns(rows, run, count);
        }
    }

    private void pushEqualRuns(int[] rows, Run run, int count) {
        if (run.word + 1 >= keys.wordCount()) {
            return;
        }
        int start = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || words[i] != words[start]) {
                push(rows, run.from + start, run.from + i, run.word + 1);
                start = i;
            }
        }
    }

    private void push(int[] rows, int from, int to, int word) {
        int next = keys.skipEqual(word, rows, from, to);
        if (to - from > 1 && next < keys.wordCount()) {
            runs.push(new Run(from, to, next));
        }
    }

    /// Bytes per row that sorting takes beside the row numbers.
    public static int scratchBytesPerRow() {
        return 8 + WordSort.scratchBytesPerRow();
    }
}
