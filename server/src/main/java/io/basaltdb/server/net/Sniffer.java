package io.basaltdb.server.net;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.Preface;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.server.http.HttpPages;
import io.basaltdb.storage.error.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Looks at the first bytes of a connection and puts the handler of their protocol in its own place.
final class Sniffer extends ByteToMessageDecoder {
    private static final int HTTP_BYTES = 4;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final List<String> HTTP_BEGINNINGS =
            List.of("GET ", "HEAD", "POST", "PUT ", "DELE", "OPTI", "PATC", "TRAC", "CONN");

    /// A fatal alert: protocol_version.
    private static final byte[] TLS_ALERT = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46};

    private final Connections connections;
    private boolean isWithinLimit;
    private boolean isKnown;

    Sniffer(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        isWithinLimit = connections.enter();
        var _ = context.channel().closeFuture().addListener(closed -> connections.leave());
        var _ =
                context.executor()
                        .schedule(
                                () -> closeIfSilent(context),
                                connections.limits().handshakeMillis(),
                                TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    private void closeIfSilent(ChannelHandlerContext context) {
        if (!isKnown) {
            var _ = context.close();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int first = in.getUnsignedByte(in.readerIndex());
        if (first == TLS_HANDSHAKE) {
            refuse(context, in, TLS_ALERT);
        } else if (first == 0) {
            postgres(context, in);
        } else if (startsAsPreface(in)) {
            nativeClient(context, in);
        } else if (in.readableBytes() >= HTTP_BYTES) {
            http(context, in);
        }
    }

    private static boolean startsAsPreface(ByteBuf in) {
        int count = Math.min(Preface.BYTES, in.readableBytes());
        byte[] bytes = new byte[count];
        in.getBytes(in.readerIndex(), bytes);
        return Preface.matches(bytes, 0, count);
    }

    private void nativeClient(ChannelHandlerContext context, ByteBuf in) {
        if (in.readableBytes() < Preface.BYTES) {
            return;
        }
        in.skipBytes(Preface.BYTES);
        if (!isWithinLimit) {
            FrameBuffer frame = new FrameBuffer(256);
            String message =
                    "the server has "
                            + connections.limits().maxConnections()
                            + " connections, the most it may; try again later or raise the limit";
            ErrorCode code = ErrorCode.TOO_MANY_CONNECTIONS;
            new Failure(code.sqlState(), code.name(), message, "", 0, 0).write(frame, 0);
            refuse(context, in, frame.toByteArray());
            return;
        }
        isKnown = true;
        context.pipeline().addLast(new NativeHandler(context, connections));
        context.pipeline().remove(this);
    }

    private void http(ChannelHandlerContext context, ByteBuf in) {
        String beginning = in.toString(in.readerIndex(), HTTP_BYTES, StandardCharsets.US_ASCII);
        if (!HTTP_BEGINNINGS.contains(beginning)) {
            in.skipBytes(in.readableBytes());
            var _ = context.close();
            return;
        }
        isKnown = true;
        HttpPages.addTo(context.pipeline(), connections.wire().version(), isWithinLimit);
        context.pipeline().remove(this);
    }

    private void postgres(ChannelHandlerContext context, ByteBuf in) {
        switch (PostgresGreeting.of(in)) {
            case INCOMPLETE -> {}
            case ASKS_FOR_ENCRYPTION -> {
                PostgresGreeting.skip(in);
                var _ = context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'N'}));
            }
            case STARTUP -> refuse(context, in, PostgresGreeting.refusal());
            case OTHER -> {
                in.skipBytes(in.readableBytes());
                var _ = context.close();
            }
        }
    }

    /// Says why in the client's protocol, and ends the connection.
    private static void refuse(ChannelHandlerContext context, ByteBuf in, byte[] answer) {
        in.skipBytes(in.readableBytes());
        var _ =
                context.writeAndFlush(Unpooled.wrappedBuffer(answer))
                        .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
