package io.basaltdb.storage.testkit;

/// The power went off in the middle of a call. Not an exception that anyone may handle: it leaves through everything.
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String at) {
        super(at);
    }
}
