package io.basaltdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.server.Server;
import io.basaltdb.server.ServerOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketDriverTest extends DriverContract {
    private Server server;

    @Override
    String url() {
        server =
                Server.start(
                        database, ServerOptions.standard("1.2.3").withPort(0).withDrainMillis(100));
        return "jdbc:basalt://127.0.0.1:" + server.port() + "/";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theTokenComesFromTheUrlOrThePassword() throws SQLException {
        try (Server closed =
                Server.start(
                        database, ServerOptions.standard("1").withPort(0).withToken("s3cret"))) {
            String url = "jdbc:basalt://localhost:" + closed.port();
            SQLException refused =
                    assertThrows(
                            SQLInvalidAuthorizationSpecException.class,
                            () -> DriverManager.getConnection(url));
            assertEquals("28000", refused.getSQLState());
            try (Connection first = DriverManager.getConnection(url + "?token=s3cret");
                    Connection second = DriverManager.getConnection(url, "me", "s3cret")) {
                assertTrue(first.isValid(1));
                assertTrue(second.isValid(1));
                assertFalse(first.getMetaData().getURL().contains("s3cret"));
                assertEquals("me", second.getMetaData().getUserName());
            }
        }
    }

    @Test
    void aServerThatGoesAwayIsAConnectionError() throws SQLException {
        Statement statement = connection.createStatement();
        server.close();
        SQLException e = assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 1"));
        assertTrue(
                e.getSQLState().startsWith("08") || e.getSQLState().equals("57P01"), e.toString());
        assertFalse(connection.isValid(1));
    }

    @Test
    void theNextHostIsTried() throws SQLException {
        String url = "jdbc:basalt://127.0.0.1:1,127.0.0.1:" + server.port() + "/sales";
        try (Connection second = DriverManager.getConnection(url)) {
            assertEquals("sales", second.getSchema());
        }
        SQLException e =
                assertThrows(
                        SQLException.class,
                        () -> DriverManager.getConnection("jdbc:basalt://127.0.0.1:1/"));
        assertEquals("08001", e.getSQLState());
        assertTrue(e.getMessage().contains("127.0.0.1:1"), e.getMessage());
    }
}
