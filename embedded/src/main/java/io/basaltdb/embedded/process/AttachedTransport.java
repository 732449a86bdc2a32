package io.basaltdb.embedded.process;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.transport.Transport;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection to the process that has a directory open, through its [OwnerSocket]. A thread of its own takes frames in as they come: credit
/// bounds how many that are.
final class AttachedTransport implements Transport {
    private static final int READ_BYTES = 64 << 10;
    private static final int WELCOME_MILLIS = 5_000;

    /// What comes from the other side.
    private sealed interface Arrival {
        record Welcome() implements Arrival {}

        record Frames(Frame frame) implements Arrival {}

        /// @param failure null where the other side has ended in order
        record End(@Nullable IOException failure) implements Arrival {}
    }

    private final SocketChannel channel;
    private final ReentrantLock sending = new ReentrantLock();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private volatile int timeoutMillis;
    private volatile boolean isClosed;

    private AttachedTransport(SocketChannel channel) {
        this.channel = channel;
    }

    /// Attaches to the owner of the directory.
    ///
    /// @throws IOException where nobody answers
    static AttachedTransport attach(Path directory) throws IOException {
        OwnerFile owner = OwnerFile.read(directory);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        AttachedTransport transport = new AttachedTransport(channel);
        try {
            channel.connect(UnixDomainSocketAddress.of(owner.socket()));
            channel.write(ByteBuffer.wrap(owner.token().getBytes(StandardCharsets.US_ASCII)));
            Thread.ofVirtual().name("frames of " + directory).start(transport::read);
            if (!(transport.next(WELCOME_MILLIS) instanceof Arrival.Welcome)) {
                throw new IOException(
                        "process " + owner.processId() + " does not answer at " + owner.socket());
            }
            return transport;
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private void read() {
        FrameDecoder decoder = new FrameDecoder();
        decoder.setLimit(Limits.FRAME_BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        boolean welcomed = false;
        try {
            while (channel.read(bytes.clear()) >= 0) {
                bytes.flip();
                if (!welcomed) {
                    welcomed = bytes.get() == OwnerSocket.WELCOME;
                    arrivals.add(new Arrival.Welcome());
                }
                for (Frame frame = decoder.next(bytes);
                        frame != null;
                        frame = decoder.next(bytes)) {
                    arrivals.add(new Arrival.Frames(frame));
                }
            }
            arrivals.add(
                    new Arrival.End(
                            decoder.isInsideFrame() || !isClosed
                                    ? new IOException(
                                            "the process that had the database open has ended;"
                                                    + " connect again")
                                    : null));
        } catch (IOException e) {
            arrivals.add(new Arrival.End(e));
        } catch (RuntimeException e) {
            arrivals.add(new Arrival.End(new IOException("the owner sent no frames", e)));
        }
    }

    private @Nullable Arrival next(int millis) throws IOException {
        try {
            return millis == 0 ? arrivals.take() : arrivals.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the database", e);
        }
    }

    @Override
    public void send(FrameBuffer frames) throws IOException {
        sending.lock();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(frames.array(), 0, frames.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            sending.unlock();
        }
    }

    @Override
    public @Nullable Frame receive() throws IOException {
        Arrival arrival = next(timeoutMillis);
        return switch (arrival) {
            case null -> throw new SocketTimeoutException("nothing came from the database in time");
            case Arrival.Frames(Frame frame) -> frame;
            case Arrival.End(IOException failure) -> {
                arrivals.add(arrival); // whoever asks again hears the same
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                yield null;
            }
            case Arrival.Welcome _ -> throw new IOException("the owner greets twice");
        };
    }

    @Override
    public void setReceiveTimeout(int millis) {
        timeoutMillis = millis;
    }

    /// The owner is a process of the same user.
    @Override
    public void setFrameLimit(int maxPayloadBytes) {}

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
