package io.basaltdb.benchmarks.answer;

import java.util.List;
import java.util.Locale;

/// The rows of a result with the labels of its columns.
public record Answer(List<String> labels, List<AnswerRow> rows) {

    public Answer {
        labels = List.copyOf(labels);
        rows = List.copyOf(rows);
    }

    /// The position of a column, whatever the case of its label.
    public int column(String label) {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).toLowerCase(Locale.ROOT).equals(label.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + label + " among " + labels);
    }
}
