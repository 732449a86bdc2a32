package io.basaltdb.server;

import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// How a server listens.
///
/// @param host address or name to listen on; beyond loopback only with a token
/// @param port the port; 0 for any that is free
/// @param token what clients must know, or null to admit everyone who can connect
/// @param maxConnections clients at a time; one more is told so and sent away
/// @param handshakeMillis how long a connection may take until its HELLO has come
/// @param drainMillis how long running requests may go on when the server closes
/// @param version of the product, for clients
public record ServerOptions(
        String host,
        int port,
        @Nullable String token,
        int maxConnections,
        int handshakeMillis,
        int drainMillis,
        String version) {
    /// The port of the product.
    public static final int DEFAULT_PORT = 5455;

    private static final int TOKEN_BYTES = 24;

    /// Loopback, the usual port, no token.
    public static ServerOptions standard(String version) {
        return new ServerOptions("127.0.0.1", DEFAULT_PORT, null, 1_000, 10_000, 30_000, version);
    }

    public ServerOptions withHost(String newHost) {
        return new ServerOptions(
                newHost, port, token, maxConnections, handshakeMillis, drainMillis, version);
    }

    public ServerOptions withPort(int newPort) {
        return new ServerOptions(
                host, newPort, token, maxConnections, handshakeMillis, drainMillis, version);
    }

    public ServerOptions withToken(String newToken) {
        return new ServerOptions(
                host, port, newToken, maxConnections, handshakeMillis, drainMillis, version);
    }

    public ServerOptions withMaxConnections(int newMaxConnections) {
        return new ServerOptions(
                host, port, token, newMaxConnections, handshakeMillis, drainMillis, version);
    }

    public ServerOptions withHandshakeMillis(int newHandshakeMillis) {
        return new ServerOptions(
                host, port, token, maxConnections, newHandshakeMillis, drainMillis, version);
    }

    public ServerOptions withDrainMillis(int newDrainMillis) {
        return new ServerOptions(
                host, port, token, maxConnections, handshakeMillis, newDrainMillis, version);
    }

    /// A token that nobody can guess.
    public static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Names everything but the token.
    @Override
    public String toString() {
        return "ServerOptions[" + host + ":" + port + (token == null ? "" : ", token") + "]";
    }
}
