package io.basaltdb.embedded.process;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.io.LocalUserFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Queries over made-up rows, carried out in the background once in the life of a JVM, so that its compiler knows what queries are made of before
/// somebody waits for one: the code for which plans, scans, joins, groupings and sorts is compiled once, having seen most of what will come, instead
/// of again with each kind of query that comes for the first time.
///
/// It begins when the first database is opened, gives way to everything that is done in any, and ends itself; it reads and writes a database in memory
/// of its own. What fails in it has no effect.
public final class WarmUp {
    /// `off` leaves the warm-up out: a property of the JVM, and in capitals with `_` a variable of its environment.
    public static final String PROPERTY = "basalt.warm_up";

    /// Of activity: no database is open any more.
    static final long NOTHING_OPEN = -1;

    private static final String SCRIPT = "warm-up.sql";
    private static final long LEAST_HEAP_BYTES = 1L << 30;
    private static final double HEAP_SHARE = 0.1;
    private static final int ROUNDS = 5;

    /// Nothing may have been done for that long.
    private static final int QUIET_LOOKS = 6;

    private static final long LOOK_NANOS = 50_000_000L;

    private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

    /// Reads no files: the registry of this JVM may not be asked for their formats, for it asks for this.
    private static final WarmUp THIS_JVM =
            new WarmUp(
                    new EngineOpener(
                            new FileFormats(new LocalUserFiles(), List.of()), HEAP_SHARE, false));

    private final DatabaseOpener opener;
    private final CountDownLatch done = new CountDownLatch(1);

    // Guarded by this.
    private @Nullable Thread running;

    /// @param opener of the database in memory
    WarmUp(DatabaseOpener opener) {
        this.opener = opener;
    }

    /// The one of this JVM; null where it is switched off, or the heap is too small for it.
    public static @Nullable WarmUp ofThisJvm() {
        String chosen = System.getProperty(PROPERTY, System.getenv("BASALT_WARM_UP"));
        boolean isOff = "off".equals(chosen) || Runtime.getRuntime().maxMemory() < LEAST_HEAP_BYTES;
        return isOff ? null : THIS_JVM;
    }

    /// Starts it, unless it runs or is over. It breaks off when nothing is open any more, and begins anew with the next call.
    ///
    /// @param activity a number that grows while anything is done in the databases, [#NOTHING_OPEN] where none is open
    void begin(LongSupplier activity) {
        synchronized (this) {
            if (running == null && done.getCount() > 0) {
                running =
                        Thread.ofPlatform()
                                .daemon()
                                .name("basalt-warm-up")
                                .start(() -> run(activity));
            }
        }
    }

    /// Waits for its end.
    ///
    /// @return whether it has ended
    public boolean await(Duration most) throws InterruptedException {
        return done.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run(LongSupplier activity) {
        boolean isOver = true;
        try {
            isOver = carryOut(new Quiet(activity));
        } catch (RuntimeException failed) {
            // Whatever was not warmed up is compiled when it comes.
            LOG.log(System.Logger.Level.DEBUG, "the warm-up ended early", failed);
        } finally {
            synchronized (this) {
                running = null;
                if (isOver) {
                    done.countDown();
                }
            }
        }
    }

    private boolean carryOut(Quiet quiet) {
        if (!quiet.await()) {
            return false;
        }
        try (DatabaseOpener.OpenDatabase scratch = opener.openInMemory();
                Session session = scratch.open(Map.of())) {
            for (int round = 0; round < ROUNDS; round++) {
                session.set("plan_cache", round == 0 ? "off" : "shapes");
                for (String sql : statements()) {
                    if (round > 0 && !sql.startsWith("SELECT")) {
                        continue;
                    }
                    if (!quiet.await()) {
                        return false;
                    }
                    read(session, sql);
                }
            }
        }
        return true;
    }

    private static void read(Session session, String sql) {
        try (Result result = session.execute(sql)) {
            while (result.next() != null) {
                // Read to the end.
            }
        }
    }

    /// The statements, one per line; those that make tables and rows come first.
    static List<String> statements() {
        try (InputStream in = WarmUp.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is missing beside " + WarmUp.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Waits until nothing has been done for a while.
    private static final class Quiet {
        private final LongSupplier activity;
        private long seen = Long.MIN_VALUE;

        Quiet(LongSupplier activity) {
            this.activity = activity;
        }

        /// False where nothing is open any more.
        boolean await() {
            long now = activity.getAsLong();
            int quietLooks = now == seen ? QUIET_LOOKS : 0;
            while (now != NOTHING_OPEN && quietLooks < QUIET_LOOKS) {
                seen = now;
                LockSupport.parkNanos(LOOK_NANOS);
                now = activity.getAsLong();
                quietLooks = now == seen ? quietLooks + 1 : 0;
            }
            return now != NOTHING_OPEN;
        }
    }
}
