package io.basaltdb.jdbc;

import io.basaltdb.jdbc.wire.SocketProvider;
import io.basaltdb.jdbc.wire.WireConnection;
import io.basaltdb.jdbc.wire.WireException;
import io.basaltdb.protocol.message.Attribute;
import io.basaltdb.protocol.transport.ConnectException;
import io.basaltdb.protocol.transport.ConnectTarget;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.protocol.transport.TransportProvider;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// Opens connections: the first target that answers, by the provider that knows it.
final class Connecting {
    private Connecting() {}

    static BasaltConnection connect(ConnectUrl url) throws SQLException {
        WireConnection wire = open(url);
        BasaltConnection connection = new BasaltConnection(wire, url);
        for (String key : url.properties().keySet()) {
            if (!ConnectProperty.isKnown(key)) {
                connection.addWarning(
                        new SQLWarning("the property " + key + " is not known", "01S00"));
            }
        }
        return connection;
    }

    private static WireConnection open(ConnectUrl url) throws SQLException {
        int socketTimeout =
                ConnectProperty.SOCKET_TIMEOUT.millis(url.property(ConnectProperty.SOCKET_TIMEOUT));
        SQLException failure = null;
        for (ConnectTarget target : url.targets()) {
            try {
                WireConnection wire = open(target, url);
                wire.setNetworkTimeout(socketTimeout);
                return wire;
            } catch (ConnectException e) {
                failure = next(failure, SqlErrors.of(e.sqlState(), message(e), e));
            } catch (IOException e) {
                failure = next(failure, SqlErrors.of("08001", message(e), e));
            } catch (WireException e) {
                failure = next(failure, SqlErrors.of(e));
            }
        }
        throw failure == null ? SqlErrors.of("08001", "the URL names no target") : failure;
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static SQLException next(@Nullable SQLException earlier, SQLException failure) {
        if (earlier == null) {
            return failure;
        }
        earlier.addSuppressed(failure);
        return earlier;
    }

    private static WireConnection open(ConnectTarget target, ConnectUrl url)
            throws IOException, WireException {
        Transport transport = provider(target).connect(target);
        return WireConnection.open(
                transport, attributes(url), token(url), target.connectTimeoutMillis());
    }

    private static @Nullable String token(ConnectUrl url) {
        String token = url.property(ConnectProperty.TOKEN);
        String secret = token.isEmpty() ? url.property(ConnectProperty.PASSWORD) : token;
        return secret.isEmpty() ? null : secret;
    }

    private static Map<String, String> attributes(ConnectUrl url) {
        Map<String, String> attributes = new LinkedHashMap<>();
        String application = url.property(ConnectProperty.APPLICATION_NAME);
        attributes.put(
                Attribute.PRODUCT, application.isEmpty() ? "Basalt JDBC Driver" : application);
        attributes.put(Attribute.PRODUCT_VERSION, BasaltDriver.VERSION);
        attributes.put(Attribute.TIME_ZONE, TimeZone.getDefault().getID());
        put(attributes, Attribute.USER, url.property(ConnectProperty.USER));
        put(attributes, Attribute.SCHEMA, url.property(ConnectProperty.SCHEMA));
        put(
                attributes,
                Attribute.SETTING_PREFIX + "insert_token",
                url.property(ConnectProperty.INSERT_TOKEN));
        return attributes;
    }

    private static void put(Map<String, String> attributes, String key, String value) {
        if (!value.isEmpty()) {
            attributes.put(key, value);
        }
    }

    private static TransportProvider provider(ConnectTarget target) throws IOException {
        TransportProvider sockets = new SocketProvider();
        if (sockets.accepts(target)) {
            return sockets;
        }
        TransportProvider found = find(target, TransportProvider.class.getClassLoader());
        if (found == null) {
            found = find(target, Thread.currentThread().getContextClassLoader());
        }
        if (found == null) {
            throw new IOException(
                    "the database engine is not on the class path, which "
                            + target
                            + " needs; add it (on Java 25), or connect to a server");
        }
        return found;
    }

    private static @Nullable TransportProvider find(
            ConnectTarget target, @Nullable ClassLoader loader) throws IOException {
        try {
            for (TransportProvider provider : ServiceLoader.load(TransportProvider.class, loader)) {
                if (provider.accepts(target)) {
                    return provider;
                }
            }
            return null;
        } catch (ServiceConfigurationError | UnsupportedClassVersionError e) {
            throw new IOException(
                    "the database engine on the class path cannot be loaded; it needs Java 25, this is"
                            + " Java "
                            + Runtime.version().feature(),
                    e);
        }
    }
}
