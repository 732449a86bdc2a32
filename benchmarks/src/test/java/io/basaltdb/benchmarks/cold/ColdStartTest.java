package io.basaltdb.benchmarks.cold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.engine.EmbeddingClassPath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColdStartTest {
    @Test
    void measuresUntilTheAnswerAndUntilTheEnd() throws Exception {
        ColdStart start =
                new ColdStart(
                        "sleepy", List.of("sh", "-c", "sleep 0.1; echo one; sleep 0.2"), 1_000);
        ColdStart.Times times = start.run(2);
        assertTrue(times.answerMillis() >= 100, times::toString);
        assertTrue(times.endMillis() >= times.answerMillis() + 190, times::toString);
        assertEquals(
                "sleepy                 answer after     120 ms, gone after     350 ms  (1000 ms wanted)",
                start.line(new ColdStart.Times(120, 350)));
    }

    @Test
    void refusesAProcessThatFailsOrSaysNothing() {
        ColdStart failing = new ColdStart("failing", List.of("sh", "-c", "echo x; exit 3"), 1);
        assertEquals(
                "failing ended with status 3; its errors are above",
                assertThrows(IOException.class, () -> failing.run(1)).getMessage());
        ColdStart silent = new ColdStart("silent", List.of("true"), 1);
        assertEquals(
                "silent ended with status 0 and said nothing; its errors are above",
                assertThrows(IOException.class, () -> silent.run(1)).getMessage());
    }

    @Test
    void asksAQueryInANewProcess() throws Exception {
        String own = System.getProperty("java.class.path");
        ColdStart duckDb = ColdStart.program("duckdb", own, "jdbc:duckdb:", "SELECT 1", Double.NaN);
        assertTrue(duckDb.run(1).answerMillis() > 0);
        ColdStart basalt =
                ColdStart.program(
                        "basalt",
                        EmbeddingClassPath.ofBasalt(),
                        "jdbc:basalt:mem:",
                        "SELECT 1",
                        Double.NaN);
        assertTrue(basalt.run(1).answerMillis() > 0);
    }
}
