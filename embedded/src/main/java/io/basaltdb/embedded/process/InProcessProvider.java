package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.Login;
import io.basaltdb.embedded.wire.Timer;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.protocol.transport.ConnectException;
import io.basaltdb.protocol.transport.ConnectTarget;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.protocol.transport.TransportProvider;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Connects to databases in this JVM.
public final class InProcessProvider implements TransportProvider {
    private static final long ATTACH_MILLIS = 10_000;
    private static final long RETRY_NANOS = 20_000_000;

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
            return target.kind() == ConnectTarget.Kind.DIRECTORY
                    ? directory(target.name())
                    : inProcess(registry.memory(target.name()));
        } catch (BasaltException e) {
            throw new ConnectException(e.code().sqlState(), e.text(), e);
        }
    }

    private Transport inProcess(DatabaseRegistry.Lease lease) {
        return new InProcessTransport(lease, options, lease::close);
    }

    /// Opens the directory, or attaches to the process that has it open. Between the end of one owner and the beginning of the next neither
    /// works, so both are tried for a while.
    private Transport directory(String name) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ATTACH_MILLIS);
        while (true) {
            BasaltException locked;
            try {
                return inProcess(registry.directory(name));
            } catch (BasaltException failure) {
                if (failure.code() != ErrorCode.LOCKED) {
                    throw failure;
                }
                locked = failure;
            }
            try {
                return registry.attach(name);
            } catch (IOException nobody) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw new BasaltException(
                            ErrorCode.LOCKED,
                            locked.text() + " (it cannot be shared: no answer from its owner)",
                            nobody);
                }
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }
}
