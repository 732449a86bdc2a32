package io.basaltdb.embedded.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.embedded.fake.FakeDatabase;
import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.message.Capability;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.Query;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a session speaks of progress: while a request runs, to those who want it, never after its end.
@Timeout(60)
class SessionProgressTest {
    private final FakeDatabase database = new FakeDatabase();
    private final LinkedBlockingQueue<Runnable> timers = new LinkedBlockingQueue<>();
    private final Wire wire = new Wire();
    private final WireSession session =
            new WireSession(
                    database,
                    new WireOptions(
                            new Login.Open(), (_, action) -> timers.add(action), "Basalt", "test"),
                    wire,
                    wire);

    private static final class Wire implements FrameOutput, WireSession.Owner {
        private final List<FrameType> types = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void send(FrameBuffer frames) {
            FrameDecoder decoder = new FrameDecoder();
            decoder.setLimit(Limits.FRAME_BYTES);
            ByteBuffer bytes = ByteBuffer.wrap(frames.array(), 0, frames.size());
            for (Frame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
                types.add(frame.type());
            }
        }

        @Override
        public void offer(FrameBuffer frames) {
            send(frames);
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void close() {}

        @Override
        public void workIsThere() {}

        @Override
        public void sessionIsClosed() {}
    }

    private void hello(List<String> capabilities) {
        FrameBuffer out = new FrameBuffer(256);
        new ClientHello(1, 1, capabilities, Map.of(), "none", new byte[0]).write(out);
        session.receive(ByteBuffer.wrap(out.array(), 0, out.size()));
        session.workOnce();
    }

    private void query(String sql) {
        FrameBuffer out = new FrameBuffer(256);
        new Query(sql, 0, 4, 0, 0, Map.of(), new byte[0]).write(out, 1);
        session.receive(ByteBuffer.wrap(out.array(), 0, out.size()));
    }

    private void cancel() {
        FrameBuffer out = new FrameBuffer(16);
        out.begin(FrameType.CANCEL, 0, 1);
        out.end();
        session.receive(ByteBuffer.wrap(out.array(), 0, out.size()));
    }

    private Runnable nextTimer() throws InterruptedException {
        Runnable timer = timers.poll(30, TimeUnit.SECONDS);
        return timer == null ? () -> {} : timer;
    }

    @Test
    void tellsWhileARequestRunsAndNotAfterItsEnd() throws Exception {
        hello(List.of(Capability.PROGRESS));
        query("WAIT");
        CompletableFuture<Void> working = CompletableFuture.runAsync(session::workOnce);
        nextTimer().run();
        nextTimer().run();
        Runnable late = nextTimer();
        cancel();
        working.get();
        while (session.workOnce()) {}
        late.run();
        assertEquals(
                List.of(FrameType.WELCOME, FrameType.PROGRESS, FrameType.PROGRESS, FrameType.ERROR),
                wire.types);
        assertEquals(0, timers.size());
        session.close();
    }

    @Test
    void aTimerSetForOneRequestSaysNothingOfTheNext() throws Exception {
        hello(List.of(Capability.PROGRESS));
        query("UPDATE 1");
        while (session.workOnce()) {}
        Runnable late = nextTimer();
        query("WAIT");
        CompletableFuture<Void> working = CompletableFuture.runAsync(session::workOnce);
        ArrayDeque<Runnable> due = new ArrayDeque<>(List.of(late));
        while (timers.isEmpty()) {
            // The late timer sets the next one as soon as the second request runs.
            if (!due.isEmpty()) {
                due.poll().run();
            }
            Thread.sleep(1);
        }
        cancel();
        working.get();
        while (session.workOnce()) {}
        assertEquals(List.of(FrameType.WELCOME, FrameType.DONE, FrameType.ERROR), wire.types);
        session.close();
    }

    @Test
    void saysNothingToThoseWhoDoNotWantIt() throws Exception {
        hello(List.of(Capability.DICTIONARIES));
        query("UPDATE 1");
        while (session.workOnce()) {}
        assertEquals(0, timers.size());
        assertEquals(List.of(FrameType.WELCOME, FrameType.DONE), wire.types);
        session.close();
    }
}
