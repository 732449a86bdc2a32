package io.basaltdb.jdbc;

import java.sql.SQLException;

/// The properties of a connection.
enum ConnectProperty {
    USER("user", "The name of the user."),
    PASSWORD("password", "The token of the server, where programs only know passwords."),
    TOKEN("token", "The token that the server was started with."),
    SCHEMA("schema", "The schema to begin with; main if not given."),
    INSERT_TOKEN(
            "insertToken",
            "The name of the insert of this connection, which is carried out once under it."),
    CONNECT_TIMEOUT(
            "connectTimeout", "Seconds that connecting may take; 10 if not given, 0 for any."),
    SOCKET_TIMEOUT("socketTimeout", "Seconds to wait for the server before giving up; 0 for ever."),
    APPLICATION_NAME("applicationName", "What the server shows as the client's name.");

    private static final int DEFAULT_CONNECT_MILLIS = 10_000;

    private final String key;
    private final String description;

    ConnectProperty(String key, String description) {
        this.key = key;
        this.description = description;
    }

    String key() {
        return key;
    }

    String description() {
        return description;
    }

    static boolean isKnown(String key) {
        for (ConnectProperty property : values()) {
            if (property.key.equals(key)) {
                return true;
            }
        }
        return false;
    }

    /// Seconds as text in milliseconds; the default of the property if the text is empty.
    int millis(String text) throws SQLException {
        if (text.isEmpty()) {
            return this == CONNECT_TIMEOUT ? DEFAULT_CONNECT_MILLIS : 0;
        }
        try {
            int seconds = Integer.parseInt(text.trim());
            if (seconds >= 0) {
                return (int) Math.min(Integer.MAX_VALUE, seconds * 1_000L);
            }
        } catch (NumberFormatException e) {
            // Falls through to the same message.
        }
        throw SqlErrors.of(
                "08001",
                "the property " + key + " is '" + text + "', which is no number of seconds");
    }
}
