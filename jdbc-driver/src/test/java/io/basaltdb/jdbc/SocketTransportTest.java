package io.basaltdb.jdbc;

import io.basaltdb.embedded.wire.TransportContract;
import io.basaltdb.jdbc.wire.SocketProvider;
import io.basaltdb.protocol.transport.ConnectTarget;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.server.Server;
import io.basaltdb.server.ServerOptions;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/// The transport over a socket, against the server with the fake engine.
class SocketTransportTest extends TransportContract {
    private Server server;

    @Override
    protected Transport connect() throws IOException {
        server =
                Server.start(
                        database, ServerOptions.standard("test").withPort(0).withDrainMillis(0));
        return new SocketProvider()
                .connect(ConnectTarget.server("127.0.0.1", server.port(), 5_000));
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
