package io.basaltdb.embedded.wire;

/// The client is gone: nothing more can be sent to it.
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutputClosedException(String message) {
        super(message);
    }
}
