package io.basaltdb.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ImportCommandTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int load(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "import";
        all[1] = "-d";
        all[2] = folder.resolve("db").toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private long count(String question) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:basalt:file:" + folder.resolve("db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    @Test
    void createsTheTableFromTheFirstFileAndFillsItFromAll() throws Exception {
        String csv = file("a.csv", "id,name\n1,one\n2,\"t,wo\"\n");
        String json = file("b.json", "{\"id\": 3, \"name\": null}\n");
        assertEquals(0, load("t", csv, "--order-by", "id"), err.toString());
        assertEquals(0, load("T", json, csv), err.toString());
        assertEquals(5, count("SELECT count(*) FROM t"));
        assertEquals(2, count("SELECT count(*) FROM t WHERE name = 't,wo'"));
        assertTrue(out.toString().contains("a.csv: 2 rows in "), out.toString());
    }

    @Test
    void aBadRowLoadsNothingAndNamesItsPlace() throws Exception {
        assertEquals(0, load("t", file("good.csv", "id\n1\n")), err.toString());
        assertEquals(1, load("t", file("bad.csv", "id\n2\nx\n")));
        assertTrue(err.toString().contains("bad.csv"), err.toString());
        assertTrue(err.toString().contains("line 3"), err.toString());
        assertEquals(1, count("SELECT count(*) FROM t"));
    }

    @Test
    void aMissingFileIsOneLine() {
        assertEquals(1, load("t", folder.resolve("none.csv").toString()));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }
}
