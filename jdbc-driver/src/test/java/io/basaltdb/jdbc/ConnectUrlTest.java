package io.basaltdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.protocol.transport.ConnectTarget;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectUrlTest {
    private static ConnectUrl parse(String url) throws SQLException {
        return ConnectUrl.parse(url, new Properties());
    }

    @Test
    void servers() throws SQLException {
        ConnectUrl url = parse("jdbc:basalt://a:1,b,[::1]:2,/my%20schema?token=a%26b&user=x");
        assertEquals(
                List.of(
                        ConnectTarget.server("a", 1, 0),
                        ConnectTarget.server("b", 5455, 0),
                        ConnectTarget.server("::1", 2, 0),
                        ConnectTarget.server("127.0.0.1", 5455, 0)),
                url.targets());
        assertEquals("my schema", url.property(ConnectProperty.SCHEMA));
        assertEquals("a&b", url.property(ConnectProperty.TOKEN));
        assertFalse(url.shown().contains("token"));
        assertEquals(10_000, url.targets().get(0).connectTimeoutMillis());
    }

    @Test
    void directoriesAndMemory() throws SQLException {
        assertEquals(
                List.of(ConnectTarget.directory("/a b/c")),
                parse("jdbc:basalt:file:/a%20b/c?user=me").targets());
        assertEquals(
                List.of(ConnectTarget.directory("relative+dir")),
                parse("jdbc:basalt:file:relative+dir").targets());
        assertEquals(List.of(ConnectTarget.memory("x")), parse("jdbc:basalt:mem:x").targets());
        assertEquals(List.of(ConnectTarget.memory("")), parse("jdbc:basalt:mem:").targets());
        assertEquals(List.of(ConnectTarget.memory("")), parse("jdbc:basalt:").targets());
    }

    @Test
    void propertiesOfTheProgramWin() throws SQLException {
        Properties given = new Properties();
        given.setProperty("user", "program");
        given.setProperty("connectTimeout", "3");
        ConnectUrl url = ConnectUrl.parse("jdbc:basalt://a?user=url&connectTimeout=9", given);
        assertEquals("program", url.property(ConnectProperty.USER));
        assertEquals(3_000, url.targets().get(0).connectTimeoutMillis());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:basalt:file:",
                "jdbc:basalt:nonsense",
                "jdbc:basalt://h:0/",
                "jdbc:basalt://h:99999/",
                "jdbc:basalt://h:x/",
                "jdbc:basalt://h?user",
                "jdbc:basalt://h?user=%zz",
                "jdbc:basalt://h?connectTimeout=soon",
                "jdbc:basalt://h?connectTimeout=-1",
            })
    void badUrlsAreRefused(String url) {
        SQLException e = assertThrows(SQLException.class, () -> parse(url));
        assertEquals("08001", e.getSQLState());
        assertFalse(e.getMessage().contains("java"), e.getMessage());
    }

    @Test
    void foreignUrlsAreNotOurs() throws SQLException {
        BasaltDriver driver = new BasaltDriver();
        assertFalse(driver.acceptsURL("jdbc:postgresql://h/"));
        assertFalse(driver.acceptsURL("basalt"));
        assertFalse(driver.acceptsURL(null));
        assertTrue(driver.acceptsURL("jdbc:basalt:"));
        assertNull(driver.connect("jdbc:other:x", new Properties()));
        assertEquals(8, driver.getPropertyInfo("jdbc:basalt:", new Properties()).length);
        assertFalse(driver.jdbcCompliant());
    }
}
