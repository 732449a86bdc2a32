package io.basaltdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.embedded.fake.FakeDatabase;
import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.frame.Preface;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.protocol.message.Query;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerTest {
    private final FakeDatabase database = new FakeDatabase().withTable("t", Type.BIGINT);
    private final ServerOptions options = ServerOptions.standard("test").withPort(0);
    private final List<AutoCloseable> open = new ArrayList<>();

    private Server start(ServerOptions wanted) {
        Server server = Server.start(database, wanted);
        open.add(server);
        return server;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private Socket connect(Server server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(20_000);
        open.add(socket);
        return socket;
    }

    private String exchange(Server server, byte[] request) throws IOException {
        Socket socket = connect(server);
        socket.getOutputStream().write(request);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void answersHttp() throws IOException {
        Server server = start(options);
        String health = exchange(server, ascii("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertTrue(health.startsWith("HTTP/1.1 200"), health);
        assertTrue(health.endsWith("ok\n"), health);
        String page = exchange(server, ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertTrue(page.contains("jdbc:basalt://"), page);
        String missing = exchange(server, ascii("GET /x HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertTrue(missing.startsWith("HTTP/1.1 404"), missing);
        String post =
                exchange(
                        server, ascii("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"));
        assertTrue(post.startsWith("HTTP/1.1 405"), post);
    }

    @Test
    void refusesPostgresInItsWords() throws IOException {
        Server server = start(options);
        ByteBuffer packets = ByteBuffer.allocate(8 + 17);
        packets.putInt(8).putInt(80_877_103);
        packets.putInt(17).putInt(3 << 16).put(ascii("user\0me\0")).put((byte) 0);
        String answer = exchange(server, packets.array());
        assertEquals('N', answer.charAt(0));
        assertEquals('E', answer.charAt(1));
        assertTrue(answer.contains("C0A000\0"), answer);
        assertTrue(answer.contains("does not speak the PostgreSQL protocol"), answer);
    }

    @Test
    void refusesTlsWithAnAlert() throws IOException {
        Server server = start(options);
        byte[] hello = {0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0, 0, 1, 3};
        String answer = exchange(server, hello);
        assertEquals("\u0015\u0003\u0003\0\u0002\u0002F", answer);
    }

    @Test
    void closesOnUnknownBytes() throws IOException {
        Server server = start(options);
        assertEquals("", exchange(server, ascii("\u0001\u0002\u0003\u0004\u0005")));
    }

    @Test
    void silenceEndsAfterTheHandshakeTime() throws IOException {
        Server server = start(options.withHandshakeMillis(200));
        assertEquals("", exchange(server, new byte[0]));
        assertEquals("", exchange(server, ascii("BSL")));
        assertEquals("", exchange(server, Preface.bytes()));
    }

    @Test
    void drippingDoesNotHoldAConnection() throws Exception {
        Server server = start(options.withHandshakeMillis(500));
        Socket socket = connect(server);
        byte[] hello = hello("none", new byte[0]);
        long start = System.nanoTime();
        assertThrows(
                IOException.class,
                () -> {
                    for (byte part : hello) {
                        socket.getOutputStream().write(part);
                        Thread.sleep(60);
                    }
                });
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
    }

    private static byte[] hello(String method, byte[] credential) {
        FrameBuffer out = new FrameBuffer(64);
        out.putRaw(Preface.bytes(), 0, Preface.BYTES);
        new ClientHello(1, 1, List.of(), Map.of(), method, credential).write(out);
        return out.toByteArray();
    }

    private List<Frame> frames(Server server, byte[] request) throws IOException {
        Socket socket = connect(server);
        socket.getOutputStream().write(request);
        return readAll(socket);
    }

    private static List<Frame> readAll(Socket socket) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(socket.getInputStream().readAllBytes());
        FrameDecoder decoder = new FrameDecoder();
        decoder.setLimit(Limits.FRAME_BYTES);
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
            frames.add(frame);
        }
        return frames;
    }

    private static Frame readOne(Socket socket) throws IOException {
        FrameDecoder decoder = new FrameDecoder();
        byte[] one = new byte[1];
        while (socket.getInputStream().read(one) == 1) {
            Frame frame = decoder.next(ByteBuffer.wrap(one));
            if (frame != null) {
                return frame;
            }
        }
        throw new IOException("the connection ended");
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws Exception {
        Server server = start(options.withMaxConnections(2));
        Socket first = connect(server);
        first.getOutputStream().write(hello("none", new byte[0]));
        assertEquals(FrameType.WELCOME, readOne(first).type());
        Socket second = connect(server);
        second.getOutputStream().write(hello("none", new byte[0]));
        assertEquals(FrameType.WELCOME, readOne(second).type());
        List<Frame> refused = frames(server, hello("none", new byte[0]));
        assertEquals("53300", Failure.read(refused.get(0)).sqlState());
        first.close();
        for (int i = 0; i < 500 && server.connectionCount() > 1; i++) {
            Thread.sleep(10);
        }
        Socket third = connect(server);
        third.getOutputStream().write(hello("none", new byte[0]));
        assertEquals(FrameType.WELCOME, readOne(third).type());
    }

    @Test
    void theTokenIsAskedFor() throws IOException {
        Server server = start(options.withToken("secret-token"));
        List<Frame> refused = frames(server, hello("token", ascii("wrong")));
        assertEquals("28000", Failure.read(refused.get(0)).sqlState());
        Socket socket = connect(server);
        socket.getOutputStream().write(hello("token", ascii("secret-token")));
        assertEquals(FrameType.WELCOME, readOne(socket).type());
        assertFalse(options.withToken("secret-token").toString().contains("secret"));
        assertEquals(32, ServerOptions.randomToken().length());
    }

    @Test
    void beyondLoopbackOnlyWithAToken() {
        BasaltException e =
                assertThrows(
                        BasaltException.class,
                        () -> Server.start(database, options.withHost("0.0.0.0")));
        assertTrue(e.text().contains("set a token"), e.text());
        start(options.withHost("0.0.0.0").withToken(ServerOptions.randomToken()));
    }

    @Test
    void aBusyPortIsOneClearMessage() {
        Server server = start(options);
        BasaltException e =
                assertThrows(
                        BasaltException.class,
                        () -> Server.start(database, options.withPort(server.port())));
        assertTrue(e.text().contains("port " + server.port()), e.text());
        assertTrue(e.text().contains("in use"), e.text());
        assertFalse(e.text().contains("Exception"), e.text());
    }

    @Test
    void anUnknownHostIsOneClearMessage() {
        BasaltException e =
                assertThrows(
                        BasaltException.class,
                        () -> Server.start(database, options.withHost("no.such.host.invalid")));
        assertTrue(e.text().contains("no.such.host.invalid"), e.text());
    }

    @Test
    void closingTellsIdleClientsAndLetsRunningRequestsEnd() throws Exception {
        Server server = start(options.withDrainMillis(300));
        Socket idle = connect(server);
        idle.getOutputStream().write(hello("none", new byte[0]));
        readOne(idle);
        Socket busy = connect(server);
        FrameBuffer out = new FrameBuffer(64);
        byte[] hello = hello("none", new byte[0]);
        out.putRaw(hello, 0, hello.length);
        new Query("WAIT", 0, 1, 0, 0, Map.of(), new byte[0]).write(out, 1);
        busy.getOutputStream().write(out.toByteArray());
        readOne(busy);
        long start = System.nanoTime();
        server.close();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= 250 && millis < 10_000, millis + " ms");
        assertEquals("57P01", Failure.read(readAll(idle).getLast()).sqlState());
        assertEquals("57P01", Failure.read(readAll(busy).getLast()).sqlState());
        assertEquals(0, database.openSessions());
        assertEquals(0, database.openResults());
        assertThrows(IOException.class, () -> connect(server));
    }

    /// Clients that ask for much and read nothing: the server keeps little of it, and serves others.
    @Test
    void slowReadersDoNotFillTheServer() throws Exception {
        Server server = start(options);
        for (int i = 0; i < 20; i++) {
            Socket socket = connect(server);
            FrameBuffer out = new FrameBuffer(64);
            byte[] hello = hello("none", new byte[0]);
            out.putRaw(hello, 0, hello.length);
            new Query("ROWS 100000000", 0, 1 << 20, 0, 0, Map.of(), new byte[0]).write(out, 1);
            socket.getOutputStream().write(out.toByteArray());
        }
        Thread.sleep(1_000);
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertTrue(used < 400L << 20, (used >> 20) + " MiB");
        assertTrue(exchange(server, ascii("GET /healthz HTTP/1.1\r\n\r\n")).endsWith("ok\n"));
    }

    @Test
    void aHangUpStopsTheStatement() throws Exception {
        Server server = start(options);
        Socket socket = connect(server);
        FrameBuffer out = new FrameBuffer(64);
        byte[] hello = hello("none", new byte[0]);
        out.putRaw(hello, 0, hello.length);
        new Query("WAIT", 0, 1, 0, 0, Map.of(), new byte[0]).write(out, 1);
        socket.getOutputStream().write(out.toByteArray());
        readOne(socket);
        assertEquals(1, database.openSessions());
        socket.close();
        for (int i = 0; i < 100 && database.openSessions() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, database.openSessions());
        assertEquals(0, database.openResults());
        assertEquals(0, server.connectionCount());
    }

    @Test
    void hostileBytesLeaveTheServerAlive() throws IOException {
        Server server = start(options);
        java.util.Random random = new java.util.Random(Long.getLong("test.seed", 20261122L));
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            byte[] hello = hello("none", new byte[0]);
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                if (i % 2 == 0) {
                    socket.getOutputStream().write(hello);
                }
                socket.getOutputStream().write(bytes);
            }
        }
        assertTrue(exchange(server, ascii("GET /healthz HTTP/1.1\r\n\r\n")).endsWith("ok\n"));
    }
}
