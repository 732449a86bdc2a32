package io.basaltdb.embedded.wire;

import io.basaltdb.embedded.rows.ResultEncoder;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.message.Done;
import io.basaltdb.query.execution.Result;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs one statement and sends its rows as credit allows.
final class QueryTask implements StreamTask {
    private final int stream;
    private final Supplier<Result> start;
    private final Supplier<String> zone;
    private final boolean wantsDictionaries;
    private final long maxRows;
    private final StreamCredit credit;
    private @Nullable Result result;
    private @Nullable ResultEncoder encoder;

    /// @param zone gives the zone of the session, once the statement was started
    QueryTask(
            int stream,
            Supplier<Result> start,
            Supplier<String> zone,
            boolean wantsDictionaries,
            long maxRows,
            StreamCredit credit) {
        this.stream = stream;
        this.start = start;
        this.zone = zone;
        this.wantsDictionaries = wantsDictionaries;
        this.maxRows = maxRows;
        this.credit = credit;
    }

    @Override
    public Turn step(FrameBuffer out) {
        Result running = result;
        if (running == null) {
            running = start.get();
            result = running;
        }
        return running.schema().size() == 0 ? finish(running, out) : sendRows(running, out);
    }

    /// A statement without rows: its effect is complete once the result says that it ended.
    private Turn finish(Result running, FrameBuffer out) {
        while (running.next() != null) {}
        done(running, Math.max(0, running.updateCount()), out);
        return Turn.ENDED;
    }

    private Turn sendRows(Result running, FrameBuffer out) {
        ResultEncoder encoding = encoder;
        if (encoding == null) {
            encoding = new ResultEncoder(running, stream, wantsDictionaries, zone.get(), maxRows);
            encoder = encoding;
        }
        if (!credit.isThere()) {
            if (!encoding.endsHere()) {
                return Turn.WAIT;
            }
        } else if (!encoding.isEnded()) {
            int rows = encoding.writeNext(out);
            if (rows > 0) {
                credit.use();
            }
            if (!encoding.isEnded()) {
                return rows < ResultEncoder.FIRST_ROWS ? Turn.MORE : Turn.FLUSH;
            }
        }
        done(running, Done.ROWS, out);
        return Turn.ENDED;
    }

    private void done(Result running, long updateCount, FrameBuffer out) {
        String queryId = Long.toString(running.queryId());
        new Done(updateCount, queryId, running.commit(), List.of()).write(out, stream);
    }

    @Override
    public void release() {
        Result running = result;
        if (running != null) {
            running.close();
        }
    }
}
