package io.basaltdb.embedded.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.embedded.fake.FakeDatabase;
import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.LongBuffer;
import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.CloseStatement;
import io.basaltdb.protocol.message.Complete;
import io.basaltdb.protocol.message.Credit;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.protocol.message.InsertBegin;
import io.basaltdb.protocol.message.InsertEnd;
import io.basaltdb.protocol.message.Meta;
import io.basaltdb.protocol.message.Prepare;
import io.basaltdb.protocol.message.Query;
import io.basaltdb.storage.type.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Clients that do not keep to the protocol. Whatever they send: the session answers with well-formed
/// frames, ends by itself where it must, gives everything back, and never fails inside.
class HostileSessionTest {
    private static final long SEED = Long.getLong("test.seed", 20261122L);
    private static final int CONVERSATIONS = 3_000;

    private final FakeDatabase database = new FakeDatabase().withTable("t", Type.BIGINT, Type.TEXT);

    /// Collects what the session sends and checks that it can be read.
    private static final class Collector implements FrameOutput {
        final List<Frame> frames = new ArrayList<>();
        private final FrameDecoder decoder = new FrameDecoder();
        boolean isClosed;

        Collector() {
            decoder.setLimit(Limits.FRAME_BYTES);
        }

        @Override
        public void send(FrameBuffer buffer) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.size());
            for (Frame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
                frames.add(frame);
            }
            assertFalse(decoder.isInsideFrame());
        }

        @Override
        public void offer(FrameBuffer buffer) {
            send(buffer);
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static final class Quiet implements WireSession.Owner {
        int closed;

        @Override
        public void workIsThere() {}

        @Override
        public void sessionIsClosed() {
            closed++;
        }
    }

    private WireSession session(Collector collector, Quiet owner) {
        WireOptions options =
                new WireOptions(new Login.Open(), (delay, action) -> {}, "Basalt", "test");
        return new WireSession(database, options, collector, owner);
    }

    @Test
    void mutatedConversationsNeverBreakTheSession() {
        Random random = new Random(SEED);
        int failed = 0;
        for (int i = 0; i < CONVERSATIONS; i++) {
            Collector collector = new Collector();
            Quiet owner = new Quiet();
            try {
                WireSession session = session(collector, owner);
                byte[] bytes = conversation(random);
                mutate(bytes, random, i % 4);
                feed(session, bytes, random);
                session.close();
                session.close();
                failed += collector.isClosed && hasFatal(collector) ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", conversation " + i, e);
            }
            assertEquals(1, owner.closed, "seed " + SEED + ", conversation " + i);
            assertTrue(collector.isClosed);
            assertNoInternalError(collector, i);
        }
        assertEquals(0, database.openResults());
        assertEquals(0, database.openSessions());
        System.out.println(
                "seed " + SEED + ": " + failed + " of " + CONVERSATIONS + " conversations refused");
    }

    private static boolean hasFatal(Collector collector) {
        return collector.frames.stream()
                .anyMatch(frame -> frame.type() == FrameType.ERROR && frame.stream() == 0);
    }

    /// `CRASH` is not among the statements, so an internal error is a mistake of the session.
    private static void assertNoInternalError(Collector collector, int conversation) {
        for (Frame frame : collector.frames) {
            if (frame.type() == FrameType.ERROR) {
                Failure failure = Failure.read(frame);
                assertFalse(
                        failure.sqlState().equals("XX000"),
                        "seed "
                                + SEED
                                + ", conversation "
                                + conversation
                                + ": "
                                + failure.message());
            }
        }
    }

    private static void feed(WireSession session, byte[] bytes, Random random) {
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(400));
            session.receive(ByteBuffer.wrap(bytes, at, count));
            at += count;
            if (random.nextInt(3) == 0) {
                session.workOnce();
            }
        }
        while (session.workOnce()) {}
    }

    /// Rates of damage: none, a few bytes, many bytes, words that look like lengths.
    private static void mutate(byte[] bytes, Random random, int level) {
        int changes = level == 0 ? 0 : level == 1 ? 1 + random.nextInt(3) : bytes.length / 50;
        for (int i = 0; i < changes; i++) {
            int at = 100 + random.nextInt(Math.max(1, bytes.length - 104));
            if (at + 4 > bytes.length) {
                continue;
            }
            if (level == 3) {
                int[] hostile = {-1, Integer.MIN_VALUE, 0, 0x40000000, 0x7FFFFFFF};
                ByteBuffer.wrap(bytes).putInt(at, hostile[random.nextInt(hostile.length)]);
            } else {
                bytes[at] = (byte) random.nextInt();
            }
        }
    }

    private static byte[] conversation(Random random) {
        FrameBuffer out = new FrameBuffer(1 << 10);
        new ClientHello(
                        1,
                        1,
                        List.of("dictionaries"),
                        Map.of("schema", "main", "padding", "x".repeat(60)),
                        "none",
                        new byte[0])
                .write(out);
        int requests = 1 + random.nextInt(12);
        for (int i = 1; i <= requests; i++) {
            request(out, random, random.nextInt(8) == 0 ? random.nextInt(5) : i);
        }
        return out.toByteArray();
    }

    private static void request(FrameBuffer out, Random random, int stream) {
        switch (random.nextInt(12)) {
            case 0 -> query(out, "ROWS " + random.nextInt(5_000), random.nextInt(4), stream);
            case 1 -> query(out, "SELECT 1", 1, stream);
            case 2 -> query(out, "FAIL", 1, stream);
            case 3 -> query(out, "UPDATE 3", 1, stream);
            case 4 -> new Credit(random.nextInt(5)).write(out, stream);
            case 5 -> {
                out.begin(FrameType.CANCEL, 0, stream);
                out.end();
            }
            case 6 -> new Prepare(1 + random.nextInt(4), "ECHO ?").write(out, stream);
            case 7 -> new CloseStatement(random.nextInt(5)).write(out, stream);
            case 8 -> new Meta(Meta.TABLES, null, "%").write(out, stream);
            case 9 -> new Complete("SEL", 3).write(out, stream);
            case 10 -> {
                out.begin(FrameType.PING, 0, stream);
                out.end();
            }
            default -> insert(out, random, stream);
        }
    }

    private static void query(FrameBuffer out, String sql, int credit, int stream) {
        new Query(sql, 0, credit, 0, 0, Map.of(), new byte[0]).write(out, stream);
    }

    private static void insert(FrameBuffer out, Random random, int stream) {
        WireSchema schema =
                WireSchema.of(
                        WireField.of("a", WireType.INT64, true),
                        WireField.of("b", WireType.UTF8, true));
        new InsertBegin(
                        InsertBegin.STATEMENT,
                        "INSERT INTO t VALUES (?, ?)",
                        List.of(),
                        "",
                        0,
                        IpcWriter.schemaBytes(schema))
                .write(out, stream);
        LongBuffer numbers = (LongBuffer) ColumnBuffer.of(WireType.INT64);
        TextBuffer texts = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
        int rows = random.nextInt(20);
        for (int i = 0; i < rows; i++) {
            numbers.append(i);
            texts.append(random.nextInt(30) == 0 ? "bad" : "good");
        }
        out.begin(FrameType.INSERT_DATA, 0, stream);
        IpcWriter.writeRecordBatch(out, rows, List.of(numbers, texts));
        out.end();
        if (random.nextInt(4) != 0) {
            new InsertEnd(rows).write(out, stream);
        }
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            Collector collector = new Collector();
            WireSession session = session(collector, new Quiet());
            feed(session, bytes, random);
            assertFalse(session.isOpen());
            session.close();
        }
        assertEquals(0, database.openSessions());
    }

    @Test
    void aWrongTokenIsRefusedWithOneText() {
        for (String method : List.of("none", "token")) {
            Collector collector = new Collector();
            WireOptions options =
                    new WireOptions(
                            new Login.Token("right"), (delay, action) -> {}, "Basalt", "test");
            WireSession session = new WireSession(database, options, collector, new Quiet());
            FrameBuffer out = new FrameBuffer(64);
            new ClientHello(1, 1, List.of(), Map.of(), method, "wrong".getBytes()).write(out);
            session.receive(ByteBuffer.wrap(out.toByteArray()));
            while (session.workOnce()) {}
            assertEquals("28000", Failure.read(collector.frames.get(0)).sqlState());
            assertTrue(session.isClosed());
            assertEquals(0, database.openSessions());
        }
    }

    @Test
    void streamsAreLimited() {
        Collector collector = new Collector();
        WireSession session = session(collector, new Quiet());
        FrameBuffer out = new FrameBuffer(64);
        new ClientHello(1, 1, List.of(), Map.of(), "none", new byte[0]).write(out);
        for (int i = 1; i <= Limits.OPEN_STREAMS + 1; i++) {
            query(out, "ROWS 5000", 0, i);
        }
        session.receive(ByteBuffer.wrap(out.toByteArray()));
        while (session.workOnce()) {}
        assertTrue(hasFatal(collector));
        assertTrue(session.isClosed());
        assertEquals(0, database.openResults());
    }

    @Test
    void beforeLoginFramesAreSmall() {
        Collector collector = new Collector();
        WireSession session = session(collector, new Quiet());
        ByteBuffer header = ByteBuffer.allocate(8);
        header.order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(Limits.FRAME_BYTES_BEFORE_LOGIN + 1);
        session.receive(header.position(0));
        while (session.workOnce()) {}
        assertEquals("08P01", Failure.read(collector.frames.get(0)).sqlState());
        assertTrue(session.isClosed());
    }
}
