package io.basaltdb.embedded.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.embedded.fake.FakeDatabase;
import io.basaltdb.embedded.fake.FakeRows;
import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.LongBuffer;
import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.protocol.message.Credit;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.protocol.message.InsertBegin;
import io.basaltdb.protocol.message.Meta;
import io.basaltdb.protocol.message.Prepare;
import io.basaltdb.protocol.message.Query;
import io.basaltdb.protocol.message.Welcome;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every transport to a wire session does, whatever carries the frames.
@Timeout(60)
public abstract class TransportContract {
    protected final FakeDatabase database =
            new FakeDatabase().withTable("t", Type.BIGINT, Type.TEXT);
    private WireClient client;

    /// A fresh connection to a session of `database`.
    protected abstract Transport connect() throws IOException;

    @BeforeEach
    void open() throws IOException {
        client = new WireClient(connect());
    }

    @AfterEach
    void closeAndCheckForLeaks() throws InterruptedException {
        client.close();
        client.close();
        for (int i = 0; i < 200 && database.openSessions() + database.openResults() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, database.openResults());
        assertEquals(0, database.openSessions());
    }

    @Test
    void greets() throws IOException {
        Frame frame = client.hello(Map.of("schema", "sales"), "none", new byte[0]);
        Welcome welcome = Welcome.read(frame);
        assertEquals(1, welcome.version());
        assertEquals("sales", welcome.attributes().get("schema"));
        assertEquals(List.of("dictionaries"), welcome.capabilities());
    }

    @Test
    void refusesAWishAndEnds() throws IOException {
        Frame frame = client.hello(Map.of("schema", "missing"), "none", new byte[0]);
        assertEquals("3F000", Failure.read(frame).sqlState());
        assertNull(client.transport().receive());
    }

    @Test
    void smallAnswersAreWhole() throws IOException {
        client.hello();
        WireClient.Answer answer = client.ask("SELECT 41");
        assertEquals(1, answer.rowCount());
        assertEquals(41, answer.batches.get(0).column(0).longAt(0));
        assertEquals("INTEGER", answer.schema.field(0).metadata().get("basalt.type"));
        assertEquals(-1, answer.done.updateCount());
        assertEquals(42, answer.done.commit());
        assertEquals("7", answer.done.queryId());
    }

    @Test
    void manyRowsComeWholeAndInOrder() throws IOException {
        client.hello();
        WireClient.Answer answer = client.ask("ROWS 100000");
        assertTrue(answer.batches.get(0).rowCount() <= 1_024);
        long next = 0;
        for (WireBatch batch : answer.batches) {
            assertTrue(batch.rowCount() <= 65_536);
            next = checkRows(batch, next);
        }
        assertEquals(100_000, next);
        assertNotNull(answer.done);
        assertTrue(answer.batches.get(0).column(1).field().isEncoded());
    }

    private static long checkRows(WireBatch batch, long first) {
        for (int i = 0; i < batch.rowCount(); i++) {
            long row = first + i;
            assertEquals(row, batch.column(0).longAt(i));
            for (int column = 1; column < batch.columns().size(); column++) {
                assertEquals(FakeRows.isNull(row), batch.column(column).isNull(i));
            }
            if (FakeRows.isNull(row)) {
                continue;
            }
            assertEquals(FakeRows.colour(row), batch.column(1).textAt(i));
            assertEquals(FakeRows.note(row), batch.column(2).textAt(i));
            assertEquals(row, batch.column(3).decimalLowAt(i));
            assertEquals(row, batch.column(4).decimalLowAt(i));
            assertEquals(row % 2 == 0, batch.column(5).booleanAt(i));
            assertEquals(row * 0.5, batch.column(6).float64At(i));
            assertEquals((byte) row, batch.column(7).longAt(i));
            assertTrue(batch.column(8).longAt(i) < 3);
            assertEquals(row, batch.column(9).longAt(i));
        }
        return first + batch.rowCount();
    }

