package io.basaltdb.jdbc;

import io.basaltdb.protocol.transport.ConnectTarget;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A connection URL, taken apart. The package description has the forms.
final class ConnectUrl {
    static final String PREFIX = "jdbc:basalt:";
    static final int DEFAULT_PORT = 5455;

    private static final String FILE = "file:";
    private static final String MEMORY = "mem:";
    private static final int MOST_PORT = 65_535;

    private final String shown;
    private final List<ConnectTarget> targets;
    private final Map<String, String> properties;

    private ConnectUrl(String shown, List<ConnectTarget> targets, Map<String, String> properties) {
        this.shown = shown;
        this.targets = List.copyOf(targets);
        this.properties = properties;
    }

    static boolean isOurs(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /// @param given properties of the program; they win over those of the URL
    static ConnectUrl parse(String url, Properties given) throws SQLException {
        String rest = url.substring(PREFIX.length());
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        Map<String, String> properties = new LinkedHashMap<>();
        if (question >= 0) {
            query(rest.substring(question + 1), properties);
        }
        List<ConnectTarget> targets = new ArrayList<>();
        String schema = targets(path, targets, timeout(properties, given));
        if (!schema.isEmpty()) {
            properties.put(ConnectProperty.SCHEMA.key(), schema);
        }
        for (String key : given.stringPropertyNames()) {
            properties.put(key, given.getProperty(key));
        }
        return new ConnectUrl(PREFIX + path, targets, properties);
    }

    private static int timeout(Map<String, String> properties, Properties given)
            throws SQLException {
        String key = ConnectProperty.CONNECT_TIMEOUT.key();
        String text = given.getProperty(key, properties.getOrDefault(key, ""));
        return ConnectProperty.CONNECT_TIMEOUT.millis(text);
    }

    /// Adds the targets and returns the schema.
    private static String targets(String path, List<ConnectTarget> targets, int timeoutMillis)
            throws SQLException {
        if (path.startsWith(FILE)) {
            String directory = decode(path.substring(FILE.length()));
            if (directory.isEmpty()) {
                throw bad("names no directory after file:");
            }
            targets.add(ConnectTarget.directory(directory));
            return "";
        }
        if (path.startsWith(MEMORY) || path.isEmpty()) {
            String name = path.isEmpty() ? "" : path.substring(MEMORY.length());
            targets.add(ConnectTarget.memory(decode(name)));
            return "";
        }
        if (!path.startsWith("//")) {
            throw bad("begins with none of //host, file:DIR and mem:NAME");
        }
        int slash = path.indexOf('/', 2);
        String hosts = slash < 0 ? path.substring(2) : path.substring(2, slash);
        for (String host : hosts.split(",", -1)) {
            targets.add(server(host, timeoutMillis));
        }
        return slash < 0 ? "" : decode(path.substring(slash + 1));
    }

    private static ConnectTarget server(String text, int timeoutMillis) throws SQLException {
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > bracket;
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = hasPort ? port(text.substring(colon + 1)) : DEFAULT_PORT;
        return ConnectTarget.server(host.isEmpty() ? "127.0.0.1" : host, port, timeoutMillis);
    }

    private static int port(String text) throws SQLException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= MOST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same message.
        }
        throw bad("has the port '" + text + "', which is no number from 1 to 65535");
    }

    private static void query(String text, Map<String, String> properties) throws SQLException {
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                properties.put(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                throw bad("has a property '" + pair + "' without a value");
            }
        }
    }

    private static String decode(String text) throws SQLException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("has a percent sign that does not begin an escape");
        }
    }

    private static SQLException bad(String found) {
        return SqlErrors.of("08001", "the connection URL " + found);
    }

    /// The targets, in the order in which they are to be tried.
    List<ConnectTarget> targets() {
        return targets;
    }

    /// All properties, of the URL and of the program.
    Map<String, String> properties() {
        return properties;
    }

    String property(ConnectProperty property) {
        return properties.getOrDefault(property.key(), "");
    }

    /// The URL without its properties, which may hold secrets.
    String shown() {
        return shown;
    }
}
