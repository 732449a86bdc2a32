package io.basaltdb.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
    @TempDir private Path folder;

    private static QueryResult took(String query, String engine, double millis) {
        return new QueryResult(query, engine, 99, List.of(millis), 1, Optional.empty());
    }

    private Path earlier(String... lines) throws IOException {
        Path file = folder.resolve("earlier.csv");
        Files.writeString(file, ResultFiles.CSV_HEAD + "\n" + String.join("\n", lines) + "\n");
        return file;
    }

    @Test
    void whatFellBehindThePeerIsListed() throws IOException {
        Path file =
                earlier(
                        "q1,basalt,9,10,1,10",
                        "q1,duckdb,9,20,1,20",
                        "q2,basalt,9,10,1,10",
                        "q2,duckdb,9,10,1,10",
                        "q3,basalt,null,null,0,",
                        "q3,duckdb,9,10,1,10");
        SuiteRun.Outcome outcome =
                new SuiteRun.Outcome(
                        List.of(),
                        List.of(
                                took("q1", "basalt", 40),
                                took("q1", "duckdb", 40),
                                took("q2", "basalt", 40),
                                took("q2", "duckdb", 40),
                                took("q3", "basalt", 40),
                                took("q3", "duckdb", 40),
                                took("q4", "basalt", 40),
                                took("q4", "duckdb", 40)),
                        List.of(),
                        new HostLoad(0, 0, 1));
        assertEquals(
                List.of(
                        "SLOWER q1: 1.00 times duckdb, was 0.50",
                        "baseline: 1 of 2 queries fell behind duckdb by more than 25 %"),
                Baseline.read(file).slower(outcome, "basalt", "duckdb"));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = folder.resolve("other.csv");
        Files.writeString(file, "a,b\n1,2\n");
        String message =
                assertThrows(IllegalArgumentException.class, () -> Baseline.read(file))
                        .getMessage();
        assertTrue(message.contains("other.csv is no result of a suite"), message);
    }
}
