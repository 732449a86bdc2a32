package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.IpcReader;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.message.Capability;
import io.basaltdb.protocol.message.ClientHello;
import io.basaltdb.protocol.message.Credit;
import io.basaltdb.protocol.message.Done;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.protocol.message.InsertBegin;
import io.basaltdb.protocol.message.InsertEnd;
import io.basaltdb.protocol.message.Query;
import io.basaltdb.protocol.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A client for tests: frames by hand over a transport.
public final class WireClient implements AutoCloseable {
    /// What a stream answered, until it ended.
    public static final class Answer {
        public WireSchema schema;
        public WireSchema parameters;
        public final List<WireBatch> batches = new ArrayList<>();
        public Done done;
        public Failure failure;
        private IpcReader reader;

        public int rowCount() {
            return batches.stream().mapToInt(WireBatch::rowCount).sum();
        }
    }

    private final Transport transport;
    private int nextStream = 1;

    public WireClient(Transport transport) {
        this.transport = transport;
        transport.setFrameLimit(Limits.FRAME_BYTES);
    }

    public Transport transport() {
        return transport;
    }

    public Frame hello(Map<String, String> attributes, String method, byte[] credential)
            throws IOException {
        send(out ->
                new ClientHello(
                                1,
                                1,
                                List.of(Capability.DICTIONARIES),
                                attributes,
                                method,
                                credential)
                        .write(out));
        return transport.receive();
    }

    public Frame hello() throws IOException {
        return hello(Map.of(), "none", new byte[0]);
    }

    public void send(Consumer<FrameBuffer> writer) throws IOException {
        FrameBuffer out = new FrameBuffer(256);
        writer.accept(out);
        transport.send(out);
    }

    public int query(String sql, int credit, long maxRows, int timeoutMillis) throws IOException {
        int stream = nextStream++;
        send(out ->
                new Query(sql, 0, credit, maxRows, timeoutMillis, Map.of(), new byte[0])
                        .write(out, stream));
        return stream;
    }

    /// Runs a query and reads its whole answer, giving credit back batch by batch.
    public Answer ask(String sql) throws IOException {
        return read(query(sql, 2, 0, 0));
    }

    public Answer read(int stream) throws IOException {
        Answer answer = new Answer();
        while (answer.done == null && answer.failure == null) {
            Frame frame = transport.receive();
            if (frame == null) {
                throw new IOException("the connection ended");
            }
            if (frame.stream() != stream) {
                if (frame.stream() == 0 && frame.type() == FrameType.ERROR) {
                    answer.failure = Failure.read(frame);
                    return answer;
                }
                throw new AssertionError("unexpected " + frame);
            }
            if (take(answer, frame)) {
                send(out -> new Credit(1).write(out, stream));
            }
        }
        return answer;
    }

    /// Adds a frame to an answer; returns whether it used credit.
    public static boolean take(Answer answer, Frame frame) {
        switch (frame.type()) {
            case SCHEMA -> {
                WireSchema schema = IpcReader.readSchema(frame.payload(), 0, frame.length());
                if (frame.has(FrameType.FLAG_PARAMETERS)) {
                    answer.parameters = schema;
                } else {
                    answer.schema = schema;
                    answer.reader = new IpcReader(schema);
                }
            }
            case DATA -> {
                WireBatch batch = answer.reader.read(frame.payload(), 0, frame.length());
                if (batch != null) {
                    answer.batches.add(batch);
                    return true;
                }
            }
            case DONE -> answer.done = Done.read(frame);
            case ERROR -> answer.failure = Failure.read(frame);
            default -> throw new AssertionError("unexpected " + frame);
        }
        return false;
    }

    public int beginInsert(int target, String text, WireSchema schema, List<String> columns)
            throws IOException {
        int stream = nextStream++;
        byte[] schemaBytes = IpcWriter.schemaBytes(schema);
        send(out -> new InsertBegin(target, text, columns, "", 0, schemaBytes).write(out, stream));
        return stream;
    }

    public void sendRows(int stream, List<ColumnBuffer> columns) throws IOException {
        send(out -> {
            out.begin(FrameType.INSERT_DATA, 0, stream);
            IpcWriter.writeRecordBatch(out, columns.get(0).rowCount(), columns);
            out.end();
        });
    }

    public Answer endInsert(int stream, long rows) throws IOException {
        send(out -> new InsertEnd(rows).write(out, stream));
        return read(stream);
    }

    public void empty(FrameType type, int stream) throws IOException {
        send(out -> {
            out.begin(type, 0, stream);
            out.end();
        });
    }

    public int nextStream() {
        return nextStream++;
    }

    @Override
    public void close() {
        transport.close();
    }
}
