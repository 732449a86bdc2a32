package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.message.Attribute;
import io.basaltdb.protocol.message.Capability;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.protocol.message.LoginMethod;
import io.basaltdb.protocol.message.Progress;
import io.basaltdb.protocol.message.Version;
import io.basaltdb.protocol.message.Welcome;
import io.basaltdb.protocol.transport.Transport;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session with a server, shared by the statements of a connection. Safe for use by several threads.
///
/// `lock` guards the queues of the streams and who reads. One waiting thread reads the transport,
/// outside of the lock, and serves all; when its own frame has come another takes over.
public final class WireConnection implements AutoCloseable {
    private static final int LAST_STREAM = 0xFFFF;

    private final Transport transport;
    private final Welcome welcome;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, ArrayDeque<Frame>> queues = new HashMap<>();
    private final Map<Integer, Consumer<Progress>> progressTakers = new ConcurrentHashMap<>();
    private int lastStream;
    private int lastStatement;
    private boolean isReading;
    private @Nullable WireException broken;

    private WireConnection(Transport transport, Welcome welcome) {
        this.transport = transport;
        this.welcome = welcome;
        transport.whileAtWork(this::takeProgress);
    }

    /// What the engine offers beyond frames, where it is in this process; null where it has nothing of that type.
    public <T> @Nullable T offered(Class<T> type) {
        return transport.offered(type);
    }

    /// Says hello and waits to be let in.
    ///
    /// @param token the server's token, or null for none
    public static WireConnection open(
            Transport transport,
            Map<String, String> attributes,
            @Nullable String token,
            int timeoutMillis)
            throws WireException {
        try {
            FrameBuffer out = new FrameBuffer(256);
            byte[] credential =
                    token == null ? new byte[0] : token.getBytes(StandardCharsets.UTF_8);
            String method = token == null ? LoginMethod.NONE : LoginMethod.TOKEN;
            new ClientHello(
                            Version.NEWEST,
                            Version.OLDEST,
                            List.of(
                                    Capability.DICTIONARIES,
                                    Capability.TRANSACTIONS,
                                    Capability.PROGRESS),
                            attributes,
                            method,
                            credential)
                    .write(out);
            transport.setReceiveTimeout(timeoutMillis);
            transport.send(out);
            Welcome welcome = readWelcome(transport);
            transport.setReceiveTimeout(0);
            transport.setFrameLimit(Limits.FRAME_BYTES);
            return new WireConnection(transport, welcome);
        } catch (IOException | ProtocolException e) {
            transport.close();
            throw new WireException("08001", "connecting failed: " + e.getMessage(), true, e);
        } catch (WireException e) {
            transport.close();
            throw e;
        }
    }

    private static Welcome readWelcome(Transport transport) throws IOException, WireException {
        Frame frame = transport.receive();
        if (frame == null) {
            throw new IOException("the server closed the connection");
        }
        if (frame.type() == FrameType.ERROR) {
            throw new WireException(Failure.read(frame), true);
        }
        if (frame.type() != FrameType.WELCOME) {
            throw new ProtocolException("the server greets with a " + frame);
        }
        Welcome welcome = Welcome.read(frame);
        if (welcome.version() < Version.OLDEST || welcome.version() > Version.NEWEST) {
            throw new ProtocolException(
                    "the server chose version " + welcome.version() + " of the protocol");
        }
        return welcome;
    }

    /// A fact about the server or the session, or `absent`.
    public String attribute(String key, String absent) {
        return welcome.attributes().getOrDefault(key, absent);
    }

    /// The schema that the session began in.
    public String schema() {
        return attribute(Attribute.SCHEMA, "main");
    }

    /// Whether both sides can do what the capability names.
    public boolean can(String capability) {
        return welcome.capabilities().contains(capability);
    }

    /// A number for a statement to be kept by the server.
    public int nextStatement() {
        lock.lock();
        try {
            lastStatement++;
            return lastStatement;
        } finally {
            lock.unlock();
        }
    }

