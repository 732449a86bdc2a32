package io.basaltdb.embedded.wire;

import io.basaltdb.embedded.rows.WireTypes;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.ipc.IpcWriter;
import io.basaltdb.protocol.message.Done;
import io.basaltdb.protocol.message.Prepare;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Schema;
import java.util.List;
import java.util.Map;

/// Prepares a statement, keeps it, and tells its parameters and columns.
final class PrepareTask implements StreamTask {
    private final int stream;
    private final Prepare request;
    private final Session session;
    private final Map<Integer, Session.Prepared> statements;

    PrepareTask(
            int stream,
            Prepare request,
            Session session,
            Map<Integer, Session.Prepared> statements) {
        this.stream = stream;
        this.request = request;
        this.session = session;
        this.statements = statements;
    }

    @Override
    public Turn step(FrameBuffer out) {
        check();
        Session.Prepared prepared = session.prepare(request.sql());
        statements.put(request.statement(), prepared);
        writeSchema(out, FrameType.FLAG_PARAMETERS, new Schema(prepared.parameters()));
        if (prepared.result().size() > 0) {
            writeSchema(out, 0, prepared.result());
        }
        new Done(0, "", 0, List.of()).write(out, stream);
        return Turn.ENDED;
    }

    private void check() {
        if (request.statement() == 0 || statements.containsKey(request.statement())) {
            throw new BasaltException(
                    ErrorCode.INVALID_STATEMENT_NAME,
                    "the statement number " + request.statement() + " is 0 or in use");
        }
        if (statements.size() >= Limits.PREPARED_STATEMENTS) {
            throw new BasaltException(
                    ErrorCode.CONFIGURATION_LIMIT,
                    "this connection keeps "
                            + Limits.PREPARED_STATEMENTS
                            + " prepared statements, the most it may; close some");
        }
    }

    private void writeSchema(FrameBuffer out, int flags, Schema schema) {
        out.begin(FrameType.SCHEMA, flags, stream);
        IpcWriter.writeSchema(out, WireTypes.schema(schema));
        out.end();
    }

    @Override
    public void release() {}
}
