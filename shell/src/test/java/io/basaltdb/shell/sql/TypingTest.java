package io.basaltdb.shell.sql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens to keys before Enter: when a statement is whole, its colours, its completion.
@Timeout(120)
class TypingTest {
    private final StatementReader reader = new StatementReader();

    @Test
    void aStatementIsWholeAtItsSemicolon() {
        for (String whole :
                List.of("", "  ", "SELECT 1;", "SELECT 1; SELECT 2;\n", ".help", "\\?")) {
            assertDoesNotThrow(() -> reader.parse(whole, 0, ParseContext.ACCEPT_LINE), whole);
        }
        for (String open : List.of("SELECT 1", "SELECT ';", "SELECT 1; /* ;", "SELECT 1 -- ;")) {
            assertThrows(
                    EOFError.class, () -> reader.parse(open, 0, ParseContext.ACCEPT_LINE), open);
        }
    }

    @Test
    void coloursChangeNoCharacter() {
        for (String text :
                List.of(
                        "SELECT 'it''s', 1.5e3 /* c */ FROM \"T\" -- end",
                        "select 'open",
                        "/* open",
                        ".mode csv",
                        "ünï 日本 '🟣' ; ;")) {
            assertEquals(text, SqlHighlighter.highlight(text).toString());
        }
        assertTrue(SqlHighlighter.highlight("SELECT x").toAnsi().startsWith("\033["));
    }

    @Test
    void completesFromTheCatalog() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA shop");
            statement.execute("CREATE TABLE shop.orders (id BIGINT, ordered TIMESTAMP)");
            statement.execute("CREATE TABLE visits (page TEXT, \"Two Words\" TEXT, paid BIGINT)");
            statement.execute("CREATE VIEW vips AS SELECT 1 AS one");
            CatalogCompleter completer = new CatalogCompleter(connection);
            assertEquals(List.of("visits", "vips"), offered(completer, "SELECT * FROM vi|"));
            assertEquals(List.of("orders"), offered(completer, "SELECT * FROM shop.|"));
            assertEquals(
                    List.of("page", "paid"),
                    offered(completer, "SELECT pa| FROM visits").subList(0, 2));
            assertEquals(
                    List.of("page", "\"Two Words\"", "paid"),
                    offered(completer, "SELECT 1; SELECT v.| FROM visits v; SELECT 2"));
            assertEquals(List.of("\"Two Words\""), offered(completer, "SELECT \"Two| FROM visits"));
            assertEquals(
                    List.of("id", "ordered"),
                    offered(completer, "SELECT * FROM visits JOIN shop.orders o ON o.|"));
            assertTrue(offered(completer, "SELECT dat|").contains("date_trunc("));
            assertEquals("from", offered(completer, "SELECT 1 fro|").getFirst());
            assertEquals(List.of("EXPLAIN", "EXPLAIN ANALYZE"), offered(completer, "EX|"));
            assertEquals(List.of(), offered(completer, "SELECT 'vi|"));
            assertEquals(List.of(), offered(completer, "SELECT 1 -- vi|"));
            assertEquals(List.of("query_timeout"), offered(completer, "SET query_t|"));
        }
    }

    private List<String> offered(CatalogCompleter completer, String text) {
        int cursor = text.indexOf('|');
        String line = text.replace("|", "");
        List<Candidate> candidates = new ArrayList<>();
        completer.complete(null, reader.parse(line, cursor, ParseContext.COMPLETE), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }
}
