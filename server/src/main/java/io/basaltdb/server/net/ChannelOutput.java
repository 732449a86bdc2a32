package io.basaltdb.server.net;

import io.basaltdb.embedded.wire.FrameOutput;
import io.basaltdb.embedded.wire.OutputClosedException;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Frames into a channel. Whoever writes from outside of the event loop waits while the client is
/// slow, so that a session holds no more than one buffer above the channel's high-water mark.
final class ChannelOutput implements FrameOutput {
    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    ChannelOutput(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void offer(FrameBuffer frames) {
        if (channel.isWritable()) {
            write(frames);
        }
    }

    private void write(FrameBuffer frames) {
        ByteBuf bytes = channel.alloc().buffer(frames.size());
        bytes.writeBytes(frames.array(), 0, frames.size());
        var _ = channel.writeAndFlush(bytes, channel.voidPromise());
    }

    @Override
    public void send(FrameBuffer frames) {
        write(frames);
        if (!channel.eventLoop().inEventLoop()) {
            awaitWritable();
        }
    }

    private void awaitWritable() {
        lock.lock();
        try {
            while (channel.isActive() && !channel.isWritable()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (!channel.isActive()) {
            throw new OutputClosedException("the client closed the connection");
        }
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    /// The channel became writable, or was closed.
    void channelChanged() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        var _ =
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(ChannelFutureListener.CLOSE);
    }
}
