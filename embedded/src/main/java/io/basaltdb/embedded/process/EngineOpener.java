package io.basaltdb.embedded.process;

import io.basaltdb.embedded.functions.EngineFunctions;
import io.basaltdb.protocol.message.Attribute;
import io.basaltdb.query.Engine;
import io.basaltdb.query.EngineOptions;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.LocalDisk;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens databases with their engines.
public final class EngineOpener implements DatabaseOpener {
    private static final String DEFAULT_USER = "basalt";

    private final FileFormats formats;
    private final double heapShare;
    private final boolean javaFunctions;

    /// @param formats file formats that statements may read and write
    /// @param heapShare share of the heap that queries may hold
    /// @param javaFunctions whether functions that users wrote in Java may run in this process
    public EngineOpener(FileFormats formats, double heapShare, boolean javaFunctions) {
        this.formats = formats;
        this.heapShare = heapShare;
        this.javaFunctions = javaFunctions;
    }

    @Override
    public OpenDatabase open(Path directory) {
        return open(new LocalDisk(directory));
    }

    @Override
    public OpenDatabase openInMemory() {
        return open(new MemoryDisk("memory", Runtime.getRuntime().maxMemory() / 2));
    }

    private OpenDatabase open(Disk disk) {
        Clock clock = new SystemClock();
        Database database = Database.open(disk, clock, DatabaseOptions.defaults());
        EngineOptions options = EngineOptions.ofHeapShare(heapShare);
        Engine engine =
                Engine.open(
                        database,
                        clock,
                        javaFunctions ? options : options.withoutJavaFunctions(),
                        formats);
        return new OpenEngine(engine, database, javaFunctions ? new EngineFunctions(engine) : null);
    }

    /// @param functions null where functions in Java may not run
    private record OpenEngine(Engine engine, Database database, @Nullable EngineFunctions functions)
            implements OpenDatabase {
        @Override
        public <T> @Nullable T offered(Class<T> type) {
            return type.isInstance(functions) ? type.cast(functions) : null;
        }

        @Override
        public Session open(Map<String, String> attributes) {
            Session session = engine.session(attributes.getOrDefault(Attribute.USER, DEFAULT_USER));
            try {
                prepare(session, attributes);
                return session;
            } catch (RuntimeException | Error e) {
                session.close();
                throw e;
            }
        }

        @Override
        public long activity() {
            return engine.activity();
        }

        @Override
        public void close() {
            engine.close();
            database.close();
        }
    }

    private static void prepare(Session session, Map<String, String> attributes) {
        set(session, "time_zone", attributes.get(Attribute.TIME_ZONE));
        set(session, "schema", attributes.get(Attribute.SCHEMA));
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (attribute.getKey().startsWith(Attribute.SETTING_PREFIX)) {
                String name = attribute.getKey().substring(Attribute.SETTING_PREFIX.length());
                set(session, name, attribute.getValue());
            }
        }
    }

    private static void set(Session session, String name, @Nullable String value) {
        if (value != null) {
            session.set(name, value);
        }
    }
}
