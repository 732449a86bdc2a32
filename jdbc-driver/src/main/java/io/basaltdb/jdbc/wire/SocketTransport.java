package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.Preface;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.transport.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Frames over a TCP connection.
final class SocketTransport implements Transport {
    private static final int READ_BYTES = 256 << 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Object sendLock = new Object();
    private final FrameDecoder decoder = new FrameDecoder();
    private final ByteBuffer received = ByteBuffer.allocate(READ_BYTES);

    /// Takes over a connected socket and sends the preface.
    SocketTransport(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        out.write(Preface.bytes());
        received.limit(0);
    }

    @Override
    public void send(FrameBuffer frames) throws IOException {
        synchronized (sendLock) {
            out.write(frames.array(), 0, frames.size());
        }
    }

    @Override
    public @Nullable Frame receive() throws IOException {
        try {
            Frame frame = decoder.next(received);
            while (frame == null) {
                int count = in.read(received.array(), 0, received.capacity());
                if (count < 0) {
                    return end();
                }
                received.position(0).limit(count);
                frame = decoder.next(received);
            }
            return frame;
        } catch (ProtocolException e) {
            throw new IOException("the server does not speak this protocol: " + e.getMessage(), e);
        }
    }

    private @Nullable Frame end() throws IOException {
        if (decoder.isInsideFrame()) {
            throw new EOFException("the connection broke inside a frame");
        }
        return null;
    }

    @Override
    public void setReceiveTimeout(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
    }

    @Override
    public void setFrameLimit(int maxPayloadBytes) {
        decoder.setLimit(maxPayloadBytes);
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is gone either way.
        }
    }
}