    /// Opens a stream.
    ///
    /// @param progress who hears how far its request is, or null
    int openStream(@Nullable Consumer<Progress> progress) throws WireException {
        lock.lock();
        try {
            checkNotBroken();
            if (queues.size() >= Limits.OPEN_STREAMS) {
                throw new WireException(
                        "53400",
                        "this connection has "
                                + Limits.OPEN_STREAMS
                                + " open results, the most there may be; close some",
                        false,
                        null);
            }
            do {
                lastStream = lastStream == LAST_STREAM ? 1 : lastStream + 1;
            } while (queues.containsKey(lastStream));
            queues.put(lastStream, new ArrayDeque<>());
            if (progress != null) {
                progressTakers.put(lastStream, progress);
            }
            return lastStream;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets a stream whose last frame was taken.
    void closeStream(int stream) {
        lock.lock();
        try {
            queues.remove(stream);
            progressTakers.remove(stream);
        } finally {
            lock.unlock();
        }
    }

    void send(FrameBuffer frames) throws WireException {
        try {
            transport.send(frames);
        } catch (IOException e) {
            throw breakWith(e);
        }
    }

    /// The next frame of a stream; waits for it.
    Frame take(int stream) throws WireException {
        lock.lock();
        try {
            while (true) {
                ArrayDeque<Frame> queue = queues.get(stream);
                Frame frame = queue == null ? null : queue.poll();
                if (frame != null) {
                    return frame;
                }
                checkNotBroken();
                if (isReading) {
                    changed.awaitUninterruptibly();
                } else {
                    readOne();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Reads one frame outside of the lock and puts it where it belongs.
    private void readOne() throws WireException {
        isReading = true;
        lock.unlock();
        Frame frame = null;
        WireException failure = null;
        try {
            frame = transport.receive();
            failure = frame == null ? lost(null) : fatal(frame);
            if (frame != null && frame.type() == FrameType.PROGRESS) {
                takeProgress(frame);
            }
        } catch (SocketTimeoutException e) {
            failure =
                    new WireException(
                            WireException.CONNECTION_FAILURE,
                            "nothing came from the server within the network timeout",
                            true,
                            e);
        } catch (IOException e) {
            failure = lost(e);
        } catch (ProtocolException e) {
            failure =
                    new WireException(
                            ProtocolException.SQL_STATE, String.valueOf(e.getMessage()), true, e);
        } finally {
            lock.lock();
            isReading = false;
            changed.signalAll();
        }
        if (failure != null) {
            markBroken(failure);
        } else if (frame != null) {
            deliver(frame);
        }
    }

    /// Tells at once how far a request is, on whatever thread the frame came.
    private void takeProgress(Frame frame) {
        Consumer<Progress> taker = progressTakers.get(frame.stream());
        if (taker != null) {
            taker.accept(Progress.read(frame));
        }
    }

    private void deliver(Frame frame) {
        ArrayDeque<Frame> queue = queues.get(frame.stream());
        if (queue != null && frame.type() != FrameType.PROGRESS) {
            queue.add(frame);
        }
    }

    private static @Nullable WireException fatal(Frame frame) {
        return frame.stream() == 0 && frame.type() == FrameType.ERROR
                ? new WireException(Failure.read(frame), true)
                : null;
    }

    private static WireException lost(@Nullable IOException cause) {
        String reason = cause == null ? "the server ended it" : String.valueOf(cause.getMessage());
        return new WireException(
                WireException.CONNECTION_FAILURE,
                "the connection to the server is lost: " + reason,
                true,
                cause);
    }

    private WireException breakWith(IOException e) {
        lock.lock();
        try {
            WireException known = broken;
            return known != null ? again(known) : markBroken(lost(e));
        } finally {
            lock.unlock();
        }
    }

    private WireException markBroken(WireException failure) {
        if (broken == null) {
            broken = failure;
        }
        changed.signalAll();
        transport.close();
        return failure;
    }

    private void checkNotBroken() throws WireException {
        WireException known = broken;
        if (known != null) {
            throw again(known);
        }
    }

    /// Each thread throws its own exception, with its own stack.
    private static WireException again(WireException known) {
        return new WireException(known.sqlState(), String.valueOf(known.getMessage()), true, known);
    }

    /// How long to wait for the server at all; 0 is for ever.
    public void setNetworkTimeout(int timeoutMillis) throws WireException {
        try {
            transport.setReceiveTimeout(timeoutMillis);
        } catch (IOException e) {
            throw breakWith(e);
        }
    }

    /// Whether the connection can be used as far as is known here.
    public boolean isUsable() {
        lock.lock();
        try {
            return broken == null;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the session; whoever waits is woken. Closing again does nothing.
    @Override
    public void close() {
        lock.lock();
        try {
            if (broken == null) {
                broken = new WireException("08003", "the connection is closed", true, null);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        transport.close();
    }
}
