package io.basaltdb.protocol.message;

/// Keys of the attributes in HELLO and WELCOME.
public final class Attribute {
    /// HELLO: name of the client program. WELCOME: name of the server product.
    public static final String PRODUCT = "product";

    /// Version of the client program or the server product.
    public static final String PRODUCT_VERSION = "product_version";

    /// HELLO: the schema to begin with. WELCOME: the schema that the session is in.
    public static final String SCHEMA = "schema";

    /// HELLO: the name of the user.
    public static final String USER = "user";

    /// HELLO: the time zone of the session, an IANA name.
    public static final String TIME_ZONE = "time_zone";

    /// WELCOME: the name of the session in the system tables.
    public static final String SESSION = "session";

    /// Prefix of HELLO attributes that set a setting for the session.
    public static final String SETTING_PREFIX = "set.";

    private Attribute() {}
}
