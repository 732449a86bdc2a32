package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line per value, under a line per row; nothing is cut.
final class VerticalWriter implements RowWriter {
    private static final int RULE = 40;

    private final Appendable out;
    private final boolean styled;
    private final List<String> names = new ArrayList<>();
    private long rowCount;

    VerticalWriter(Appendable out, boolean styled) {
        this.out = out;
        this.styled = styled;
    }

    @Override
    public void begin(List<Column> columns) {
        int widest = 0;
        for (Column column : columns) {
            widest = Math.max(widest, Cells.width(Printable.line(column.name())));
        }
        for (Column column : columns) {
            String name = Printable.line(column.name());
            names.add(" ".repeat(widest - Cells.width(name)) + name + " │ ");
        }
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        rowCount++;
        String title = "── row " + rowCount + " ";
        out.append(title).append("─".repeat(Math.max(0, RULE - title.length()))).append('\n');
        for (int c = 0; c < names.size(); c++) {
            String value = values.get(c);
            String name = names.get(c);
            out.append(name).append(value == null ? missing() : indented(value, name)).append('\n');
        }
    }

    private String missing() {
        return styled ? "\033[2mNULL\033[0m" : "NULL";
    }

    /// Further lines of a value stand under its first.
    private static String indented(String value, String name) {
        String indent = " ".repeat(Cells.width(name) - 2) + "│ ";
        return Printable.lines(value).replace("\n", "\n" + indent);
    }

    @Override
    public void end(boolean more) {}
}
