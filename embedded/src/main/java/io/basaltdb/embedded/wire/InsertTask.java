package io.basaltdb.embedded.wire;

import io.basaltdb.embedded.rows.BatchDecoder;
import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.ipc.IpcReader;
import io.basaltdb.protocol.ipc.WireBatch;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.message.Done;
import io.basaltdb.protocol.message.InsertBegin;
import io.basaltdb.protocol.message.InsertEnd;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes the rows of one insert and puts them into the table at the end, all at once.
final class InsertTask implements StreamTask {
    private final int stream;
    private final InsertBegin request;
    private final Session session;
    private final Supplier<@Nullable Frame> inbox;
    private final int columnCount;
    private IpcReader reader;
    private @Nullable RowTarget target;
    private long rowCount;

    InsertTask(int stream, InsertBegin request, Session session, Supplier<@Nullable Frame> inbox) {
        this.stream = stream;
        this.request = request;
        this.session = session;
        this.inbox = inbox;
        this.reader =
                new IpcReader(IpcReader.readSchema(request.schema(), 0, request.schema().length));
        this.columnCount = reader.schema().size();
    }

    @Override
    public Turn step(FrameBuffer out) {
        RowTarget open = target;
        if (open == null) {
            open = openTarget();
            target = open;
        }
        Frame frame = inbox.get();
        if (frame == null) {
            return Turn.WAIT;
        }
        if (frame.type() == FrameType.INSERT_DATA) {
            append(open, frame);
            return Turn.MORE;
        }
        checkCount(InsertEnd.read(frame).rows());
        new Done(open.commit(), "", 0, List.of()).write(out, stream);
        return Turn.ENDED;
    }

    private void append(RowTarget open, Frame frame) {
        if (IpcReader.isSchema(frame.payload(), 0, frame.length())) {
            retype(IpcReader.readSchema(frame.payload(), 0, frame.length()));
            return;
        }
        WireBatch batch = reader.read(frame.payload(), 0, frame.length());
        if (batch != null) {
            open.append(batch);
            rowCount += batch.rowCount();
        }
    }

    private void retype(WireSchema schema) {
        if (schema.size() != columnCount) {
            throw new ProtocolException(
                    "an insert of " + columnCount + " columns goes on with " + schema.size());
        }
        reader = new IpcReader(schema);
    }

    private void checkCount(long announced) {
        if (announced != rowCount) {
            throw new ProtocolException("an insert of " + announced + " rows brought " + rowCount);
        }
    }

    private RowTarget openTarget() {
        if (request.target() == InsertBegin.TABLE) {
            return intoTable();
        }
        Session.BulkInsert insert = session.insert(request.text(), columnCount, request.token());
        return insert == null
                ? new RowTarget.Statement(session, request.text(), request.token())
                : new RowTarget.Table(insert, new BatchDecoder(insert.columns()));
    }

    private RowTarget intoTable() {
        TableName name = TableName.read(request.text());
        if (name == null) {
            throw new BasaltException(
                    ErrorCode.SYNTAX_ERROR,
                    "expected a table name, which may have a schema before it, found "
                            + request.text());
        }
        String schema = name.schema();
        Session.BulkInsert insert =
                session.insert(
                        schema == null ? session.currentSchema() : schema,
                        name.table(),
                        request.columns(),
                        request.token());
        if (insert.columns().size() != columnCount) {
            insert.close();
            throw new BasaltException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "the rows have "
                            + columnCount
                            + " columns, which are not those of table "
                            + request.text());
        }
        return new RowTarget.Table(insert, new BatchDecoder(insert.columns()));
    }

    @Override
    public void release() {
        RowTarget open = target;
        if (open != null) {
            open.close();
        }
    }
}
