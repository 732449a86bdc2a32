package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A frame around the rows, as wide as the terminal at most. Of a long result the first and the last rows are shown and the middle is counted; rows
/// behind the ten thousandth are not read at all. Where the columns are too wide, texts are cut, numbers and times never; if that does not
/// do, the last columns are left out and named.
final class BoxWriter implements RowWriter {
    private static final int HEAD_ROWS = 40;
    private static final int TAIL_ROWS = 20;
    private static final long MOST_ROWS = 10_000;
    private static final int WIDEST_TEXT = 60;
    private static final int NARROWEST_TEXT = 12;
    private static final String NULL = "NULL";
    private static final String DIM = "\033[2m";
    private static final String PLAIN = "\033[0m";

    private final Appendable out;
    private final int width;
    private final boolean styled;
    private final List<List<@Nullable String>> head = new ArrayList<>();
    private final ArrayDeque<List<@Nullable String>> tail = new ArrayDeque<>();
    private List<Column> columns = List.of();
    private long rowCount;

    BoxWriter(Appendable out, int width, boolean styled) {
        this.out = out;
        this.width = width;
        this.styled = styled;
    }

    @Override
    public void begin(List<Column> given) {
        columns = given;
    }

    @Override
    public boolean holdsBack() {
        return true;
    }

    @Override
    public boolean wantsMore() {
        return rowCount < MOST_ROWS;
    }

    @Override
    public void row(List<@Nullable String> values) {
        rowCount++;
        if (head.size() < HEAD_ROWS) {
            head.add(values);
            return;
        }
        tail.addLast(values);
        if (tail.size() > TAIL_ROWS) {
            tail.removeFirst();
        }
    }

    @Override
    public void end(boolean more) throws IOException {
        head.replaceAll(BoxWriter::printable);
        List<List<@Nullable String>> last = new ArrayList<>();
        tail.forEach(row -> last.add(printable(row)));
        int[] natural = naturalWidths(last);
        int[] least = leastWidths(last, natural);
        int fitting = fitting(least);
        int[] widths = widths(natural, least, fitting);
        rule('┌', '┬', '┐', widths);
        header(widths);
        rule('├', '┼', '┤', widths);
        for (List<@Nullable String> row : head) {
            line(row, widths);
        }
        long hidden = rowCount - head.size() - last.size();
        if (hidden > 0) {
            gap(widths);
        }
        for (List<@Nullable String> row : last) {
            line(row, widths);
        }
        rule('└', '┴', '┘', widths);
        remarks(hidden, more, fitting);
    }

    private static List<@Nullable String> printable(List<@Nullable String> row) {
        List<@Nullable String> shown = new ArrayList<>(row.size());
        for (String value : row) {
            shown.add(value == null ? null : Printable.line(value));
        }
        return shown;
    }

    private void remarks(long hidden, boolean more, int fitting) throws IOException {
        if (more) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%d of more than %,d rows are shown, and no more were read; LIMIT"
                                    + " chooses some, the format csv writes all\n",
                            head.size() + tail.size(),
                            rowCount));
        } else if (hidden > 0) {
            out.append(
                    String.format(Locale.ROOT, "%,d rows in the middle are not shown\n", hidden));
        }
        int left = columns.size() - fitting;
        if (left > 0) {
            List<String> names =
                    columns.subList(fitting, columns.size()).stream().map(Column::name).toList();
            out.append(
                    Cells.cut(
                            left
                                    + (left == 1 ? " more column: " : " more columns: ")
                                    + Printable.line(String.join(", ", names)),
                            2 * width));
            out.append("; the format vertical shows all\n");
        }
    }

    // ---- widths ----

    private int[] naturalWidths(List<List<@Nullable String>> last) {
        int[] widths = valueWidths(last);
        for (int c = 0; c < widths.length; c++) {
            Column column = columns.get(c);
            int header =
                    Math.max(
                            Cells.width(Printable.line(column.name())), Cells.width(column.type()));
            widths[c] = Math.max(widths[c], header);
        }
        return widths;
    }

    /// As narrow as the columns may become: values that are no texts stay whole, names may be cut.
    private int[] leastWidths(List<List<@Nullable String>> last, int[] natural) {
        int[] least = valueWidths(last);
        for (int c = 0; c < least.length; c++) {
            boolean isText = columns.get(c).isText();
            least[c] =
                    isText
                            ? Math.min(natural[c], NARROWEST_TEXT)
                            : Math.min(natural[c], Math.max(least[c], NARROWEST_TEXT));
        }
        return least;
    }

    private int[] valueWidths(List<List<@Nullable String>> last) {
        int[] widths = new int[columns.size()];
        head.forEach(row -> widen(widths, row));
        last.forEach(row -> widen(widths, row));
        return widths;
    }

    private static void widen(int[] widths, List<@Nullable String> row) {
        for (int c = 0; c < widths.length; c++) {
            String value = row.get(c);
            widths[c] = Math.max(widths[c], Cells.width(value == null ? NULL : value));
        }
    }

    /// How many of the first columns fit when all are as narrow as they may be; at least one.
    private int fitting(int[] least) {
        int used = 1;
        for (int c = 0; c < least.length; c++) {
            used += least[c] + 3;
            if (used > width && c > 0) {
                return c;
            }
        }
        return least.length;
    }

    /// The widest limit for all columns with which the fitting ones do fit.
    private int[] widths(int[] natural, int[] least, int fitting) {
        int[] widths = new int[fitting];
        int limit = fitting == 1 ? Math.max(NARROWEST_TEXT, width - 4) : WIDEST_TEXT;
        while (true) {
            int used = 1;
            for (int c = 0; c < fitting; c++) {
                widths[c] = Math.max(least[c], Math.min(natural[c], limit));
                used += widths[c] + 3;
            }
            if (used <= width || limit <= NARROWEST_TEXT) {
                return widths;
            }
            limit--;
        }
    }

    // ---- lines ----

    private void rule(char left, char middle, char right, int[] widths) throws IOException {
        for (int c = 0; c < widths.length; c++) {
            out.append(c == 0 ? left : middle).append("─".repeat(widths[c] + 2));
        }
        out.append(right).append('\n');
    }

    private void header(int[] widths) throws IOException {
        for (int c = 0; c < widths.length; c++) {
            cell(Printable.line(columns.get(c).name()), widths[c], columns.get(c).number(), "");
        }
        out.append("│\n");
        for (int c = 0; c < widths.length; c++) {
            Column column = columns.get(c);
            cell(column.type().toLowerCase(Locale.ROOT), widths[c], column.number(), DIM);
        }
        out.append("│\n");
    }

    private void gap(int[] widths) throws IOException {
        for (int c = 0; c < widths.length; c++) {
            cell("·", widths[c], columns.get(c).number(), DIM);
        }
        out.append("│\n");
    }

    private void line(List<@Nullable String> values, int[] widths) throws IOException {
        for (int c = 0; c < widths.length; c++) {
            String value = values.get(c);
            cell(
                    value == null ? NULL : value,
                    widths[c],
                    columns.get(c).number(),
                    value == null ? DIM : "");
        }
        out.append("│\n");
    }

    private void cell(String text, int cells, boolean right, String style) throws IOException {
        String shown = Cells.cut(text, cells);
        String padding = " ".repeat(cells - Cells.width(shown));
        boolean isStyled = styled && !style.isEmpty();
        out.append("│ ")
                .append(right ? padding : "")
                .append(isStyled ? style : "")
                .append(shown)
                .append(isStyled ? PLAIN : "")
                .append(right ? "" : padding)
                .append(' ');
    }
}
