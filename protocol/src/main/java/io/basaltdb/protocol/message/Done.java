package io.basaltdb.protocol.message;

import io.basaltdb.protocol.frame.Frame;
import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.FrameType;
import io.basaltdb.protocol.frame.PayloadReader;
import java.util.List;

/// Payload of DONE: the request ended well.
public final class Done {
    private final long updateCount;
    private final String queryId;
    private final long commit;
    private final List<String> warnings;

    public Done(long updateCount, String queryId, long commit, List<String> warnings) {
        this.updateCount = updateCount;
        this.queryId = queryId;
        this.commit = commit;
        this.warnings = List.copyOf(warnings);
    }

    /// Reads the payload of `frame`.
    public static Done read(Frame frame) {
        PayloadReader in = frame.reader();
        long updateCount = in.readLong();
        String queryId = in.readString();
        long commit = in.readLong();
        List<String> warnings = in.readStrings();
        return new Done(updateCount, queryId, commit, warnings);
    }

    /// Appends this as one frame.
    public void write(FrameBuffer out, int stream) {
        out.begin(FrameType.DONE, 0, stream);
        out.putLong(updateCount);
        out.putString(queryId);
        out.putLong(commit);
        out.putStrings(warnings);
        out.end();
    }

    /// Rows changed, or -1 if the answer was rows.
    public long updateCount() {
        return updateCount;
    }

    /// The name of this execution in the system tables; may be empty.
    public String queryId() {
        return queryId;
    }

    /// The commit number that was written or read at, or 0.
    public long commit() {
        return commit;
    }

    /// Remarks for the user.
    public List<String> warnings() {
        return warnings;
    }

    /// The update count of a statement that answered with rows.
    public static final long ROWS = -1;
}
