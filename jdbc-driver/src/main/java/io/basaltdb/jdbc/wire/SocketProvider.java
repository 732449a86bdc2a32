package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.transport.ConnectTarget;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.protocol.transport.TransportProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// Connects to servers.
public final class SocketProvider implements TransportProvider {
    public SocketProvider() {}

    @Override
    public boolean accepts(ConnectTarget target) {
        return target.kind() == ConnectTarget.Kind.SERVER;
    }

    @Override
    public Transport connect(ConnectTarget target) throws IOException {
        InetSocketAddress address = new InetSocketAddress(target.name(), target.port());
        if (address.isUnresolved()) {
            throw new IOException("the host " + target.name() + " is not known");
        }
        Socket socket = new Socket();
        try {
            socket.connect(address, target.connectTimeoutMillis());
            return new SocketTransport(socket);
        } catch (ConnectException e) {
            socket.close();
            throw new IOException(
                    "nothing listens at " + target + "; is the server running there?", e);
        } catch (SocketTimeoutException e) {
            socket.close();
            throw new IOException(
                    "no answer from " + target + " within " + target.connectTimeoutMillis() + " ms",
                    e);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
