package io.basaltdb.benchmarks.small;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.engine.Engines;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallQueryRunTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"basalt", "duckdb"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void getsEveryAnswerRight(String name) throws Exception {
        SmallTables tables = new SmallTables(20_000);
        int processors = Runtime.getRuntime().availableProcessors();
        try (Engine engine = Engines.open(name, folder, processors)) {
            tables.create(engine);
            for (SmallQuery query : SmallQuery.values()) {
                SmallResult result = new SmallQueryRun(engine, tables, query, 2, 0.2).run();
                assertTrue(result.callsPerSecond() > 0, query.label());
                assertEquals(2, result.clients());
            }
        }
    }
}
