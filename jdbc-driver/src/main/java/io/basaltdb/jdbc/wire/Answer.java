package io.basaltdb.jdbc.wire;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.ipc.IpcReader;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.message.Credit;
import io.basaltdb.protocol.message.Done;
import io.basaltdb.protocol.message.Failure;
import org.jspecify.annotations.Nullable;

/// What one request gives, read as it arrives. Used by one thread at a time, except [#cancel].
public final class Answer implements BatchSource {
    private final WireConnection connection;
    private final int stream;
    private @Nullable WireSchema parameters;
    private @Nullable WireSchema schema;
    private @Nullable IpcReader reader;
    private @Nullable Done done;
    private final int credit;
    private int used;
    private volatile boolean isEnded;

    /// @param credit how many record batches the server was permitted to send
    Answer(WireConnection connection, int stream, int credit) {
        this.connection = connection;
        this.stream = stream;
        this.credit = credit;
    }

    /// Waits until it is known whether rows come; returns their columns, or null if there are none.
    public @Nullable WireSchema awaitSchema() throws WireException {
        while (schema == null && !isEnded) {
            advance();
        }
        return schema;
    }

    /// The columns of the rows, once [#awaitSchema] has said that there are some.
    @Override
    public WireSchema schema() {
        WireSchema known = schema;
        if (known == null) {
            throw new IllegalStateException("the answer has no rows");
        }
        return known;
    }

    /// The parameters of a prepared statement; null before the end or if there are none.
    public @Nullable WireSchema parameters() {
        return parameters;
    }

    /// The next rows, or null at the end. Permits the server to send as many more.
    @Override
    public @Nullable WireBatch next() throws WireException {
        while (!isEnded) {
            WireBatch batch = advance();
            if (batch != null) {
                giveCredit();
                return batch;
            }
        }
        return null;
    }

    /// Half of the credit at a time: small answers need no frame for it, large ones never run dry.
    private void giveCredit() throws WireException {
        used++;
        if (used >= Math.max(1, credit / 2)) {
            FrameBuffer out = new FrameBuffer(64);
            new Credit(used).write(out, stream);
            connection.send(out);
            used = 0;
        }
    }

    /// Waits for the end and returns what it says; rows on the way are dropped.
    public Done awaitDone() throws WireException {
        while (next() != null) {}
        Done end = done;
        if (end == null) {
            throw new WireException("57014", "the request was given up", false, null);
        }
        return end;
    }

    /// Whether nothing more will come.
    public boolean isEnded() {
        return isEnded;
    }

    private @Nullable WireBatch advance() throws WireException {
        Frame frame = connection.take(stream);
        FrameType type = frame.type();
        try {
            if (type != null) {
                return take(type, frame);
            }
        } catch (ProtocolException e) {
            connection.close();
            throw new WireException(
                    ProtocolException.SQL_STATE, String.valueOf(e.getMessage()), true, e);
        }
        return null;
    }

    private @Nullable WireBatch take(FrameType type, Frame frame) throws WireException {
        switch (type) {
            case SCHEMA:
                takeSchema(frame);
                return null;
            case DATA:
                return takeData(frame);
            case DONE:
                done = Done.read(frame);
                end();
                return null;
            case ERROR:
                end();
                throw new WireException(Failure.read(frame), false);
            default:
                return null;
        }
    }

    private void takeSchema(Frame frame) {
        WireSchema read = IpcReader.readSchema(frame.payload(), 0, frame.length());
        if (frame.has(FrameType.FLAG_PARAMETERS)) {
            parameters = read;
        } else {
            schema = read;
            reader = new IpcReader(read);
        }
    }

    private @Nullable WireBatch takeData(Frame frame) {
        IpcReader open = reader;
        if (open == null) {
            throw new ProtocolException("rows come before their columns");
        }
        return open.read(frame.payload(), 0, frame.length());
    }

    private void end() {
        isEnded = true;
        connection.closeStream(stream);
    }

    /// Asks the server to stop; the answer then ends with an error. Called from any thread.
    public void cancel() throws WireException {
        if (!isEnded) {
            FrameBuffer out = new FrameBuffer(64);
            out.begin(FrameType.CANCEL, 0, stream);
            out.end();
            connection.send(out);
        }
    }

    /// Gives up what has not been read. Never fails: the rows are no longer wanted.
    @Override
    public void close() {
        if (isEnded) {
            return;
        }
        try {
            cancel();
            while (!isEnded) {
                advance();
            }
        } catch (WireException e) {
            // Either the cancellation arrived, or the connection is gone: nothing is left to read.
            end();
        }
    }
}
