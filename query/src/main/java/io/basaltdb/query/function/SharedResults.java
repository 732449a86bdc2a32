package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the lanes of one execution compute once for all of them, by key. Safe for use by many threads; closed when the execution ends.
public final class SharedResults implements AutoCloseable {
    /// Names one result; two equal keys name the same.
    ///
    /// @param <T> what it names
    @SuppressWarnings("unused") // the parameter ties a key to its result
    public interface Key<T> {}

    private final ConcurrentHashMap<Key<?>, Object> results = new ConcurrentHashMap<>();

    /// Guarded by this object's monitor, as the bytes that it holds; null where nothing is to be kept.
    private @Nullable Reservation reservation;

    private SharedResults(@Nullable Reservation reservation) {
        this.reservation = reservation;
    }

    /// @param memory what the results count against
    public static SharedResults within(MemoryBudget memory) {
        return new SharedResults(memory.reserve("answers per dictionary"));
    }

    /// For evaluations that keep nothing: [#reserve] always refuses.
    public static SharedResults none() {
        return new SharedResults(null);
    }

    /// The result of that key, made by whoever asks first.
    @SuppressWarnings("unchecked") // a key stands for a result of its type only
    public <T> T get(Key<T> key, Supplier<T> make) {
        return (T) results.computeIfAbsent(key, _ -> make.get());
    }

    /// Takes bytes for a result until the execution ends; false where there is no room, so that it has to do without.
    public synchronized boolean reserve(long bytes) {
        if (reservation == null) {
            return false;
        }
        try {
            reservation.grow(bytes);
            return true;
        } catch (BasaltException full) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        results.clear();
        if (reservation != null) {
            reservation.close();
            reservation = null;
        }
    }
}
