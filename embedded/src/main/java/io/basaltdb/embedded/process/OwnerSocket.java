package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.storage.error.BasaltException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/// The local socket by which other processes use a directory that this one has open. A client sends the token of the [OwnerFile], is
/// answered one byte, and goes on with frames.
final class OwnerSocket implements AutoCloseable {
    static final byte WELCOME = 1;

    private static final int TOKEN_BYTES = 16;

    /// What a path of a socket may take everywhere.
    private static final int MAX_PATH_BYTES = 100;

    private final Path directory;
    private final OwnerFile owner;
    private final ServerSocketChannel channel;
    private final Supplier<DatabaseRegistry.Lease> leases;
    private final WireOptions options;

    private OwnerSocket(
            Path directory,
            OwnerFile owner,
            ServerSocketChannel channel,
            Supplier<DatabaseRegistry.Lease> leases,
            WireOptions options) {
        this.directory = directory;
        this.owner = owner;
        this.channel = channel;
        this.leases = leases;
        this.options = options;
    }

    /// Listens. Whatever an owner that was killed has left is replaced: the caller holds the directory's lock.
    ///
    /// @param leases gives a lease for each connection
    static OwnerSocket open(
            Path directory, Supplier<DatabaseRegistry.Lease> leases, WireOptions options)
            throws IOException {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        OwnerFile owner =
                new OwnerFile(
                        ProcessHandle.current().pid(),
                        HexFormat.of().formatHex(token),
                        socketPath(directory));
        Files.deleteIfExists(owner.socket());
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        OwnerSocket socket = new OwnerSocket(directory, owner, channel, leases, options);
        try {
            channel.bind(UnixDomainSocketAddress.of(owner.socket()));
            owner.write(directory);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        Thread.ofVirtual().name("owner of " + directory).start(socket::accept);
        return socket;
    }

    private static Path socketPath(Path directory) throws IOException {
        Path inside = directory.resolve("owner.sock");
        if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES) {
            return inside;
        }
        return Files.createTempDirectory("basalt").resolve("owner.sock");
    }

    private void accept() {
        try {
            while (channel.isOpen()) {
                SocketChannel client = channel.accept();
                Thread.ofVirtual().name("attached").start(() -> admit(client));
            }
        } catch (IOException closed) {
            // nobody can attach any more
        }
    }

    private void admit(SocketChannel client) {
        try {
            ByteBuffer given = ByteBuffer.allocate(2 * TOKEN_BYTES);
            while (given.hasRemaining() && client.read(given) >= 0) {
                // the whole token
            }
            byte[] expected = owner.token().getBytes(StandardCharsets.US_ASCII);
            if (!MessageDigest.isEqual(expected, given.array())) {
                client.close();
                return;
            }
            DatabaseRegistry.Lease lease = leases.get();
            client.write(ByteBuffer.wrap(new byte[] {WELCOME}));
            new AttachedSession(client, lease, options).run();
        } catch (IOException | BasaltException gone) {
            close(client);
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            OwnerFile now = OwnerFile.read(directory);
            if (now.token().equals(owner.token())) {
                Files.deleteIfExists(OwnerFile.in(directory));
            }
            Files.deleteIfExists(owner.socket());
        } catch (IOException e) {
            // a file that is left behind leads nowhere, and the next owner replaces it
        }
    }
}
