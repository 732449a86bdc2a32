package io.basaltdb.server.net;

import io.basaltdb.embedded.wire.WireSession;
import io.basaltdb.storage.error.ErrorCode;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// The virtual thread that works for one session, and the reading of its channel.
final class SessionWorker implements WireSession.Owner {
    static final String SHUTTING_DOWN = "the server is shutting down; connect again later";

    private final Channel channel;
    private final Connections connections;
    private final WireSession session;
    private final AtomicBoolean isSignalled = new AtomicBoolean();
    private final Thread thread;

    SessionWorker(Channel channel, ChannelOutput output, Connections connections) {
        this.channel = channel;
        this.connections = connections;
        this.session = new WireSession(connections.sessions(), connections.wire(), output, this);
        this.thread = Thread.ofVirtual().name("session " + channel.id()).unstarted(this::run);
    }

    void start() {
        connections.add(this);
        thread.start();
    }

    WireSession session() {
        return session;
    }

    /// Ends the session if nothing runs in it.
    void endIfIdle() {
        if (session.isIdle()) {
            session.shutDown(ErrorCode.ADMIN_SHUTDOWN, SHUTTING_DOWN);
        }
    }

    @Override
    public void workIsThere() {
        isSignalled.set(true);
        LockSupport.unpark(thread);
    }

    @Override
    public void sessionIsClosed() {
        connections.remove(this);
    }

    private void run() {
        while (!session.isClosed()) {
            isSignalled.set(false);
            boolean worked = session.workOnce();
            readAgain();
            while (!worked && !isSignalled.get() && !session.isClosed()) {
                LockSupport.park(this);
            }
        }
    }

    /// The channel stopped reading while the session held too much.
    private void readAgain() {
        if (!channel.config().isAutoRead() && session.wantsInput()) {
            channel.config().setAutoRead(true);
        }
    }
}