    @Test
    void noMoreBatchesThanCredit() throws IOException {
        client.hello();
        int stream = client.query("ROWS 50000", 2, 0, 0);
        client.transport().setReceiveTimeout(200);
        WireClient.Answer answer = new WireClient.Answer();
        assertThrows(
                SocketTimeoutException.class,
                () -> {
                    while (true) {
                        WireClient.take(answer, client.transport().receive());
                    }
                });
        assertEquals(2, answer.batches.size());
        client.transport().setReceiveTimeout(0);
        client.send(out -> new Credit(1_000).write(out, stream));
        while (answer.done == null) {
            WireClient.take(answer, client.transport().receive());
        }
        assertEquals(50_000, answer.rowCount());
    }

    @Test
    void otherStreamsGoOnWhileOneWaitsForCredit() throws IOException {
        client.hello();
        int slow = client.query("ROWS 50000", 1, 0, 0);
        int quick = client.query("SELECT 5", 1, 0, 0);
        WireClient.Answer slowAnswer = new WireClient.Answer();
        WireClient.Answer quickAnswer = new WireClient.Answer();
        while (quickAnswer.done == null) {
            Frame frame = client.transport().receive();
            WireClient.take(frame.stream() == slow ? slowAnswer : quickAnswer, frame);
        }
        assertEquals(5, quickAnswer.batches.get(0).column(0).longAt(0));
        client.empty(FrameType.CANCEL, slow);
        WireClient.Answer rest = client.read(slow);
        assertEquals("57014", rest.failure.sqlState());
        assertEquals(quick + 1, client.nextStream());
    }

    @Test
    void maxRowsEndTheAnswer() throws IOException {
        client.hello();
        WireClient.Answer answer = client.read(client.query("ROWS 50000", 100, 1_500, 0));
        assertEquals(1_500, answer.rowCount());
        assertNotNull(answer.done);
        assertEquals(0, database.openResults());
    }

    @Test
    void anErrorMayFollowRows() throws IOException {
        client.hello();
        WireClient.Answer answer = client.ask("ROWS 3000 FAIL");
        assertTrue(answer.rowCount() > 0);
        assertNull(answer.done);
        assertEquals("22012", answer.failure.sqlState());
        assertEquals(1, client.ask("SELECT 1").rowCount());
    }

    @Test
    void errorsSayWhere() throws IOException {
        client.hello();
        Failure failure = client.ask("FAIL").failure;
        assertEquals("42P01", failure.sqlState());
        assertEquals("UNDEFINED_TABLE", failure.code());
        assertEquals(1, failure.line());
        assertEquals(15, failure.column());
    }

    @Test
    void mistakesOfOursAreToldWithoutTheirInside() throws IOException {
        client.hello();
        Failure failure = client.ask("CRASH").failure;
        assertEquals("XX000", failure.sqlState());
        assertFalse(failure.message().contains("Exception"), failure.message());
        assertFalse(failure.message().contains("inside"), failure.message());
        assertEquals(1, client.ask("SELECT 1").rowCount());
    }

    @Test
    void aRunningStatementCanBeCancelled() throws Exception {
        client.hello();
        int stream = client.query("WAIT", 1, 0, 0);
        CompletableFuture<WireClient.Answer> answer =
                CompletableFuture.supplyAsync(() -> read(stream));
        Thread.sleep(50);
        long start = System.nanoTime();
        client.empty(FrameType.CANCEL, stream);
        assertEquals("57014", answer.get().failure.sqlState());
        assertTrue(System.nanoTime() - start < 1_000_000_000L);
        assertEquals(1, client.ask("SELECT 1").rowCount());
    }

