package io.basaltdb.embedded.wire;

/// The credit of one stream, as its task sees it.
interface StreamCredit {
    boolean isThere();

    /// Counts one record batch.
    void use();
}
