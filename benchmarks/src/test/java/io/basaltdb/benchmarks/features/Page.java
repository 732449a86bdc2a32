package io.basaltdb.benchmarks.features;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A page of `docs/sql` that tables are written to. A test holds the page against them.
final class Page {
    private final String name;
    private final StringBuilder text = new StringBuilder();

    Page(String name) {
        this.name = name;
    }

    void line(String line) {
        text.append(line).append('\n');
    }

    /// Begins a table.
    void head(List<String> columns) {
        line("");
        row(columns);
        line("|" + "---|".repeat(columns.size()));
    }

    void row(List<String> cells) {
        line("| " + String.join(" | ", cells.stream().map(Page::cell).toList()) + " |");
    }

    /// A cell of SQL.
    static String code(String sql) {
        return sql.isEmpty() ? "" : "`" + sql + "`";
    }

    private static String cell(String cell) {
        return cell.replace("|", "\\|");
    }

    /// Fails where the page in the project is another one; with `-Dfeatures.write=true` it is written before.
    void check() throws IOException {
        Path path = Path.of("../docs/sql/" + name);
        boolean stale = !Files.exists(path) || !Files.readString(path).equals(text.toString());
        if (stale && Boolean.getBoolean("features.write")) {
            Files.writeString(path, text);
        }
        assertFalse(stale, "docs/sql/" + name + " is stale; write it with -Dfeatures.write=true");
    }
}
