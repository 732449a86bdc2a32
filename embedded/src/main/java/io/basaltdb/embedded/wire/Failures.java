package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.ProtocolException;
import io.basaltdb.protocol.message.Failure;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.concurrent.ThreadLocalRandom;

/// Turns what was thrown into what a client is told. A mistake of ours is told without its inside:
/// a reference leads to the log.
final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Failure of(Throwable thrown) {
        if (thrown instanceof BasaltException e) {
            if (e.code().kind() == ErrorCode.Kind.INTERNAL) {
                LOG.log(System.Logger.Level.ERROR, "internal error", e);
            }
            return new Failure(
                    e.code().sqlState(), e.code().name(), e.text(), "", e.line(), e.column());
        }
        if (thrown instanceof ProtocolException e) {
            return of(ErrorCode.PROTOCOL_VIOLATION, String.valueOf(e.getMessage()));
        }
        if (thrown instanceof OutOfMemoryError) {
            LOG.log(System.Logger.Level.ERROR, "out of memory in a request", thrown);
            return of(ErrorCode.OUT_OF_MEMORY, "the process has no memory left for this request");
        }
        String reference = Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 24);
        LOG.log(System.Logger.Level.ERROR, "internal error, reference " + reference, thrown);
        return of(
                ErrorCode.INTERNAL,
                "internal error; the log has the cause under reference " + reference);
    }

    static Failure of(ErrorCode code, String message) {
        return new Failure(code.sqlState(), code.name(), message, "", 0, 0);
    }
}
