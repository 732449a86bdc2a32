package io.basaltdb.embedded.wire;

/// How a session greets and whom it admits.
///
/// @param product name of the product, for WELCOME
/// @param version version of the product, for WELCOME
public record WireOptions(Login login, Timer timer, String product, String version) {}
