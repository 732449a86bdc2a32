package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameDecoder;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.Credit;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.protocol.message.Version;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One client's conversation, as the package describes: [#receive] takes bytes in and never waits,
/// [#workOnce] does the work and writes frames.
///
/// What both sides touch (open streams, the queue of those that can go on, the state) is guarded by
/// `lock`; only a few lines run under it, among them the call that cancels a statement, so that it
/// cannot hit the next one. The engine's session and the output buffer belong to whoever holds
/// `worker`, one thread at a time.
public final class WireSession implements AutoCloseable {
    private static final long INBOX_BYTES = 32L << 20;
    private static final int FLUSH_BYTES = 32 << 10;
    private static final int PROGRESS_MILLIS = 100;

    private enum State {
        /// HELLO has not come.
        NEW,
        /// The client was let in.
        OPEN,
        /// A reason to end is known; the worker will tell the client.
        FAILED,
        /// The connection is gone; the worker will give back what is held.
        CLOSING,
        /// Everything was given back.
        CLOSED
    }

    private final WireOptions options;
    private final FrameOutput output;
    private final Owner owner;
    private final Object lock = new Object();
    private final ReentrantLock worker = new ReentrantLock();
    private final FrameDecoder decoder = new FrameDecoder();
    private final FrameBuffer out = new FrameBuffer(4 << 10);
    private final TaskFactory tasks;

    private final Map<Integer, WireStream> streams = new HashMap<>();
    private final ArrayDeque<WireStream> ready = new ArrayDeque<>();
    private State state = State.NEW;
    private @Nullable ClientHello hello;
    private @Nullable Failure failure;
    private @Nullable WireStream running;
    private long inboxBytes;
    private boolean isWatched;

    /// Who runs the session: told when to call [#workOnce], and when everything was given back.
    public interface Owner {
        /// There is work, and may have been none before. Called from any thread; must not wait.
        void workIsThere();

        /// The session is closed and holds nothing of the engine any more. Called once.
        void sessionIsClosed();
    }

    public WireSession(SessionSource source, WireOptions options, FrameOutput output, Owner owner) {
        this.options = options;
        this.output = output;
        this.owner = owner;
        this.tasks = new TaskFactory(source, options);
    }

    /// Takes in bytes from the client. Called by one thread at a time; never waits.
    public void receive(ByteBuffer bytes) {
        if (!takesInput()) {
            return;
        }
        try {
            for (Frame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
                accept(frame);
            }
        } catch (ProtocolException e) {
            fail(Failures.of(e));
        }
    }

    /// Ends the session from outside, telling the client why.
    public void shutDown(ErrorCode code, String message) {
        fail(Failures.of(code, message));
    }

    /// Whether the client has said hello and was let in.
    public boolean isOpen() {
        synchronized (lock) {
            return state == State.OPEN;
        }
    }

    /// Whether nothing more will happen: closed, by either side or by a failure.
    public boolean isClosed() {
        synchronized (lock) {
            return state == State.CLOSED;
        }
    }

    /// Whether no request is open.
    public boolean isIdle() {
        synchronized (lock) {
            return streams.isEmpty() && hello == null && failure == null;
        }
    }

    /// Whether further bytes should be taken in; false while much waits for the worker.
    public boolean wantsInput() {
        synchronized (lock) {
            return inboxBytes < INBOX_BYTES && takesInput();
        }
    }

    private boolean takesInput() {
        synchronized (lock) {
            return state == State.NEW || state == State.OPEN;
        }
    }

    // ---- intake ----

    private void accept(Frame frame) {
        boolean answerNow = false;
        synchronized (lock) {
            switch (state) {
                case NEW -> greet(frame);
                case OPEN -> answerNow = dispatch(frame);
                case FAILED, CLOSING, CLOSED -> {
                    return;
                }
            }
        }
        if (answerNow) {
            pong(frame.stream());
        }
        owner.workIsThere();
    }

