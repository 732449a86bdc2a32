package io.basaltdb.benchmarks.answer;

import java.util.List;

/// The rows of a result with the labels of its columns.
public record Answer(List<String> labels, List<AnswerRow> rows) {

    public Answer {
        labels = List.copyOf(labels);
        rows = List.copyOf(rows);
    }

    /// Whether there is a column with that label, whatever its case.
    public boolean has(String label) {
        return labels.stream().anyMatch(label::equalsIgnoreCase);
    }

    /// The position of the first column with that label, whatever its case.
    public int column(String label) {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).equalsIgnoreCase(label)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + label + " among " + labels);
    }
}
