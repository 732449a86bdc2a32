/// What travels between a Basalt client and a Basalt server: frames, messages, Arrow IPC bytes and
/// the transport that carries them. Needs nothing but `java.base`.
module io.basaltdb.protocol {
    requires static transitive org.jspecify;

    exports io.basaltdb.protocol.frame;
    exports io.basaltdb.protocol.ipc;
    exports io.basaltdb.protocol.message;
    exports io.basaltdb.protocol.transport;

    uses io.basaltdb.protocol.transport.TransportProvider;
}
