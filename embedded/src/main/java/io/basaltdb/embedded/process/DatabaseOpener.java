package io.basaltdb.embedded.process;

import io.basaltdb.embedded.wire.SessionSource;
import java.nio.file.Path;

/// Opens databases. The seam between the registry and the engine.
public interface DatabaseOpener {
    /// Opens the database in a directory, which is created where it is missing.
    OpenDatabase open(Path directory);

    /// A fresh database in memory.
    OpenDatabase openInMemory();

    /// A database that is open, until it is closed.
    interface OpenDatabase extends SessionSource, AutoCloseable {
        /// A number that grows while anything is done for a session, and else stays.
        long activity();

        @Override
        void close();
    }
}
