package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.TestSessions.Client;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Functions and aggregates in Java: compiled here into a jar that knows nothing of the engine, and methods of this class.
@Timeout(60)
class JavaFunctionsTest {
    @TempDir static Path folder;

    private static Path jar;

    private final MemoryDisk disk = new MemoryDisk("the test", 1L << 28);
    private TestSessions sessions;
    private Client client;

    @BeforeAll
    static void compile() throws IOException {
        Path source = Files.createDirectories(folder.resolve("com/example")).resolve("Shop.java");
        try (InputStream in =
                Objects.requireNonNull(
                        JavaFunctionsTest.class.getResourceAsStream("java/Shop.java.txt"))) {
            Files.write(source, in.readAllBytes());
        }
        assertEquals(
                0, ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()));
        jar = folder.resolve("shop.jar");
        pack(jar);
    }

    private static void pack(Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.list(folder.resolve("com/example"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                packed.putNextEntry(new JarEntry("com/example/" + file.getFileName()));
                packed.write(Files.readAllBytes(file));
                packed.closeEntry();
            }
        }
    }

    @BeforeEach
    void open() {
        sessions = new TestSessions(disk, DatabaseOptions.defaults());
        client = sessions.client();
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private void create(String signature, String properties, String target) {
        client.run(
                "CREATE "
                        + signature
                        + " LANGUAGE JAVA "
                        + properties
                        + " AS '"
                        + jar
                        + "', 'com.example."
                        + target
                        + "'");
    }

    @Test
    void callsAMethodOncePerRow() {
        create("FUNCTION slug(id BIGINT, title TEXT) RETURNS TEXT", "DETERMINISTIC", "Shop.slug");
        client.run("CREATE TABLE books (id INTEGER, title TEXT)");
        client.run("INSERT INTO books VALUES (1, 'Moby Dick'), (2, NULL), (NULL, 'x')");
        assertEquals(
                List.of("1-moby-dick"),
                client.rows("SELECT slug(id, title) FROM books WHERE id = 1"));
        assertEquals(List.of("7-a-b"), client.rows("SELECT main.slug(7, 'A B')"));
        assertEquals(List.of("NULL"), client.rows("SELECT slug(NULL, 'A B')"));
        assertEquals(
                List.of("1-moby-dick|1"),
                client.rows(
                        "SELECT slug(id, title), count(*) FROM books WHERE title LIKE 'M%'"
                                + " GROUP BY slug(id, title)"));
    }

    @Test
    void givesNullToBoxesUnlessToldOtherwise() {
        create("FUNCTION f(TEXT, TEXT) RETURNS TEXT", "", "Shop.orElse");
        create("FUNCTION g(TEXT, TEXT) RETURNS TEXT", "STRICT", "Shop.orElse");
        assertEquals(List.of("b|NULL"), client.rows("SELECT f(NULL, 'b'), g(NULL, 'b')"));
    }

    @Test
    void callsAMethodOfArraysOncePerBatch() {
        create("FUNCTION net(BIGINT, DOUBLE) RETURNS BIGINT", "", "Shop.net");
        create("FUNCTION shout(VARCHAR) RETURNS VARCHAR", "IMMUTABLE", "Shop.shout");
        assertEquals(
                List.of("100", "NULL", "200"),
                client.rows(
                        "SELECT net(p, 0.19) FROM (VALUES (1, 119), (2, NULL), (3, 238)) t (n, p)"
                                + " ORDER BY n"));
        assertEquals(
                List.of("10000|10000"),
                client.rows(
                        "SELECT count(*), count(DISTINCT net(i, 0)) FROM generate_series(1, 10000)"
                                + " t (i)"));
        assertEquals(
                List.of("a!", "NULL"),
                client.rows("SELECT shout(w) FROM (VALUES ('a'), (NULL)) t (w)"));
        create("FUNCTION few(INTEGER) RETURNS INTEGER", "", "Shop.tooFew");
        assertEquals("42P17", client.refusal("SELECT few(1)"));
    }

    @Test
    void takesEachTypeByItsClass() {
        create("FUNCTION third(DECIMAL(20, 4)) RETURNS DECIMAL(10, 2)", "", "Shop.third");
        create("FUNCTION noon(DATE) RETURNS TIMESTAMP", "", "Shop.noon");
        create("FUNCTION same(UUID) RETURNS UUID", "", "Shop.same");
        create("FUNCTION reversed(VARBINARY) RETURNS VARBINARY", "", "Shop.reversed");
        create("FUNCTION is_long(DOUBLE PRECISION) RETURNS BOOLEAN", "", "Shop.isLong");
        assertEquals(
                List.of(
                        "-33.33|2026-02-28 12:00:00|00000000-0000-0000-0000-0000000000ff|0201|true"),
                client.rows(
                        "SELECT third(-100)::TEXT, noon('2026-02-28')::TEXT,"
                                + " same('00000000-0000-0000-0000-0000000000ff')::TEXT,"
                                + " hex(reversed(x'0102')), is_long(4)::TEXT"));
        assertEquals("22003", client.refusal("SELECT third(1000000000000)"));
    }

    /// What a method gives is a value of the declared type, or an error that names function, value and type.
    @Test
    void refusesResultsThatTheirTypeDoesNotHold() {
        create("FUNCTION tiny(BIGINT) RETURNS TINYINT", "", "Shop.wide");
        create("FUNCTION small(BIGINT) RETURNS SMALLINT", "", "Shop.wides");
        create("FUNCTION whole(BIGINT) RETURNS INTEGER", "", "Shop.box");
        create("FUNCTION big(BIGINT) RETURNS BIGINT", "", "Shop.wides");
        create("FUNCTION real_of(DOUBLE) RETURNS REAL", "", "Shop.twice");
        create("AGGREGATE total(BIGINT) RETURNS INTEGER", "", "Shop$Wide");
        assertEquals(
                List.of("127|-32768|-2147483648|9223372036854775807|3"),
                client.rows(
                        "SELECT tiny(127), small(-32768), whole(-2147483648),"
                                + " big(9223372036854775807), real_of(1.5)"));
        for (String call :
                List.of(
                        "tiny(128)",
                        "tiny(-129)",
                        "small(32768)",
                        "whole(2147483648)",
                        "whole(-9223372036854775807)",
                        "real_of(1e300)",
                        "total(2147483648)")) {
            assertEquals("22003", client.refusal("SELECT " + call), call);
        }
        BasaltException failure =
                assertThrows(BasaltException.class, () -> client.rows("SELECT small(70000)"));
        assertTrue(
                failure.getMessage()
                        .contains("function main.small gave 70000, which does not fit SMALLINT"),
                failure.getMessage());
        assertEquals(
                List.of("1", "NULL"),
                client.rows(
                        "SELECT CASE WHEN i < 1000 THEN small(i) END"
                                + " FROM (VALUES (1), (70000)) t (i) ORDER BY i"));
    }

    @Test
    void refusesTimesThatTheirTypeDoesNotHold() {
        create("FUNCTION day_after(BIGINT) RETURNS DATE", "", "Shop.dayAfter");
        create(
                "FUNCTION after3(BIGINT) RETURNS TIMESTAMP(3) WITH TIME ZONE",
                "",
                "Shop.secondsAfter");
        create(
                "FUNCTION after9(BIGINT) RETURNS TIMESTAMP(9) WITH TIME ZONE",
                "",
                "Shop.secondsAfter");
        create("FUNCTION after6(BIGINT) RETURNS TIMESTAMP WITH TIME ZONE", "", "Shop.secondsAfter");
        assertEquals(List.of("1970-01-02"), client.rows("SELECT day_after(1)::TEXT"));
        assertEquals("22008", client.refusal("SELECT day_after(2147483648)"));
        assertEquals("22008", client.refusal("SELECT day_after(-2147483649)"));
        assertEquals(
                List.of(
                        "1970-01-01 00:00:01+00|1970-01-01 00:00:01+00"
                                + "|1970-01-01 00:00:00.9999996+00"),
                client.rows("SELECT after3(0)::TEXT, after6(0)::TEXT, after9(0)::TEXT"));
        assertEquals("22008", client.refusal("SELECT after9(9223372037)"));
        assertEquals("22008", client.refusal("SELECT after6(9223372036855)"));
    }

    @Test
    void roundsDecimalsOfAnyExponent() {
        create("FUNCTION number(TEXT) RETURNS DECIMAL(5, 2)", "", "Shop.number");
        assertEquals(
                List.of("999.99|-0.01|0.00|0.00|0.00|0.01|100.00"),
                client.rows(
                        "SELECT number('999.994'), number('-0.005'), number('0.00499'),"
                                + " number('1e-2147483647'), number('0e2147483647'),"
                                + " number('0.0099'), number('1e2')"));
        for (String text : List.of("999.995", "1e3", "1e2147483647", "-1e1000000000")) {
            assertEquals("22003", client.refusal("SELECT number('" + text + "')"), text);
        }
    }

    @Test
    void failsWithTheMessageAndWithoutNamesOfClasses() {
        create("FUNCTION half(INT) RETURNS INT", "", "Shop.half");
        create("FUNCTION bad(TEXT) RETURNS TEXT", "", "Shop.bad");
        assertEquals(List.of("2|NULL"), client.rows("SELECT half(4), half(3)"));
        assertEquals(
                List.of("1", "0"),
                client.rows(
                        "SELECT CASE WHEN i >= 0 THEN half(i) ELSE 0 END"
                                + " FROM (VALUES (2), (-2)) t (i)"));
        BasaltException failure =
                assertThrows(BasaltException.class, () -> client.rows("SELECT half(-1)"));
        assertEquals("39000", failure.code().sqlState());
        assertTrue(failure.getMessage().contains("-1 is negative"), failure.getMessage());
        BasaltException unexpected =
                assertThrows(BasaltException.class, () -> client.rows("SELECT bad(NULL)"));
        assertEquals("39000", unexpected.code().sqlState());
        assertFalse(unexpected.getMessage().contains("java"), unexpected.getMessage());
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertEquals(
                "42P17",
                client.refusal(
                        "CREATE FUNCTION f(INTEGER) RETURNS TEXT LANGUAGE JAVA AS '"
                                + jar
                                + "', 'com.example.Shop.slug'"));
        assertEquals(
                "42P17",
                client.refusal(
                        "CREATE FUNCTION f(TEXT) RETURNS TEXT LANGUAGE JAVA AS '"
                                + jar
                                + "', 'com.example.Shop.hidden'"));
        assertEquals(
                "42883",
                client.refusal(
                        "CREATE FUNCTION f(TEXT) RETURNS TEXT LANGUAGE JAVA AS '"
                                + jar
                                + "', 'com.example.Shops.bad'"));
        assertEquals(
                "58P01",
                client.refusal(
                        "CREATE FUNCTION f(TEXT) RETURNS TEXT LANGUAGE JAVA AS '"
                                + folder.resolve("none.jar")
                                + "', 'com.example.Shop.bad'"));
        assertEquals(
                "0A000",
                client.refusal(
                        "CREATE FUNCTION f(TEXT[]) RETURNS TEXT LANGUAGE JAVA AS '"
                                + jar
                                + "', 'com.example.Shop.bad'"));
        create("FUNCTION half(INT) RETURNS INT", "", "Shop.half");
        assertEquals("42883", client.refusal("SELECT half(1, 2)"));
        assertEquals("42804", client.refusal("SELECT half('a' || 'b')"));
        assertEquals(
                "42710",
                client.refusal(
                        "CREATE FUNCTION lower(TEXT) RETURNS TEXT LANGUAGE JAVA AS 'x', 'a.B.c'"));
    }

    @Test
    void aggregatesWithObjectsAsStates() {
        create("AGGREGATE longest(TEXT, INTEGER) RETURNS TEXT", "STRICT", "Shop$Longest");
        assertEquals(
                List.of("NULL"),
                client.rows("SELECT longest(w, 1) FROM (VALUES ('a')) t (w)" + " WHERE w = 'b'"));
        client.run(
                "CREATE TABLE words AS SELECT i % 7 AS k, i, 'w' || i AS w"
                        + " FROM generate_series(1, 50000) t (i)");
        client.run(
                "INSERT INTO words VALUES (0, 50001, NULL), (0, NULL, 'a long word, not taken')");
        assertEquals(
                List.of("0|w10003", "1|w10004"),
                client.rows(
                        "SELECT k, longest(w, CASE WHEN i IS NULL THEN NULL ELSE 1 END) FROM words"
                                + " WHERE k < 2 GROUP BY k ORDER BY k"));
        assertEquals(
                List.of("w17w17w17"),
                client.rows("SELECT longest(w, 3) FILTER (WHERE i = 17) FROM words"));
        assertEquals(
                List.of("a", "bb", "bb"),
                client.rows(
                        "SELECT longest(w, 1) OVER (ORDER BY i) FROM"
                                + " (VALUES (1, 'a'), (2, 'bb'), (3, 'c')) t (i, w) ORDER BY i"));
        assertEquals(
                List.of("bb"),
                client.rows(
                        "SELECT longest(DISTINCT w, 1) FROM (VALUES ('a'), ('bb'), ('bb')) t (w)"));
        assertEquals(
                "39000", client.refusal("SELECT longest(w, -1) FROM (VALUES ('a'), ('b')) t (w)"));
    }

    @Test
    void staysInTheCatalogWithTheChecksumOfItsJar() throws IOException {
        Path own = folder.resolve("own.jar");
        pack(own);
        client.run(
                "CREATE FUNCTION half(INT) RETURNS INT LANGUAGE JAVA AS '"
                        + own
                        + "', 'com.example.Shop.half'");
        assertEquals(List.of("half|java"), client.rows("SELECT name, kind FROM system.macros"));
        close();
        open();
        assertEquals(List.of("4"), client.rows("SELECT half(8)"));
        close();
        Files.write(own, "another".getBytes(StandardCharsets.UTF_8));
        open();
        assertEquals("42P17", client.refusal("SELECT half(8)"));
        Files.delete(own);
        assertEquals("58P01", client.refusal("SELECT half(8)"));
        client.run("DROP FUNCTION half");
        assertEquals("42883", client.refusal("SELECT half(8)"));
        client.run("DROP FUNCTION IF EXISTS half");
        assertEquals("42601", client.refusal("DROP FUNCTION FUNCTION half"));
        assertEquals("42601", client.refusal("DROP AGGREGATE TABLE half"));
        client.run("DROP AGGREGATE FUNCTION IF EXISTS half");
    }

    @Test
    void callsMethodsOfTheProgram() {
        client.run(
                "CREATE FUNCTION twice(BIGINT) RETURNS BIGINT LANGUAGE JAVA DETERMINISTIC AS"
                        + " 'io.basaltdb.query.JavaFunctionsOfTheProgram.twice'");
        assertEquals(List.of("42"), client.rows("SELECT twice(21)"));
        client.run(
                "CREATE OR REPLACE FUNCTION twice(BIGINT) RETURNS BIGINT LANGUAGE JAVA AS"
                        + " 'io.basaltdb.query.JavaFunctionsOfTheProgram.thrice'");
        assertEquals(List.of("63"), client.rows("SELECT twice(21)"));
    }
}
