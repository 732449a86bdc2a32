package io.basaltdb.embedded.wire;

import io.basaltdb.protocol.frame.Frame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One open request: what arrived for it and has not been looked at. All fields are guarded by the
/// session's lock, except the task, which is the worker's.
final class WireStream {
    private final int id;
    private final ArrayDeque<Frame> inbox = new ArrayDeque<>();
    private @Nullable StreamTask task;
    private long credit;
    private @Nullable String cancelReason;
    private boolean isReady;
    private final boolean isInsert;
    private boolean isInputEnded;
    private boolean isDraining;

    WireStream(int id, boolean isInsert) {
        this.id = id;
        this.isInsert = isInsert;
    }

    int id() {
        return id;
    }

    ArrayDeque<Frame> inbox() {
        return inbox;
    }

    @Nullable StreamTask task() {
        return task;
    }

    void setTask(StreamTask task) {
        this.task = task;
    }

    long credit() {
        return credit;
    }

    void addCredit(long batches) {
        credit = Math.min(Integer.MAX_VALUE, credit + batches);
    }

    /// Why the request shall end, or null if it may go on.
    @Nullable String cancelReason() {
        return cancelReason;
    }

    void cancel(String reason) {
        if (cancelReason == null) {
            cancelReason = reason;
        }
    }

    boolean isReady() {
        return isReady;
    }

    void setReady(boolean ready) {
        isReady = ready;
    }

    /// Whether the client has said that it sends nothing more for this request.
    boolean isInputEnded() {
        return isInputEnded;
    }

    void endInput() {
        isInputEnded = true;
    }

    /// Whether frames with rows of the client belong to this request.
    boolean isInsert() {
        return isInsert;
    }

    /// Whether the request has failed and the rest of its frames is thrown away.
    boolean isDraining() {
        return isDraining;
    }

    void drain() {
        isDraining = true;
        inbox.clear();
    }
}
