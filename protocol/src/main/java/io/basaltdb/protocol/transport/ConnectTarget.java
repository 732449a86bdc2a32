package io.basaltdb.protocol.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a connection goes: a server, a directory, or a database in memory.
public final class ConnectTarget {
    /// The kinds of targets.
    public enum Kind {
        /// A server: host and port.
        SERVER,
        /// A directory, opened in this process.
        DIRECTORY,
        /// A database in the memory of this process, shared by name, or private without one.
        MEMORY
    }

    private final Kind kind;
    private final String name;
    private final int port;
    private final int connectTimeoutMillis;

    private ConnectTarget(Kind kind, String name, int port, int connectTimeoutMillis) {
        this.kind = kind;
        this.name = name;
        this.port = port;
        this.connectTimeoutMillis = connectTimeoutMillis;
    }

    public static ConnectTarget server(String host, int port, int connectTimeoutMillis) {
        return new ConnectTarget(Kind.SERVER, host, port, connectTimeoutMillis);
    }

    public static ConnectTarget directory(String path) {
        return new ConnectTarget(Kind.DIRECTORY, path, 0, 0);
    }

    /// A database in memory; an empty name asks for one that nobody else can see.
    public static ConnectTarget memory(String name) {
        return new ConnectTarget(Kind.MEMORY, name, 0, 0);
    }

    public Kind kind() {
        return kind;
    }

    /// The host, the path of the directory or the name of the database in memory.
    public String name() {
        return name;
    }

    /// The port of a server, else 0.
    public int port() {
        return port;
    }

    /// How long connecting may take; 0 leaves it to the system.
    public int connectTimeoutMillis() {
        return connectTimeoutMillis;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof ConnectTarget)) {
            return false;
        }
        ConnectTarget that = (ConnectTarget) other;
        return kind == that.kind && name.equals(that.name) && port == that.port;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, port);
    }

    @Override
    public String toString() {
        switch (kind) {
            case SERVER:
                return name + ":" + port;
            case DIRECTORY:
                return "directory " + name;
            default:
                return name.isEmpty() ? "memory" : "memory " + name;
        }
    }
}
