package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.Login;
import io.basaltdb.embedded.wire.Timer;
import io.basaltdb.embedded.wire.TransportContract;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.protocol.transport.Transport;

class InProcessTransportTest extends TransportContract {
    @Override
    protected Transport connect() {
        WireOptions options = new WireOptions(new Login.Open(), Timer.system(), "Basalt", "test");
        return new InProcessTransport(database, options, () -> {});
    }
}