    private WireClient.Answer read(int stream) {
        try {
            return client.read(stream);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTimeoutCancels() throws IOException {
        client.hello();
        WireClient.Answer answer = client.read(client.query("WAIT", 1, 0, 60));
        assertEquals("57014", answer.failure.sqlState());
        assertTrue(answer.failure.message().contains("60 ms"), answer.failure.message());
        assertEquals(1, client.ask("SELECT 1").rowCount());
    }

    @Test
    void updatesAreCounted() throws IOException {
        client.hello();
        WireClient.Answer answer = client.ask("UPDATE 17");
        assertNull(answer.schema);
        assertEquals(17, answer.done.updateCount());
    }

    @Test
    void statementsAreKept() throws IOException {
        client.hello();
        int prepare = client.nextStream();
        client.send(out -> new Prepare(9, "ECHO ? ?").write(out, prepare));
        WireClient.Answer answer = client.read(prepare);
        assertEquals(2, answer.parameters.size());
        int run = client.nextStream();
        client.send(out -> new Query("", 9, 1, 0, 0, Map.of(), new byte[0]).write(out, run));
        assertEquals("07001", client.read(run).failure.sqlState());
        int again = client.nextStream();
        client.send(out -> new Prepare(9, "SELECT 1").write(out, again));
        assertEquals("26000", client.read(again).failure.sqlState());
    }

    @Test
    void catalogQuestionsBindTheirPatterns() throws IOException {
        client.hello();
        int stream = client.nextStream();
        client.send(out -> new Meta(Meta.COLUMNS, null, "t", "c_").write(out, stream));
        WireClient.Answer answer = client.read(stream);
        assertEquals(2, answer.rowCount());
        int evil = client.nextStream();
        client.send(out -> new Meta(Meta.TABLES, null, "t'; DROP TABLE t; --").write(out, evil));
        assertEquals(0, client.read(evil).rowCount());
    }

    private static final WireSchema ROWS =
            WireSchema.of(
                    WireField.of("a", WireType.INT64, true),
                    WireField.of("b", WireType.UTF8, true));

    private static List<ColumnBuffer> rows(int first, int count, String text) {
        LongBuffer numbers = (LongBuffer) ColumnBuffer.of(WireType.INT64);
        TextBuffer texts = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
        for (int i = 0; i < count; i++) {
            numbers.append(first + i);
            if (i % 5 == 4) {
                texts.appendNull();
            } else {
                texts.append(text);
            }
        }
        return List.of(numbers, texts);
    }

    @Test
    void anInsertTakesEffectAtItsEnd() throws IOException {
        client.hello();
        int stream = client.beginInsert(InsertBegin.TABLE, "main.t", ROWS, List.of("c0", "c1"));
        client.sendRows(stream, rows(0, 10_000, "x"));
        client.sendRows(stream, rows(10_000, 10, "y"));
        assertEquals(1, client.ask("SELECT 1").rowCount());
        assertEquals(0, database.table("t").rows().size());
        WireClient.Answer answer = client.endInsert(stream, 10_010);
        assertEquals(10_010, answer.done.updateCount());
        assertEquals(1, database.commits());
        List<List<Value>> stored = database.table("t").rows();
        assertEquals(10_010, stored.size());
        for (int i = 0; i < stored.size(); i++) {
            assertEquals(Value.of((long) i), stored.get(i).get(0));
        }
        assertEquals(Value.NULL, stored.get(4).get(1));
        assertEquals(Value.of("y"), stored.get(10_000).get(1));
    }

    @Test
    void aPlainInsertStatementGoesInAsColumns() throws IOException {
        client.hello();
        int stream =
                client.beginInsert(
                        InsertBegin.STATEMENT, "insert into T values (?, ?)", ROWS, List.of());
        client.sendRows(stream, rows(0, 100, "x"));
        assertEquals(100, client.endInsert(stream, 100).done.updateCount());
        assertEquals(1, database.commits());
    }

    @Test
    void otherStatementsRunRowByRow() throws IOException {
        client.hello();
        int stream = client.beginInsert(InsertBegin.STATEMENT, "UPDATE 2 ? ?", ROWS, List.of());
        client.sendRows(stream, rows(0, 7, "x"));
        assertEquals(14, client.endInsert(stream, 7).done.updateCount());
    }

    @Test
    void aFailedInsertLeavesNothingAndTheConnectionUsable() throws IOException {
        client.hello();
        int stream = client.beginInsert(InsertBegin.TABLE, "t", ROWS, List.of("c0", "c1"));
        client.sendRows(stream, rows(0, 10, "x"));
        client.sendRows(stream, rows(10, 10, "bad"));
        assertEquals("23514", client.read(stream).failure.sqlState());
        client.sendRows(stream, rows(20, 10, "x"));
        client.send(out -> new io.basaltdb.protocol.message.InsertEnd(30).write(out, stream));
        assertEquals(1, client.ask("SELECT 1").rowCount());
        assertEquals(0, database.table("t").rows().size());
        assertEquals(0, database.commits());
    }

    @Test
    void aCancelledInsertLeavesNothing() throws IOException {
        client.hello();
        int stream = client.beginInsert(InsertBegin.TABLE, "t", ROWS, List.of("c0", "c1"));
        client.sendRows(stream, rows(0, 10, "x"));
        client.empty(FrameType.CANCEL, stream);
        assertEquals("57014", client.read(stream).failure.sqlState());
        assertEquals(0, database.table("t").rows().size());
        assertEquals(1, client.ask("SELECT 1").rowCount());
    }

    /// More than the session holds: sending must make it work, not grow.
    @Test
    void aLargeInsertFlows() throws IOException {
        client.hello();
        int stream = client.beginInsert(InsertBegin.TABLE, "t", ROWS, List.of("c0", "c1"));
        String text = "0123456789".repeat(100);
        for (int i = 0; i < 60; i++) {
            client.sendRows(stream, rows(i * 1_000, 1_000, text));
        }
        assertEquals(60_000, client.endInsert(stream, 60_000).done.updateCount());
    }

    @Test
    void aWrongRowCountEndsTheConnection() throws IOException {
        client.hello();
        int stream = client.beginInsert(InsertBegin.TABLE, "t", ROWS, List.of("c0", "c1"));
        client.sendRows(stream, rows(0, 10, "x"));
        assertEquals("08P01", client.endInsert(stream, 11).failure.sqlState());
        assertEquals(0, database.table("t").rows().size());
    }

    @Test
    void pingsAreAnsweredWhileAStatementRuns() throws Exception {
        client.hello();
        int waiting = client.query("WAIT", 1, 0, 0);
        int ping = client.nextStream();
        client.empty(FrameType.PING, ping);
        List<Frame> frames = new ArrayList<>();
        frames.add(client.transport().receive());
        assertEquals(FrameType.DONE, frames.get(0).type());
        assertEquals(ping, frames.get(0).stream());
        client.empty(FrameType.CANCEL, waiting);
        assertEquals("57014", client.read(waiting).failure.sqlState());
    }

    @Test
    void unknownFramesAreSkippedUnlessTheyMustNotBe() throws IOException {
        client.hello();
        client.send(out -> putUnknown(out, 0, 77));
        assertEquals(1, client.ask("SELECT 1").rowCount());
        client.send(out -> putUnknown(out, FrameType.FLAG_MANDATORY, 78));
        assertEquals("0A000", client.read(78).failure.sqlState());
        assertEquals(1, client.ask("SELECT 1").rowCount());
    }

    private static void putUnknown(FrameBuffer out, int flags, int stream) {
        out.putInt(3);
        out.putByte(0x3F);
        out.putByte(flags);
        out.putShort(stream);
        out.putZeros(3);
    }

    @Test
    void aSecondRequestOnAStreamEndsTheConnection() throws IOException {
        client.hello();
        int stream = client.query("ROWS 50000", 1, 0, 0);
        client.send(
                out -> new Query("SELECT 1", 0, 1, 0, 0, Map.of(), new byte[0]).write(out, stream));
        Frame frame = client.transport().receive();
        while (frame != null && frame.stream() != 0) {
            frame = client.transport().receive();
        }
        assertEquals("08P01", Failure.read(frame).sqlState());
        assertNull(client.transport().receive());
    }

    @Test
    void closingWakesWhoReceives() throws Exception {
        client.hello();
        client.query("WAIT", 1, 0, 0);
        CompletableFuture<String> reading =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        Frame frame = client.transport().receive();
                        return String.valueOf(frame);
                    } catch (IOException e) {
                        return "closed";
                    }
                });
        Thread.sleep(50);
        client.close();
        assertEquals("closed", reading.get());
        assertTrue(client.transport().isClosed());
        assertThrows(IOException.class, () -> client.query("SELECT 1", 1, 0, 0));
    }
}
