package io.basaltdb.server.net;

import io.basaltdb.embedded.wire.SessionSource;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// One listening port and its connections.
public final class Listener implements AutoCloseable {
    private static final int ACCEPT_BACKLOG = 1_024;
    private static final int LOW_WATER_BYTES = 256 << 10;
    private static final int HIGH_WATER_BYTES = 1 << 20;
    private static final int QUIT_MILLIS = 2_000;

    /// @param maxConnections served at a time
    /// @param handshakeMillis until HELLO, or the first request of another protocol
    /// @param drainMillis for running requests when the listener closes
    public record Limits(int maxConnections, int handshakeMillis, int drainMillis) {}

    private final EventLoopGroup loops;
    private final Channel channel;
    private final Connections connections;
    private final Limits limits;

    private Listener(
            EventLoopGroup loops, Channel channel, Connections connections, Limits limits) {
        this.loops = loops;
        this.channel = channel;
        this.connections = connections;
        this.limits = limits;
    }

    /// Listens on an address.
    public static Listener open(
            InetSocketAddress address, SessionSource sessions, WireOptions wire, Limits limits) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        Connections connections = new Connections(sessions, wire, limits);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel accepted) {
                                        accepted.pipeline().addLast(new Sniffer(connections));
                                    }
                                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = loops.shutdownGracefully(0, QUIT_MILLIS, TimeUnit.MILLISECONDS);
            throw new BasaltException(
                    ErrorCode.LOCKED,
                    "cannot listen on port "
                            + address.getPort()
                            + " of "
                            + address.getHostString()
                            + ": it is in use by another process, or not permitted; choose another"
                            + " port",
                    bound.cause());
        }
        return new Listener(loops, bound.channel(), connections, limits);
    }

    /// The port listened on.
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /// How many connections are open.
    public int connectionCount() {
        return connections.count();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        connections.drain(limits.drainMillis());
        loops.shutdownGracefully(0, QUIT_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(QUIT_MILLIS);
    }
}
