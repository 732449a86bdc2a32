package io.basaltdb.embedded.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /// Counts how often a database is asked for, and has none.
    private static final class Opener implements DatabaseOpener {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public OpenDatabase open(Path directory) {
            throw new AssertionError("only in memory");
        }

        @Override
        public OpenDatabase openInMemory() {
            asked.incrementAndGet();
            throw new BasaltException(ErrorCode.OUT_OF_MEMORY, "no memory for this");
        }
    }

    @Test
    void everyStatementIsCarriedOutAndEveryQueryHasRows() {
        List<String> empty = new ArrayList<>();
        try (DatabaseOpener.OpenDatabase database =
                        new EngineOpener(DatabaseRegistry.fileFormats(), 0.5, false)
                                .openInMemory();
                Session session = database.open(Map.of())) {
            for (String sql : WarmUp.statements()) {
                try (Result result = session.execute(sql)) {
                    long rows = 0;
                    for (Batch batch = result.next(); batch != null; batch = result.next()) {
                        rows += batch.rowCount();
                    }
                    if (sql.startsWith("SELECT") && rows == 0) {
                        empty.add(sql);
                    }
                }
            }
        }
        assertEquals(List.of(), empty);
    }

    @Test
    void waitsWhileAnythingIsDone() throws InterruptedException {
        Opener opener = new Opener();
        WarmUp warmUp = new WarmUp(opener);
        AtomicLong activity = new AtomicLong();
        AtomicLong step = new AtomicLong(1);
        warmUp.begin(() -> activity.addAndGet(step.get()));
        assertFalse(warmUp.await(Duration.ofSeconds(1)));
        assertEquals(0, opener.asked.get());
        step.set(0);
        assertTrue(warmUp.await(LONG));
        assertEquals(1, opener.asked.get());
    }

    @Test
    void breaksOffWhereNothingIsOpenAndBeginsAnew() throws InterruptedException {
        Opener opener = new Opener();
        WarmUp warmUp = new WarmUp(opener);
        warmUp.begin(() -> WarmUp.NOTHING_OPEN);
        assertFalse(warmUp.await(Duration.ofMillis(500)));
        assertEquals(0, opener.asked.get());
        warmUp.begin(() -> 1);
        assertTrue(warmUp.await(LONG));
        warmUp.begin(() -> 1);
        assertEquals(1, opener.asked.get());
    }

    @Test
    void isOnceForAJvm() {
        // The build switches it off, so that no test pays for it.
        assertEquals("off", System.getProperty(WarmUp.PROPERTY));
        assertEquals(null, WarmUp.ofThisJvm());
    }
}
