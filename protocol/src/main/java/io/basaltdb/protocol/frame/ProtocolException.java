package io.basaltdb.protocol.frame;

/// The bytes of the other side break the protocol, or ours would. The connection cannot go on:
/// nothing that follows on it can be trusted. SQLSTATE 08P01.
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The SQLSTATE of every protocol violation.
    public static final String SQL_STATE = "08P01";

    public ProtocolException(String message) {
        super(message);
    }
}
