package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A frame around the rows, as wide as the terminal at most. Of a long result the first and the last rows are shown and the middle is counted; of a wide one
/// the last columns are left out and named.
final class BoxWriter implements RowWriter {
    private static final int HEAD_ROWS = 40;
    private static final int TAIL_ROWS = 20;
    private static final int WIDEST_VALUE = 60;
    private static final String ELLIPSIS = "…";

    private final Appendable out;
    private final int width;
    private final List<List<String>> head = new ArrayList<>();
    private final ArrayDeque<List<String>> tail = new ArrayDeque<>();
    private List<Column> columns = List.of();
    private long rowCount;

    BoxWriter(Appendable out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public void begin(List<Column> given) {
        columns = given;
    }

    @Override
    public void row(List<@Nullable String> values) {
        List<String> shown = new ArrayList<>(values.size());
        for (String value : values) {
            shown.add(
                    shortened(
                            value,
                            columns.size() == 1
                                    ? Math.max(WIDEST_VALUE, width - 4)
                                    : WIDEST_VALUE));
        }
        rowCount++;
        if (head.size() < HEAD_ROWS) {
            head.add(shown);
            return;
        }
        tail.addLast(shown);
        if (tail.size() > TAIL_ROWS) {
            tail.removeFirst();
        }
    }

    private static String shortened(@Nullable String value, int widest) {
        if (value == null) {
            return "NULL";
        }
        String line = value.replace("\n", "↵").replace("\r", "").replace('\t', ' ');
        if (line.codePointCount(0, line.length()) <= widest) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, widest - 1)) + ELLIPSIS;
    }

    @Override
    public void end() throws IOException {
        int[] widths = widths();
        int fitting = fitting(widths);
        rule('┌', '┬', '┐', widths, fitting);
        line(columns.stream().map(Column::name).toList(), widths, fitting, false);
        line(
                columns.stream().map(column -> column.type().toLowerCase(Locale.ROOT)).toList(),
                widths,
                fitting,
                false);
        rule('├', '┼', '┤', widths, fitting);
        for (List<String> row : head) {
            line(row, widths, fitting, true);
        }
        long hidden = rowCount - head.size() - tail.size();
        if (hidden > 0) {
            line(columns.stream().map(_ -> "·").toList(), widths, fitting, true);
        }
        for (List<String> row : tail) {
            line(row, widths, fitting, true);
        }
        rule('└', '┴', '┘', widths, fitting);
        remarks(hidden, fitting);
    }

    private void remarks(long hidden, int fitting) throws IOException {
        if (hidden > 0) {
            out.append(String.format("%,d rows in the middle are not shown\n", hidden));
        }
        if (fitting < columns.size()) {
            out.append(
                    String.format(
                            "%d more columns: %s\n",
                            columns.size() - fitting,
                            String.join(
                                    ", ",
                                    columns.subList(fitting, columns.size()).stream()
                                            .map(Column::name)
                                            .toList())));
        }
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = Math.max(length(columns.get(c).name()), length(columns.get(c).type()));
        }
        for (List<String> row : head) {
            widen(widths, row);
        }
        for (List<String> row : tail) {
            widen(widths, row);
        }
        return widths;
    }

    private static void widen(int[] widths, List<String> row) {
        for (int c = 0; c < widths.length; c++) {
            widths[c] = Math.max(widths[c], length(row.get(c)));
        }
    }

    /// Columns that fit the width; at least one.
    private int fitting(int[] widths) {
        int used = 1;
        for (int c = 0; c < widths.length; c++) {
            used += widths[c] + 3;
            if (used > width && c > 0) {
                return c;
            }
        }
        return widths.length;
    }

    private void rule(char left, char middle, char right, int[] widths, int fitting)
            throws IOException {
        for (int c = 0; c < fitting; c++) {
            out.append(c == 0 ? left : middle).append("─".repeat(widths[c] + 2));
        }
        out.append(right).append('\n');
    }

    private void line(List<String> values, int[] widths, int fitting, boolean aligned)
            throws IOException {
        for (int c = 0; c < fitting; c++) {
            String value = values.get(c);
            String padding = " ".repeat(widths[c] - length(value));
            boolean right = aligned && columns.get(c).number();
            out.append("│ ")
                    .append(right ? padding : "")
                    .append(value)
                    .append(right ? "" : padding)
                    .append(' ');
        }
        out.append("│\n");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
