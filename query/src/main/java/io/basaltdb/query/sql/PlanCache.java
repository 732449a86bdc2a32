package io.basaltdb.query.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plans of statements by their exact text, so that a dashboard's hundredth query is not even parsed. Bounded by weight; what was not
/// used for the longest time goes first. Safe for use by many threads.
public final class PlanCache {
    /// A plan holds for the text, the session's settings and the catalog's version together.
    record Key(String sql, PlanSettings settings, long catalogVersion) {}

    /// Of a statement and its plan: never exact, but in proportion.
    private static final long BYTES_PER_ENTRY = 8 << 10;

    private static final long BYTES_PER_CHARACTER = 24;

    private final long maxBytes;

    /// Guarded by `this`; in order of use.
    private final LinkedHashMap<Key, SqlFrontEnd.Prepared> plans =
            new LinkedHashMap<>(16, 0.75f, true);

    /// Guarded by `this`.
    private long bytes;

    /// @param maxBytes about what the statements and their plans may hold
    public PlanCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized SqlFrontEnd.@Nullable Prepared find(Key key) {
        return plans.get(key);
    }

    synchronized void put(Key key, SqlFrontEnd.Prepared prepared) {
        long weight = weight(key);
        if (weight > maxBytes / 8) {
            return;
        }
        if (plans.put(key, prepared) == null) {
            bytes += weight;
        }
        var oldest = plans.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Map.Entry<Key, SqlFrontEnd.Prepared> entry = oldest.next();
            bytes -= weight(entry.getKey());
            oldest.remove();
        }
    }

    /// How many plans it holds.
    public synchronized int size() {
        return plans.size();
    }

    private static long weight(Key key) {
        return BYTES_PER_ENTRY + BYTES_PER_CHARACTER * key.sql().length();
    }
}
