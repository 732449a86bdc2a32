package io.basaltdb.shell.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table as Markdown writes it.
final class MarkdownWriter implements RowWriter {
    private final Appendable out;

    MarkdownWriter(Appendable out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        row(columns.stream().map(Column::name).toList());
        for (Column column : columns) {
            out.append(column.number() ? "|---:" : "|---");
        }
        out.append("|\n");
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        for (String value : values) {
            out.append("| ")
                    .append(
                            value == null
                                    ? "NULL"
                                    : value.replace("|", "\\|").replace("\n", "<br>"))
                    .append(' ');
        }
        out.append("|\n");
    }

    @Override
    public void end(boolean more) {}
}
