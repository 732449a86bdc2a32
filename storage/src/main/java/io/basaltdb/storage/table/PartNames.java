package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.part.PartId;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Names new parts: never as one that the database knows, nor as a file that is there. Safe for use by many threads.
///
/// The epoch goes into every name, so that a generator which starts anew with each opening, as that of a test, does not give the
/// names of an earlier life again: the log may still speak of those parts, and replaying it would take one for the other.
final class PartNames {
    private static final int MAX_ATTEMPTS = 1000;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final DatabaseState state;
    // Guarded by itself.
    private final RandomGenerator random;
    private final long mask;
    // What was named before the sweep looked at the files; null afterwards. Guarded by `random`.
    private @Nullable Set<PartId> early = new HashSet<>();

    PartNames(DatabaseState state, RandomGenerator random, long epoch) {
        this.state = state;
        this.random = random;
        this.mask = epoch * SPREAD;
    }

    PartId next() {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            PartId id = draw();
            if (!state.disk().exists(id.path()) && !state.knowsPart(id)) {
                return id;
            }
        }
        throw new BasaltException(
                ErrorCode.INTERNAL,
                "no free name for a part was found in "
                        + MAX_ATTEMPTS
                        + " attempts; the random generator repeats itself");
    }

    private PartId draw() {
        synchronized (random) {
            PartId id = PartId.random(() -> random.nextLong() ^ mask);
            if (early != null) {
                early.add(id);
            }
            return id;
        }
    }

    /// The names that were given up to now, for once: they are not remembered any longer.
    Set<PartId> early() {
        synchronized (random) {
            Set<PartId> given = early == null ? Set.of() : early;
            early = null;
            return given;
        }
    }
}
