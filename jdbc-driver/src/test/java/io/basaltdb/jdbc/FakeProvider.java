package io.basaltdb.jdbc;

import io.basaltdb.embedded.fake.FakeDatabase;
import io.basaltdb.embedded.process.InProcessTransport;
import io.basaltdb.embedded.wire.Login;
import io.basaltdb.embedded.wire.Timer;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.protocol.transport.ConnectTarget;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.protocol.transport.TransportProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Connects `jdbc:basalt:mem:fake-…` to the fake databases of tests.
public final class FakeProvider implements TransportProvider {
    static final Map<String, FakeDatabase> DATABASES = new ConcurrentHashMap<>();

    @Override
    public boolean accepts(ConnectTarget target) {
        return target.kind() == ConnectTarget.Kind.MEMORY && DATABASES.containsKey(target.name());
    }

    @Override
    public Transport connect(ConnectTarget target) {
        WireOptions options = new WireOptions(new Login.Open(), Timer.system(), "Basalt", "1.2.3");
        return new InProcessTransport(DATABASES.get(target.name()), options, () -> {});
    }
}
