package io.basaltdb.storage.table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A point in a table's past.
public sealed interface AsOf {
    /// What is said of it in messages.
    String text();

    /// Right after that commit.
    record Commit(long commit) implements AsOf {
        @Override
        public String text() {
            return "commit " + commit;
        }
    }

    /// With the newest commit that was made at or before that wall time.
    record Time(long wallMicros) implements AsOf {
        @Override
        public String text() {
            return instant(wallMicros);
        }
    }

    static String instant(long wallMicros) {
        return Instant.EPOCH.plus(wallMicros, ChronoUnit.MICROS).toString();
    }
}
