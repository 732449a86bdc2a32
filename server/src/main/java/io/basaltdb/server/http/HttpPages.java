package io.basaltdb.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;

/// Answers one HTTP request and closes: `/` says what this port is, `/healthz` that it lives.
public final class HttpPages extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int REQUEST_BYTES = 16 << 10;
    private static final int READ_SECONDS = 10;

    private final String version;
    private final boolean isWithinLimit;

    private HttpPages(String version, boolean isWithinLimit) {
        this.version = version;
        this.isWithinLimit = isWithinLimit;
    }

    /// Adds what HTTP needs to a pipeline.
    ///
    /// @param isWithinLimit whether the server has room for the connection
    public static void addTo(ChannelPipeline pipeline, String version, boolean isWithinLimit) {
        pipeline.addLast(
                new ReadTimeoutHandler(READ_SECONDS),
                new HttpServerCodec(),
                new HttpObjectAggregator(REQUEST_BYTES),
                new HttpPages(version, isWithinLimit));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String path = request.uri().split("\\?", 2)[0];
        boolean isRead =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (!isWithinLimit) {
            answer(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many connections\n");
        } else if (path.equals("/healthz") && isRead) {
            answer(context, HttpResponseStatus.OK, "ok\n");
        } else if (path.equals("/") && isRead) {
            answer(context, HttpResponseStatus.OK, page());
        } else {
            answer(
                    context,
                    isRead ? HttpResponseStatus.NOT_FOUND : HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "This server answers GET / and GET /healthz. Queries come through the JDBC"
                            + " driver.\n");
        }
    }

    private String page() {
        return "Basalt "
                + version
                + "\nThis port speaks the Basalt protocol. Connect with the JDBC driver:"
                + " jdbc:basalt://host:port/\nHealth: /healthz\n";
    }

    private static void answer(
            ChannelHandlerContext context, HttpResponseStatus status, String text) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        status,
                        Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
