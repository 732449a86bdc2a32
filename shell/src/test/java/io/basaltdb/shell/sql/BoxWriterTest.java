package io.basaltdb.shell.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxWriterTest {
    private static final RowWriter.Column NAME = new RowWriter.Column("name", "TEXT", false);
    private static final RowWriter.Column COUNT = new RowWriter.Column("count", "BIGINT", true);

    private static List<String> box(int width, List<RowWriter.Column> columns, String[]... rows)
            throws IOException {
        StringBuilder out = new StringBuilder();
        RowWriter writer = Display.plain(ResultFormat.BOX, width).writer(out);
        writer.begin(columns);
        for (String[] row : rows) {
            writer.row(Arrays.asList(row));
        }
        writer.end(false);
        return out.toString().lines().toList();
    }

    private static String[] row(String... values) {
        return values;
    }

    @Test
    void setsNumbersRightAndCountsCells() throws IOException {
        assertEquals(
                List.of(
                        "┌──────┬────────┐",
                        "│ name │  count │",
                        "│ text │ bigint │",
                        "├──────┼────────┤",
                        "│ 日本 │      7 │",
                        "│ NULL │   1234 │",
                        "│ e\u0301te\u0301  │   NULL │",
                        "└──────┴────────┘"),
                box(
                        80,
                        List.of(NAME, COUNT),
                        row("日本", "7"),
                        row(null, "1234"),
                        row("e\u0301te\u0301", null)));
    }

    @Test
    void cutsTextsBeforeItLeavesColumnsOut() throws IOException {
        List<String> lines = box(40, List.of(NAME, COUNT), row("x".repeat(50), "12345678901234"));
        lines.forEach(line -> assertTrue(Cells.width(line) <= 40, line));
        assertTrue(lines.get(4).contains("x… │ 12345678901234 │"), lines.get(4));
        assertEquals(6, lines.size());
    }

    @Test
    void leavesOutWhatDoesNotFitAndNamesIt() throws IOException {
        List<RowWriter.Column> columns = new ArrayList<>();
        String[] values = new String[20];
        for (int i = 0; i < values.length; i++) {
            columns.add(new RowWriter.Column("c" + i, "BIGINT", true));
            values[i] = "1000000" + i;
        }
        List<String> lines = box(60, columns, values);
        lines.subList(0, 6).forEach(line -> assertTrue(Cells.width(line) <= 60, line));
        assertTrue(lines.get(6).startsWith("15 more columns: c5, c6, c7"), lines.get(6));
        assertFalse(lines.get(4).contains("…"), lines.get(4));
    }

    @Test
    void nothingInAValueReachesTheTerminalAsACommand() throws IOException {
        String line = box(80, List.of(NAME), row("a\033[31m\nb\tc\u202e\u009b1m")).get(4);
        assertEquals("│ a\\u001b[31m↵b c\\u202e\\u009b1m │", line);
    }

    @Test
    void longResultsShowBothEnds() throws IOException {
        String[][] rows = new String[9_000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row("n" + i, "" + i);
        }
        List<String> lines = box(80, List.of(NAME, COUNT), rows);
        assertEquals(4 + 40 + 1 + 20 + 2, lines.size());
        assertTrue(lines.get(4).contains("│ n0 "), lines.get(4));
        assertTrue(lines.get(64).contains("│ n8999 "), lines.get(64));
        assertEquals("8,940 rows in the middle are not shown", lines.getLast());
    }

    @Test
    void hugeResultsAreNotReadToTheirEnd() throws IOException {
        StringBuilder out = new StringBuilder();
        RowWriter writer = Display.plain(ResultFormat.BOX, 80).writer(out);
        writer.begin(List.of(COUNT));
        int read = 0;
        while (writer.wantsMore()) {
            writer.row(List.of("" + read++));
        }
        writer.end(true);
        assertEquals(10_000, read);
        assertTrue(
                out.toString().contains("60 of more than 10,000 rows are shown"), out.toString());
    }

    @Test
    void verticalShowsEverything() throws IOException {
        StringBuilder out = new StringBuilder();
        RowWriter writer = Display.plain(ResultFormat.VERTICAL, 20).writer(out);
        writer.begin(List.of(NAME, COUNT));
        writer.row(Arrays.asList("x".repeat(60) + "\nsecond line", null));
        writer.end(false);
        assertEquals(
                List.of(
                        "── row 1 ───────────────────────────────",
                        " name │ " + "x".repeat(60),
                        "      │ second line",
                        "count │ NULL"),
                out.toString().lines().toList());
    }
}
