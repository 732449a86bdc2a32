package io.basaltdb.server;

import io.basaltdb.embedded.wire.Login;
import io.basaltdb.embedded.wire.SessionSource;
import io.basaltdb.embedded.wire.Timer;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.server.net.Listener;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// A server: one port, on which native clients, HTTP, PostgreSQL and TLS are told apart. It serves the
/// sessions of a database that it neither opens nor closes.
public final class Server implements AutoCloseable {
    private final Listener listener;

    private Server(Listener listener) {
        this.listener = listener;
    }

    /// Listens, and serves until it is closed.
    ///
    /// @throws BasaltException if the port is in use, the host unknown, or the host lies beyond
    ///     loopback and no token is set
    public static Server start(SessionSource sessions, ServerOptions options) {
        InetSocketAddress address = new InetSocketAddress(resolve(options), options.port());
        String token = options.token();
        Login login = token == null ? new Login.Open() : new Login.Token(token);
        WireOptions wire = new WireOptions(login, Timer.system(), "Basalt", options.version());
        return new Server(
                Listener.open(
                        address,
                        sessions,
                        wire,
                        new Listener.Limits(
                                options.maxConnections(),
                                options.handshakeMillis(),
                                options.drainMillis())));
    }

    private static InetAddress resolve(ServerOptions options) {
        InetAddress address;
        try {
            address = InetAddress.getByName(options.host());
        } catch (UnknownHostException e) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER, "the host " + options.host() + " is not known", e);
        }
        if (!address.isLoopbackAddress() && options.token() == null) {
            throw new BasaltException(
                    ErrorCode.INVALID_AUTHORIZATION,
                    "listening on "
                            + options.host()
                            + " would let in everyone on the network; set a token that clients must"
                            + " give, or listen on 127.0.0.1");
        }
        return address;
    }

    /// The port listened on.
    public int port() {
        return listener.port();
    }

    /// How many connections are open.
    public int connectionCount() {
        return listener.connectionCount();
    }

    /// Takes no new connection, lets running requests end within the time that the options give, then
    /// ends all sessions. Closing again does nothing.
    @Override
    public void close() {
        listener.close();
    }
}