    private void greet(Frame frame) {
        if (frame.type() != FrameType.HELLO || frame.stream() != 0) {
            throw new ProtocolException("the first frame must be HELLO, but is a " + frame);
        }
        ClientHello greeting = ClientHello.read(frame);
        if (Version.negotiate(greeting.minVersion(), greeting.maxVersion()) == Version.NONE) {
            fail(
                    Failures.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "the client speaks versions %d to %d of the protocol, this server %d to %d"
                                    .formatted(
                                            greeting.minVersion(),
                                            greeting.maxVersion(),
                                            Version.OLDEST,
                                            Version.NEWEST)));
        } else if (!options.login().admits(greeting)) {
            fail(
                    Failures.of(
                            ErrorCode.INVALID_AUTHORIZATION,
                            "the login failed: give the token that the server was started with"));
        } else {
            hello = greeting;
            state = State.OPEN;
            decoder.setLimit(Limits.FRAME_BYTES);
        }
    }

    /// Returns whether the frame is a PING that can be answered at once.
    private boolean dispatch(Frame frame) {
        FrameType type = frame.type();
        if (type == null) {
            if (frame.has(FrameType.FLAG_MANDATORY)) {
                open(frame);
            }
            return false;
        }
        return switch (type) {
            case CREDIT -> {
                credit(frame);
                yield false;
            }
            case CANCEL -> {
                cancelByClient(streams.get(frame.stream()));
                yield false;
            }
            case INSERT_DATA, INSERT_END -> {
                insertFrame(frame, type);
                yield false;
            }
            case PING -> {
                boolean canAnswer =
                        hello == null
                                && !streams.containsKey(frame.stream())
                                && output.isWritable();
                if (!canAnswer) {
                    open(frame);
                }
                yield canAnswer;
            }
            case QUERY, PREPARE, CLOSE, INSERT_BEGIN, META, COMPLETE -> {
                open(frame);
                yield false;
            }
            case HELLO, WELCOME, SCHEMA, DATA, PROGRESS, PROFILE, DONE, ERROR ->
                    throw new ProtocolException("unexpected " + frame);
        };
    }

    private void open(Frame frame) {
        int id = frame.stream();
        if (id == 0 || streams.containsKey(id)) {
            throw new ProtocolException(frame + ": the stream is " + (id == 0 ? "0" : "in use"));
        }
        if (streams.size() >= Limits.OPEN_STREAMS) {
            throw new ProtocolException(
                    frame
                            + ": "
                            + Limits.OPEN_STREAMS
                            + " streams are open, the most there may be");
        }
        WireStream stream = new WireStream(id, frame.type() == FrameType.INSERT_BEGIN);
        streams.put(id, stream);
        enqueue(stream, frame);
    }

    private void credit(Frame frame) {
        WireStream stream = streams.get(frame.stream());
        if (stream != null) {
            stream.addCredit(Credit.read(frame).batches());
            makeReady(stream);
        }
    }

    private void insertFrame(Frame frame, FrameType type) {
        WireStream stream = streams.get(frame.stream());
        if (stream == null || !stream.isInsert()) {
            throw new ProtocolException("unexpected " + frame + ": no insert is open there");
        }
        if (type == FrameType.INSERT_END) {
            stream.endInput();
        }
        if (!stream.isDraining()) {
            enqueue(stream, frame);
        } else if (type == FrameType.INSERT_END) {
            streams.remove(stream.id());
        }
    }

    private void enqueue(WireStream stream, Frame frame) {
        stream.inbox().add(frame);
        inboxBytes += frame.length();
        makeReady(stream);
    }

    private void makeReady(WireStream stream) {
        if (!stream.isReady() && !stream.isDraining()) {
            stream.setReady(true);
            ready.add(stream);
        }
    }

    /// The client sends nothing more on a stream that it has cancelled.
    private void cancelByClient(@Nullable WireStream stream) {
        if (stream == null) {
            return;
        }
        stream.endInput();
        if (stream.isDraining()) {
            streams.remove(stream.id());
        } else {
            cancel(stream, "the statement was cancelled by its user");
        }
    }

    private void cancel(WireStream stream, String reason) {
        stream.cancel(reason);
        if (running == stream) {
            tasks.cancelRunning();
        }
        makeReady(stream);
    }

    private void pong(int stream) {
        FrameBuffer answer = new FrameBuffer(64);
        new PingTask(stream).step(answer);
        output.send(answer);
    }

    private void fail(Failure reason) {
        synchronized (lock) {
            if (state != State.NEW && state != State.OPEN) {
                return;
            }
            failure = reason;
            state = State.FAILED;
            if (running != null) {
                running.cancel(reason.message());
                tasks.cancelRunning();
            }
        }
        owner.workIsThere();
    }

    // ---- work ----

    /// Does one piece of work, if there is any; returns whether there was. Waits for the engine and
    /// for the output.
    public boolean workOnce() {
        boolean worked = false;
        worker.lock();
        try {
            worked = work();
        } catch (OutputClosedException e) {
            close();
        } finally {
            worker.unlock();
        }
        giveBackIfClosing();
        return worked;
    }

    private boolean work() {
        ClientHello greeting;
        Failure reason;
        WireStream stream;
        synchronized (lock) {
            if (state == State.CLOSING || state == State.CLOSED) {
                return false;
            }
            reason = failure;
            greeting = hello;
            hello = null;
            boolean isFirst = greeting != null || reason != null;
            stream = isFirst ? null : nextReady();
            running = stream;
            watch();
        }
        if (reason != null) {
            sayGoodbye(reason);
        } else if (greeting != null) {
            welcome(greeting);
        } else if (stream != null) {
            turn(stream);
        }
        return reason != null || greeting != null || stream != null;
    }

    /// The next stream that can go on; those that have ended since they were queued are passed over.
    private @Nullable WireStream nextReady() {
        WireStream stream = ready.poll();
        while (stream != null && stream.isDraining()) {
            stream = ready.poll();
        }
        if (stream != null) {
            stream.setReady(false);
        }
        return stream;
    }

    private void welcome(ClientHello greeting) {
        try {
            tasks.openSession(greeting, out);
            flush();
        } catch (OutputClosedException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            out.clear();
            fail(Failures.of(e));
        }
    }

    private void sayGoodbye(Failure reason) {
        out.clear();
        reason.write(out, 0);
        try {
            flush();
        } finally {
            close();
        }
    }

    /// Lets one stream go on until it has sent something, waits or has ended.
    private void turn(WireStream stream) {
        StreamTask.Turn turn = StreamTask.Turn.ENDED;
        try {
            StreamTask task = stream.task();
            if (task == null) {
                task = tasks.create(takeFrame(stream), streamView(stream));
                stream.setTask(task);
                expireLater(stream);
            }
            do {
                checkNotCancelled(stream);
                turn = task.step(out);
            } while (turn == StreamTask.Turn.MORE && out.size() < FLUSH_BYTES);
        } catch (OutputClosedException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            endWithFailure(stream, e);
            return;
        }
        finishTurn(stream, turn);
    }

    private void finishTurn(WireStream stream, StreamTask.Turn turn) {
        if (turn == StreamTask.Turn.ENDED) {
            end(stream, false);
        }
        synchronized (lock) {
            running = null;
            if (turn == StreamTask.Turn.MORE || turn == StreamTask.Turn.FLUSH) {
                makeReady(stream);
            } else if (turn == StreamTask.Turn.WAIT && hasNews(stream)) {
                makeReady(stream);
            }
        }
        flush();
    }

    /// Credit, frames or a cancellation may have come while the task was about to wait.
    private static boolean hasNews(WireStream stream) {
        return !stream.inbox().isEmpty() || stream.cancelReason() != null;
    }

    private void checkNotCancelled(WireStream stream) {
        String reason;
        synchronized (lock) {
            reason = stream.cancelReason();
        }
        if (reason != null) {
            throw new BasaltException(ErrorCode.QUERY_CANCELED, reason);
        }
    }

    private void endWithFailure(WireStream stream, Throwable thrown) {
        boolean isFatal = thrown instanceof ProtocolException;
        end(stream, true);
        Failure told = Failures.of(cause(stream, thrown));
        synchronized (lock) {
            running = null;
        }
        if (isFatal) {
            fail(told);
            return;
        }
        told.write(out, stream.id());
        flush();
    }

    /// Why the request was cancelled is known here; the engine only knows that it was.
    private Throwable cause(WireStream stream, Throwable thrown) {
        synchronized (lock) {
            String reason = stream.cancelReason();
            if (reason != null
                    && thrown instanceof BasaltException e
                    && e.code() == ErrorCode.QUERY_CANCELED) {
                return new BasaltException(ErrorCode.QUERY_CANCELED, reason);
            }
            return thrown;
        }
    }

    /// Gives back what the request holds. A failed insert stays open until its last frame has come.
    private void end(WireStream stream, boolean isFailed) {
        StreamTask task = stream.task();
        try {
            if (task != null) {
                task.release();
            }
        } catch (RuntimeException e) {
            // The request has ended; what closing it says must not hide how.
            Failures.of(e);
        }
        synchronized (lock) {
            boolean mayBringMore = isFailed && stream.isInsert() && !stream.isInputEnded();
            stream.inbox().forEach(frame -> inboxBytes -= frame.length());
            stream.drain();
            if (!mayBringMore) {
                streams.remove(stream.id());
            }
        }
    }

    private @Nullable Frame pollFrame(WireStream stream) {
        boolean wasFull;
        Frame frame;
        synchronized (lock) {
            wasFull = inboxBytes >= INBOX_BYTES;
            frame = stream.inbox().poll();
            if (frame != null) {
                inboxBytes -= frame.length();
            }
        }
        if (wasFull) {
            owner.workIsThere();
        }
        return frame;
    }

    private Frame takeFrame(WireStream stream) {
        Frame frame = pollFrame(stream);
        if (frame == null) {
            throw new ProtocolException("stream " + stream.id() + " has no request");
        }
        return frame;
    }

    private TaskFactory.View streamView(WireStream stream) {
        return new TaskFactory.View() {
            @Override
            public boolean isThere() {
                synchronized (lock) {
                    return stream.credit() > 0;
                }
            }

            @Override
            public void use() {
                synchronized (lock) {
                    stream.addCredit(-1);
                }
            }

            @Override
            public void grant(int batches) {
                synchronized (lock) {
                    stream.addCredit(batches);
                }
            }

            @Override
            public @Nullable Frame poll() {
                return pollFrame(stream);
            }
        };
    }

    // ---- progress ----

    /// Sees to it that the client hears of what runs, if it runs long. One timer per session, and
    /// none while nothing runs. Called under the lock.
    private void watch() {
        if (running != null && !isWatched && tasks.wantsProgress()) {
            isWatched = true;
            WireStream seen = running;
            options.timer().after(PROGRESS_MILLIS, () -> report(seen));
        }
    }

    /// Tells how far a request is that still runs. Under the lock, so that no PROGRESS follows the
    /// end of its stream; it can be dropped, and never waits.
    private void report(WireStream seen) {
        synchronized (lock) {
            isWatched = false;
            if (state == State.OPEN && running == seen && !seen.isDraining()) {
                FrameBuffer frame = new FrameBuffer(64);
                if (tasks.writeProgress(seen.id(), frame)) {
                    output.offer(frame);
                }
            }
            watch();
        }
    }

    private void expireLater(WireStream stream) {
        int timeoutMillis = tasks.timeoutMillis();
        if (timeoutMillis > 0) {
            String reason = "the statement ran longer than its timeout of " + timeoutMillis + " ms";
            options.timer().after(timeoutMillis, () -> expire(stream, reason));
        }
    }

    private void expire(WireStream stream, String reason) {
        synchronized (lock) {
            if (streams.get(stream.id()) == stream && !stream.isDraining()) {
                cancel(stream, reason);
            }
        }
        owner.workIsThere();
    }

    private void flush() {
        if (!out.isEmpty()) {
            output.send(out);
            out.clear();
        }
    }

    /// Ends the session and stops what runs. Never waits: what is held is given back here or, if a
    /// worker is at it, by the worker. Closing again does nothing.
    @Override
    public void close() {
        synchronized (lock) {
            if (state == State.CLOSING || state == State.CLOSED) {
                return;
            }
            state = State.CLOSING;
        }
        output.close();
        synchronized (lock) {
            if (running != null) {
                running.cancel("the connection was closed");
                tasks.cancelRunning();
            }
        }
        giveBackIfClosing();
        owner.workIsThere();
    }

    private void giveBackIfClosing() {
        while (isClosing() && !worker.isHeldByCurrentThread() && worker.tryLock()) {
            try {
                giveBack();
            } finally {
                worker.unlock();
            }
        }
    }

    private boolean isClosing() {
        synchronized (lock) {
            return state == State.CLOSING;
        }
    }

    private void giveBack() {
        if (!isClosing()) {
            return;
        }
        for (WireStream stream : streams.values()) {
            StreamTask task = stream.task();
            if (task != null) {
                release(task);
            }
        }
        tasks.close();
        synchronized (lock) {
            streams.clear();
            ready.clear();
            state = State.CLOSED;
        }
        owner.sessionIsClosed();
    }

    private static void release(StreamTask task) {
        try {
            task.release();
        } catch (RuntimeException e) {
            // The client is gone; the log keeps what closing said.
            Failures.of(e);
        }
    }
}
