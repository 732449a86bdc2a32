package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.FrameOutput;
import io.basaltdb.embedded.wire.OutputClosedException;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.embedded.wire.WireSession;
import io.basaltdb.protocol.frame.FrameBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The session of another process, on this side of the owner's socket: one thread takes its bytes in, another works.
final class AttachedSession implements WireSession.Owner, FrameOutput {
    private static final int READ_BYTES = 64 << 10;
    private static final long PAUSE_NANOS = 1_000_000;

    private final SocketChannel channel;
    private final DatabaseRegistry.Lease lease;
    private final WireSession session;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean isSignalled = new AtomicBoolean();
    private final Thread worker;

    AttachedSession(SocketChannel channel, DatabaseRegistry.Lease lease, WireOptions options) {
        this.channel = channel;
        this.lease = lease;
        this.session = new WireSession(lease, options, this, this);
        this.worker = Thread.ofVirtual().name("attached worker").unstarted(this::work);
    }

    /// Serves until either side ends.
    void run() {
        worker.start();
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        try {
            while (!session.isClosed() && channel.read(bytes.clear()) >= 0) {
                session.receive(bytes.flip());
                while (!session.wantsInput() && !session.isClosed()) {
                    LockSupport.parkNanos(PAUSE_NANOS); // much waits for the worker
                }
            }
        } catch (IOException gone) {
            // as if it had ended
        }
        session.close();
        workIsThere();
    }

    private void work() {
        while (!session.isClosed()) {
            isSignalled.set(false);
            boolean worked = session.workOnce();
            while (!worked && !isSignalled.get() && !session.isClosed()) {
                LockSupport.park(this);
            }
        }
    }

    @Override
    public void workIsThere() {
        isSignalled.set(true);
        LockSupport.unpark(worker);
    }

    @Override
    public void sessionIsClosed() {
        close();
        lease.close();
    }

    /// The other side takes in whatever comes, so this waits for nothing but the system.
    @Override
    public void send(FrameBuffer frames) {
        writing.lock();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(frames.array(), 0, frames.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new OutputClosedException("the other process is gone");
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void offer(FrameBuffer frames) {
        if (writing.tryLock()) {
            try {
                send(frames);
            } finally {
                writing.unlock();
            }
        }
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
