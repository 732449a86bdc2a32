package io.basaltdb.query.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bound trees by shape: for queries that come again with other literals. A tree is made when a shape comes for the second time. Bounded; what was not
/// used for the longest time goes first. Safe for use by many threads.
final class ShapeCache {
    private static final int MOST_SHAPES = 128;

    /// A tree holds for the shape, the session's settings and the catalog's version together.
    record Key(String shape, PlanSettings settings, long catalogVersion) {}

    /// What is known of a shape.
    ///
    /// @param tree null where none was made yet, or none can be
    /// @param isDecided whether making one was tried
    record Entry(@Nullable BoundShape tree, boolean isDecided) {
        static final Entry SEEN = new Entry(null, false);
    }

    /// Guarded by `this`; in order of use.
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    synchronized @Nullable Entry find(Key key) {
        return entries.get(key);
    }

    synchronized void put(Key key, Entry entry) {
        entries.put(key, entry);
        if (entries.size() > MOST_SHAPES) {
            Map.Entry<Key, Entry> oldest = entries.firstEntry();
            entries.remove(oldest.getKey());
        }
    }

    /// How many shapes have a tree.
    synchronized int size() {
        return (int) entries.values().stream().filter(entry -> entry.tree() != null).count();
    }
}
