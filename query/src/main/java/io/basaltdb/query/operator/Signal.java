package io.basaltdb.query.operator;

/// Something that will happen: credits, room, the end of another pipeline. Fires once; safe for use by many threads.
public interface Signal {
    /// Runs the action when the signal fires, at once if it has fired already. The action must not block.
    void whenFired(Runnable action);
}
