package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.Login;
import io.basaltdb.embedded.wire.SessionSource;
import io.basaltdb.embedded.wire.Timer;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.formats.parquet.ParquetFormat;
import io.basaltdb.formats.text.CsvFormat;
import io.basaltdb.formats.text.JsonFormat;
import io.basaltdb.protocol.transport.Transport;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The databases that are open in this JVM, by what they are: a directory by its real path, a named
/// database in memory by its name. Opened with the first lease, closed with the last.
///
/// Opening and closing run under the registry's lock, so that a directory is never opened twice.
public final class DatabaseRegistry {
    private static final double EMBEDDED_HEAP_SHARE = 0.4;

    /// The only static state: a directory must not be opened twice in one JVM, whoever asks.
    private static final DatabaseRegistry THIS_JVM =
            new DatabaseRegistry(
                    new EngineOpener(fileFormats(), EMBEDDED_HEAP_SHARE, true), WarmUp.ofThisJvm());

    /// Who reads the owner's file may come in.
    private static final WireOptions WIRE =
            new WireOptions(
                    new Login.Open(), Timer.system(), "Basalt", InProcessProvider.version());

    private final DatabaseOpener opener;
    private final @Nullable WarmUp warmUp;
    private final Map<String, Entry> entries = new HashMap<>();

    /// The file formats that come with the product.
    public static FileFormats fileFormats() {
        UserFiles files = new LocalUserFiles();
        return new FileFormats(
                files,
                List.of(new CsvFormat(files), new JsonFormat(files), new ParquetFormat(files)));
    }

    public DatabaseRegistry(DatabaseOpener opener) {
        this(opener, null);
    }

    /// @param warmUp begins when the first database is opened; null for none
    public DatabaseRegistry(DatabaseOpener opener, @Nullable WarmUp warmUp) {
        this.opener = opener;
        this.warmUp = warmUp;
    }

    /// The registry that all in-process connections of this JVM share.
    public static DatabaseRegistry ofThisJvm() {
        return THIS_JVM;
    }

    private static final class Entry {
        private final DatabaseOpener.OpenDatabase database;
        private @Nullable OwnerSocket socket;
        private int leases;

        Entry(DatabaseOpener.OpenDatabase database) {
            this.database = database;
        }

        void close() {
            OwnerSocket open = socket;
            if (open != null) {
                open.close();
            }
            database.close();
        }
    }

    /// The right to use a database. Closing it again does nothing.
    public final class Lease implements SessionSource, AutoCloseable {
        private final String key;
        private @Nullable Entry entry;

        private Lease(String key, Entry entry) {
            this.key = key;
            this.entry = entry;
        }

        @Override
        public Session open(Map<String, String> attributes) {
            Entry open;
            synchronized (entries) {
                open = entry;
            }
            if (open == null) {
                throw new BasaltException(ErrorCode.CONNECTION_FAILURE, "the database is closed");
            }
            return open.database.open(attributes);
        }

        @Override
        public <T> @Nullable T offered(Class<T> type) {
            synchronized (entries) {
                return entry == null ? null : entry.database.offered(type);
            }
        }

        @Override
        public void close() {
            synchronized (entries) {
                Entry open = entry;
                entry = null;
                if (open != null && --open.leases == 0) {
                    entries.remove(key);
                    open.close();
                }
            }
        }
    }

    /// The database in a directory, which is created where it is missing. Other processes use it through this one, until it is closed.
    ///
    /// @throws BasaltException LOCKED where another process, or another class loader, has it open: see [#attach]
    public Lease directory(String path) {
        Path real = realPath(path);
        String key = "directory " + real;
        synchronized (entries) {
            boolean isOpen = entries.containsKey(key);
            Lease lease = lease(key, () -> opener.open(real));
            if (!isOpen) {
                share(key, real);
            }
            return lease;
        }
    }

    /// Where there are no local sockets, or no files that only their user may read, the directory is used by this process alone: others find it
    /// locked and no address to ask, and are refused by name.
    private void share(String key, Path directory) {
        Entry entry = entries.get(key);
        if (entry != null) {
            try {
                entry.socket = OwnerSocket.open(directory, () -> join(key), WIRE);
            } catch (IOException | UnsupportedOperationException alone) {
                entry.socket = null;
            }
        }
    }

    private Lease join(String key) {
        return lease(
                key,
                () -> {
                    throw new BasaltException(
                            ErrorCode.CONNECTION_FAILURE, "the database is closed");
                });
    }

    /// A connection to the process that has the directory open.
    ///
    /// @throws IOException where it does not answer
    Transport attach(String path) throws IOException {
        return AttachedTransport.attach(realPath(path));
    }

    /// A database in memory: shared by its name, or without one for this lease alone.
    public Lease memory(String name) {
        String key = name.isEmpty() ? "private " + UUID.randomUUID() : "memory " + name;
        return lease(key, opener::openInMemory);
    }

    private interface Opening {
        DatabaseOpener.OpenDatabase open();
    }

    private Lease lease(String key, Opening opening) {
        synchronized (entries) {
            Entry entry = entries.get(key);
            if (entry == null) {
                entry = new Entry(opening.open());
                entries.put(key, entry);
                if (warmUp != null) {
                    warmUp.begin(this::activity);
                }
            }
            entry.leases++;
            return new Lease(key, entry);
        }
    }

    /// What is done in all databases together; less than 0 where none is open.
    private long activity() {
        synchronized (entries) {
            return entries.isEmpty()
                    ? WarmUp.NOTHING_OPEN
                    : entries.values().stream().mapToLong(entry -> entry.database.activity()).sum();
        }
    }

    private static Path realPath(String path) {
        try {
            Path directory = Path.of(path);
            Files.createDirectories(directory);
            return directory.toRealPath();
        } catch (IOException | RuntimeException e) {
            throw new BasaltException(
                    ErrorCode.IO_ERROR,
                    "the directory " + path + " cannot be opened or created: " + reason(e),
                    e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.FileAlreadyExistsException
                ? "there is a file of that name"
                : e instanceof java.nio.file.AccessDeniedException
                        ? "access is denied"
                        : "the path is not usable";
    }
}
