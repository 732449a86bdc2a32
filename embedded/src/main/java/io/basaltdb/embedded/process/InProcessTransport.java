package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.FrameOutput;
import io.basaltdb.embedded.wire.OutputClosedException;
import io.basaltdb.embedded.wire.SessionSource;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.embedded.wire.WireSession;
import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.transport.Transport;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection to a session in the same process. Work is done by the thread that receives, or by one
/// that sends more than the session wants to hold.
public final class InProcessTransport implements Transport {
    private final WireSession session;
    private final ReentrantLock sending = new ReentrantLock();
    private final Inbox inbox = new Inbox();
    private final SessionSource source;
    private boolean isClosed;

    /// @param onClose called once, after the session has given back everything
    public InProcessTransport(SessionSource source, WireOptions options, Runnable onClose) {
        this.source = source;
        this.session = new WireSession(source, options, inbox, new SessionOwner(inbox, onClose));
    }

    private record SessionOwner(Inbox inbox, Runnable onClose) implements WireSession.Owner {
        @Override
        public void workIsThere() {
            inbox.signal();
        }

        @Override
        public void sessionIsClosed() {
            onClose.run();
        }
    }

    @Override
    public void send(FrameBuffer frames) throws IOException {
        sending.lock();
        try {
            checkOpen();
            session.receive(ByteBuffer.wrap(frames.array(), 0, frames.size()));
        } finally {
            sending.unlock();
        }
        while (!session.wantsInput() && session.workOnce()) {}
    }

    @Override
    public @Nullable Frame receive() throws IOException {
        long deadline = inbox.deadline();
        while (true) {
            Frame frame = inbox.poll();
            if (frame != null) {
                return frame;
            }
            if (!session.workOnce() && !inbox.await(deadline)) {
                checkOpen();
                return null;
            }
        }
    }

    @Override
    public void whileAtWork(Consumer<Frame> receiver) {
        inbox.receiver = receiver;
    }

    @Override
    public <T> @Nullable T offered(Class<T> type) {
        return source.offered(type);
    }

    @Override
    public void setReceiveTimeout(int timeoutMillis) {
        inbox.setTimeout(timeoutMillis);
    }

    /// Nothing that this process wrote needs a limit.
    @Override
    public void setFrameLimit(int maxPayloadBytes) {}

    @Override
    public boolean isClosed() {
        sending.lock();
        try {
            return isClosed;
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void close() {
        sending.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
        } finally {
            sending.unlock();
        }
        session.close();
    }

    private void checkOpen() throws IOException {
        if (isClosed()) {
            throw new IOException("the connection is closed");
        }
    }

    /// Frames on their way to the client.
    private static final class Inbox implements FrameOutput {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ArrayDeque<Frame> frames = new ArrayDeque<>();
        private final FrameDecoder decoder = new FrameDecoder();
        private boolean isEnded;
        private boolean isSignalled;
        private int timeoutMillis;
        private volatile @Nullable Consumer<Frame> receiver;

        Inbox() {
            decoder.setLimit(Limits.FRAME_BYTES);
        }

        @Override
        public void send(FrameBuffer buffer) {
            lock.lock();
            try {
                if (isEnded) {
                    throw new OutputClosedException("the connection is closed");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.size());
                for (Frame frame = decoder.next(bytes);
                        frame != null;
                        frame = decoder.next(bytes)) {
                    frames.add(frame);
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// Whoever offers is not the one that receives, and that one is at work: the frame would
        /// be stale when it came to it.
        @Override
        public void offer(FrameBuffer buffer) {
            Consumer<Frame> taker = receiver;
            if (taker != null) {
                FrameDecoder offered = new FrameDecoder();
                offered.setLimit(Limits.FRAME_BYTES);
                ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.size());
                for (Frame frame = offered.next(bytes);
                        frame != null;
                        frame = offered.next(bytes)) {
                    taker.accept(frame);
                }
            }
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                isEnded = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void signal() {
            lock.lock();
            try {
                isSignalled = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Nullable Frame poll() {
            lock.lock();
            try {
                return frames.poll();
            } finally {
                lock.unlock();
            }
        }

        void setTimeout(int millis) {
            lock.lock();
            try {
                timeoutMillis = millis;
            } finally {
                lock.unlock();
            }
        }

        /// When a wait that begins now has lasted too long; 0 for never.
        long deadline() {
            lock.lock();
            try {
                return timeoutMillis == 0
                        ? 0
                        : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) | 1;
            } finally {
                lock.unlock();
            }
        }

        /// Waits until there may be a frame or work; false if nothing will ever come.
        boolean await(long deadline) throws IOException {
            lock.lock();
            try {
                while (frames.isEmpty() && !isSignalled && !isEnded) {
                    if (deadline == 0) {
                        changed.await();
                    } else if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
                        throw new SocketTimeoutException("nothing came from the database in time");
                    }
                }
                isSignalled = false;
                return !frames.isEmpty() || !isEnded;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the database", e);
            } finally {
                lock.unlock();
            }
        }
    }
}
