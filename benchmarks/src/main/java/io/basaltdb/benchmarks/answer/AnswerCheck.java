package io.basaltdb.benchmarks.answer;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Compares the answers of two engines to the same query.
public final class AnswerCheck {

    /// The result of the query without its LIMIT and OFFSET; asked for only where rows that are equal in the ordering
    /// columns were cut, and only for the rows that matter.
    @FunctionalInterface
    public interface WholeResult {
        Answer rows(Predicate<AnswerRow> wanted) throws SQLException;
    }

    private final QueryShape shape;
    private final Answer expected;
    private final Answer found;
    private final WholeResult whole;
    private final int[] order;

    private AnswerCheck(QueryShape shape, Answer expected, Answer found, WholeResult whole) {
        this.shape = shape;
        this.expected = expected;
        this.found = found;
        this.whole = whole;
        this.order = shape.orderColumns(expected);
    }

    /// What differs, in one line; empty when the answers agree.
    public static Optional<String> difference(
            QueryShape shape, Answer expected, Answer found, WholeResult whole)
            throws SQLException {
        if (expected.labels().size() != found.labels().size()) {
            return Optional.of(
                    "expected the columns " + expected.labels() + ", found " + found.labels());
        }
        if (expected.rows().size() != found.rows().size()) {
            return Optional.of(
                    "expected " + expected.rows().size() + " rows, found " + found.rows().size());
        }
        return new AnswerCheck(shape, expected, found, whole).compare();
    }

    private Optional<String> compare() throws SQLException {
        if (order.length == 0) {
            return compareGroup(0, expected.rows().size(), shape.limited());
        }
        for (int row = 0; row < expected.rows().size(); row++) {
            if (!sameKey(expected.rows().get(row), found.rows().get(row))) {
                return Optional.of(describe(row, expected.rows().get(row), found.rows().get(row)));
            }
        }
        int size = expected.rows().size();
        for (int start = 0; start < size; ) {
            int end = start + 1;
            while (end < size && sameKey(expected.rows().get(start), expected.rows().get(end))) {
                end++;
            }
            boolean cut = shape.limited() && (start == 0 || end == size);
            Optional<String> difference = compareGroup(start, end, cut);
            if (difference.isPresent()) {
                return difference;
            }
            start = end;
        }
        return Optional.empty();
    }

    /// Compares rows that the query leaves in any order. Where a limit may have cut them, any choice from the whole
    /// result is right.
    private Optional<String> compareGroup(int start, int end, boolean cut) throws SQLException {
        List<AnswerRow> left = sorted(expected.rows().subList(start, end));
        List<AnswerRow> right = sorted(found.rows().subList(start, end));
        Optional<String> difference = compareSorted(start, left, right);
        if (difference.isEmpty() || !cut) {
            return difference;
        }
        return missingFromWhole(expected.rows().get(start), right);
    }

    private Optional<String> compareSorted(int start, List<AnswerRow> left, List<AnswerRow> right) {
        for (int i = 0; i < left.size(); i++) {
            if (!Cells.same(left.get(i), right.get(i))) {
                return Optional.of(describe(start + i, left.get(i), right.get(i)));
            }
        }
        return Optional.empty();
    }

    private Optional<String> missingFromWhole(AnswerRow key, List<AnswerRow> rows)
            throws SQLException {
        List<AnswerRow> candidates = new ArrayList<>(rows);
        Answer all =
                whole.rows(row ->
                        sameKey(key, row)
                                && candidates.removeIf(
                                        once(candidate -> Cells.same(candidate, row))));
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "not in the whole result ("
                        + all.rows().size()
                        + " of "
                        + rows.size()
                        + " rows are): "
                        + candidates.getFirst());
    }

    private static <T> Predicate<T> once(Predicate<T> predicate) {
        boolean[] done = {false};
        return value -> {
            boolean accepted = !done[0] && predicate.test(value);
            done[0] |= accepted;
            return accepted;
        };
    }

    private boolean sameKey(AnswerRow left, AnswerRow right) {
        for (int column : order) {
            if (!Cells.same(left.cell(column), right.cell(column))) {
                return false;
            }
        }
        return true;
    }

    private static List<AnswerRow> sorted(List<AnswerRow> rows) {
        List<AnswerRow> sorted = new ArrayList<>(rows);
        sorted.sort(Cells.forMultisets());
        return sorted;
    }

    private static String describe(int row, AnswerRow expected, AnswerRow found) {
        return "row " + (row + 1) + ": expected " + expected + ", found " + found;
    }
}
