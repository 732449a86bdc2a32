package io.basaltdb.benchmarks.engine;

import io.basaltdb.embedded.process.DatabaseRegistry;
import io.basaltdb.embedded.process.InProcessProvider;
import io.basaltdb.protocol.transport.ConnectTarget;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.protocol.transport.TransportProvider;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Lets JDBC find the engines of [SteppedDatabase]s, by the names that they have while they are open.
public final class SteppedProvider implements TransportProvider {
    private static final Map<String, DatabaseRegistry> ENGINES = new ConcurrentHashMap<>();

    static void add(String name, DatabaseRegistry engine) {
        ENGINES.put(name, engine);
    }

    static void remove(String name) {
        ENGINES.remove(name);
    }

    @Override
    public boolean accepts(ConnectTarget target) {
        return target.kind() == ConnectTarget.Kind.MEMORY && ENGINES.containsKey(target.name());
    }

    @Override
    public Transport connect(ConnectTarget target) throws IOException {
        DatabaseRegistry engine = ENGINES.get(target.name());
        if (engine == null) {
            throw new IOException("the database " + target.name() + " is closed");
        }
        return new InProcessProvider(engine, "test").connect(target);
    }
}
