package io.basaltdb.protocol.message;

/// Ways to prove who a client is.
public final class LoginMethod {
    /// No proof: in process, or a server on loopback without a token.
    public static final String NONE = "none";

    /// The credential is the UTF-8 text of the server's token.
    public static final String TOKEN = "token";

    private LoginMethod() {}
}
