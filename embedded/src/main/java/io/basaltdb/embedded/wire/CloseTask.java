package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.message.Done;
import io.basaltdb.query.session.Session;
import java.util.List;
import java.util.Map;

/// Forgets a kept statement.
final class CloseTask implements StreamTask {
    private final int stream;
    private final int statement;
    private final Map<Integer, Session.Prepared> statements;

    CloseTask(int stream, int statement, Map<Integer, Session.Prepared> statements) {
        this.stream = stream;
        this.statement = statement;
        this.statements = statements;
    }

    @Override
    public Turn step(FrameBuffer out) {
        Session.Prepared prepared = statements.remove(statement);
        if (prepared != null) {
            prepared.close();
        }
        new Done(0, "", 0, List.of()).write(out, stream);
        return Turn.ENDED;
    }

    @Override
    public void release() {}
}
