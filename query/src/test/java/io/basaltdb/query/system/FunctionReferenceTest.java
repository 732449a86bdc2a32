package io.basaltdb.query.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.basaltdb.query.Engine;
import io.basaltdb.query.EngineOptions;
import io.basaltdb.query.execution.Result;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.function.FunctionCatalog;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every function is documented, and every example gives what stands beside it. `-Dfunctions.write=true` writes what they give; it fails once, to be looked at.
class FunctionReferenceTest {
    private static final Path RESOURCE =
            Path.of("src/main/resources/io/basaltdb/query/system/functions.txt");

    private static final Path PAGE = Path.of("../docs/sql/functions.md");

    @Test
    void everyScalarFunctionIsThere() {
        Set<String> documented =
                FunctionReference.entries().stream()
                        .filter(entry -> entry.kind().equals("scalar"))
                        .map(FunctionReference.Entry::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known =
                FunctionCatalog.entries().stream()
                        .map(entry -> entry.function().name())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, documented);
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void everyExampleGivesItsResult() throws IOException {
        SystemClock clock = new SystemClock();
        MemoryDisk disk = new MemoryDisk("the test", 1L << 28);
        List<String> wrong = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (Database database = Database.open(disk, clock, DatabaseOptions.defaults());
                Engine engine =
                        Engine.open(
                                database,
                                clock,
                                EngineOptions.ofHeapShare(0.2),
                                new FileFormats(new LocalUserFiles(), List.of()));
                Session session = engine.session("test")) {
            for (FunctionReference.Entry entry : FunctionReference.entries()) {
                String result = result(session, entry.query());
                found.add(result);
                if (!result.equals(entry.result())) {
                    wrong.add(entry.query() + ": expected " + entry.result() + ", found " + result);
                }
            }
        }
        if (Boolean.getBoolean("functions.write") && !wrong.isEmpty()) {
            write(found);
        }
        assertEquals("", String.join("\n", wrong));
        assertFalse(found.isEmpty());
    }

    @Test
    void thePageIsThatOfTheReference() throws IOException {
        StringBuilder page = new StringBuilder();
        page.append("# Functions\n\n");
        page.append(
                "What `system.functions` lists, written by `FunctionReferenceTest`. A description's first\n");
        page.append(
                "name is the one that others are aliases of; every example is run by that test.\n");
        String kind = "";
        for (FunctionReference.Entry entry : FunctionReference.entries()) {
            if (!entry.kind().equals(kind)) {
                kind = entry.kind();
                page.append("\n## ").append(title(kind)).append("\n\n");
                page.append(
                        "| call | gives | also called | example | result |\n|---|---|---|---|---|\n");
            }
            page.append("| `").append(cell(entry.signature()));
            page.append("` | ").append(cell(entry.description()));
            page.append(" | ").append(cell(entry.aliases()));
            page.append(" | `").append(cell(entry.example()));
            page.append("` | `").append(cell(entry.result())).append("` |\n");
        }
        boolean stale = !Files.exists(PAGE) || !Files.readString(PAGE).equals(page.toString());
        if (stale && Boolean.getBoolean("functions.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertFalse(
                stale,
                "docs/sql/functions.md is stale; write it with FunctionReferenceTest -Dfunctions.write=true");
    }

    private static String title(String kind) {
        return switch (kind) {
            case "scalar" -> "Scalar functions";
            case "lambda" -> "Functions with lambdas";
            case "aggregate" -> "Aggregates";
            case "window" -> "Window functions";
            default -> "Functions in FROM";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static void write(List<String> results) throws IOException {
        List<String> lines = new ArrayList<>();
        int next = 0;
        for (String line : Files.readAllLines(RESOURCE)) {
            if (line.startsWith("#") || line.isBlank()) {
                lines.add(line);
            } else {
                String result = results.get(next++).replace("|", "\\|");
                lines.add(line.substring(0, lastBar(line) + 1) + result);
            }
        }
        Files.write(RESOURCE, lines);
    }

    private static int lastBar(String line) {
        int bar = line.lastIndexOf('|');
        while (line.charAt(bar - 1) == '\\') {
            bar = line.lastIndexOf('|', bar - 1);
        }
        return bar;
    }

    private static String result(Session session, String query) {
        try (Result result = session.execute(query)) {
            String text = "no row";
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                int lane = batch.selection() == null ? 0 : batch.selection().rows()[0];
                Value value = Lanes.value(batch.column(0), lane);
                text =
                        value.isNull()
                                ? "NULL"
                                : ValueText.format(value, result.schema().type(0), ZoneOffset.UTC);
            }
            return text;
        } catch (BasaltException refused) {
            return refused.code() + ": " + refused.text();
        }
    }
}
