package io.basaltdb.server.net;

import io.basaltdb.embedded.wire.WireSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/// Carries the bytes of a native client to its session.
final class NativeHandler extends ChannelInboundHandlerAdapter {
    private final ChannelOutput output;
    private final SessionWorker worker;

    NativeHandler(ChannelHandlerContext context, Connections connections) {
        output = new ChannelOutput(context.channel());
        worker = new SessionWorker(context.channel(), output, connections);
        worker.start();
        var _ =
                context.executor()
                        .schedule(
                                this::checkHandshake,
                                connections.limits().handshakeMillis(),
                                TimeUnit.MILLISECONDS);
    }

    private void checkHandshake() {
        if (!worker.session().isOpen()) {
            worker.session().close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        WireSession session = worker.session();
        try {
            for (ByteBuffer part : bytes.nioBuffers()) {
                session.receive(part);
            }
        } finally {
            bytes.release();
        }
        if (!session.wantsInput()) {
            context.channel().config().setAutoRead(false);
            worker.workIsThere();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        output.channelChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        worker.session().close();
        output.channelChanged();
    }

    /// The client broke the connection.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
