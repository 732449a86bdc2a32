package io.basaltdb.protocol.message;

/// Names of what a side can do beyond the version it speaks.
public final class Capability {
    /// Text columns may arrive dictionary-encoded.
    public static final String DICTIONARIES = "dictionaries";

    /// The server has explicit transactions.
    public static final String TRANSACTIONS = "transactions";

    /// PROGRESS frames are wanted, or sent.
    public static final String PROGRESS = "progress";

    private Capability() {}
}
