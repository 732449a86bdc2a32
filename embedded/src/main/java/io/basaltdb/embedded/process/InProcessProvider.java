package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.Login;
import io.basaltdb.embedded.wire.Timer;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.protocol.transport.ConnectException;
import io.basaltdb.protocol.transport.ConnectTarget;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.protocol.transport.TransportProvider;
import io.basaltdb.storage.error.BasaltException;
import java.io.IOException;

/// Connects to databases in this JVM.
public final class InProcessProvider implements TransportProvider {
    private final DatabaseRegistry registry;
    private final WireOptions options;

    /// For `ServiceLoader`: the databases of this JVM.
    public InProcessProvider() {
        this(DatabaseRegistry.ofThisJvm(), version());
    }

    /// The version of the product, as its jar says.
    static String version() {
        String version = InProcessProvider.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    public InProcessProvider(DatabaseRegistry registry, String productVersion) {
        this.registry = registry;
        this.options = new WireOptions(new Login.Open(), Timer.system(), "Basalt", productVersion);
    }

    @Override
    public boolean accepts(ConnectTarget target) {
        return target.kind() != ConnectTarget.Kind.SERVER;
    }

    @Override
    public Transport connect(ConnectTarget target) throws IOException {
        try {
            DatabaseRegistry.Lease lease =
                    target.kind() == ConnectTarget.Kind.DIRECTORY
                            ? registry.directory(target.name())
                            : registry.memory(target.name());
            return new InProcessTransport(lease, options, lease::close);
        } catch (BasaltException e) {
            throw new ConnectException(e.code().sqlState(), e.text(), e);
        }
    }
}
