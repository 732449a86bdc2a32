package io.basaltdb.query;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Features as scripts: statements with the rows or the error that they give, on a new database in memory each.
///
/// A script is a list of records with empty lines between them. The first line of a record says what is expected: `ok`, `rows` (in
/// this order), `sorted` (in any order), `columns` (the names alone), or `error` and an SQLSTATE. Then comes the statement, and
/// behind a line `----` the rows, values between bars, or words of the error's message. Lines that begin with `#` are for the reader.
class ScriptTest {
    /// One expectation of a script.
    private record Step(int line, String kind, String sql, List<String> expected) {}

    @ParameterizedTest
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    @MethodSource("names")
    void everyStepIsAsWritten(String name) throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Step> steps = steps(resource(name));
        assertFalse(steps.isEmpty());
        SystemClock clock = new SystemClock();
        MemoryDisk disk = new MemoryDisk("the test", 1L << 28);
        try (Database database = Database.open(disk, clock, DatabaseOptions.defaults());
                Engine engine =
                        Engine.open(
                                database,
                                clock,
                                EngineOptions.ofHeapShare(0.2),
                                new FileFormats(new LocalUserFiles(), List.of()));
                Session session = engine.session("test")) {
            for (Step step : steps) {
                List<String> found = outcome(session, step);
                if (!found.equals(step.expected)) {
                    wrong.add(
                            "line %d: %s%nexpected %s%nfound    %s"
                                    .formatted(step.line, step.sql, step.expected, found));
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    /// Every script in the folder.
    private static List<String> names() throws IOException, URISyntaxException {
        URL folder = requireNonNull(ScriptTest.class.getResource("scripts"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".test", ""))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> outcome(Session session, Step step) {
        try (Result result = session.execute(step.sql)) {
            List<String> lines = lines(result);
            return switch (step.kind) {
                case "ok" -> List.of();
                case "columns" ->
                        List.of(
                                result.schema().fields().stream()
                                        .map(Field::name)
                                        .collect(Collectors.joining("|")));
                case "sorted" -> lines.stream().sorted().toList();
                default -> lines;
            };
        } catch (BasaltException refusal) {
            String state = refusal.code().sqlState();
            if (!step.kind.equals("error")) {
                return List.of(state + " " + refusal.text());
            }
            List<String> words = step.expected.subList(1, step.expected.size());
            return Stream.concat(
                            Stream.of(state),
                            words.stream()
                                    .map(word ->
                                            refusal.text().contains(word) ? word : refusal.text()))
                    .toList();
        }
    }

    private static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        for (Batch batch = result.next(); batch != null; batch = result.next()) {
            for (int i = 0; i < batch.rowCount(); i++) {
                int lane = batch.selection() == null ? i : batch.selection().rows()[i];
                lines.add(
                        batch.columns().stream()
                                .map(column -> text(column, lane))
                                .collect(Collectors.joining("|")));
            }
        }
        return lines;
    }

    private static String text(Vector column, int lane) {
        Value value = Lanes.value(column, lane);
        return value.isNull() ? "NULL" : ValueText.format(value, column.type(), ZoneOffset.UTC);
    }

    private static List<Step> steps(String script) {
        List<Step> steps = new ArrayList<>();
        int line = 1;
        for (String record : script.split("\n\n", -1)) {
            List<String> lines =
                    Arrays.stream(record.split("\n", -1))
                            .filter(text -> !text.startsWith("#") && !text.isEmpty())
                            .toList();
            if (!lines.isEmpty()) {
                steps.add(step(line, lines));
            }
            line += record.split("\n", -1).length + 1;
        }
        return steps;
    }

    private static Step step(int line, List<String> lines) {
        String[] head = lines.getFirst().split(" ", -1);
        int end = lines.indexOf("----");
        String sql = String.join("\n", lines.subList(1, end < 0 ? lines.size() : end));
        List<String> expected = end < 0 ? List.of() : lines.subList(end + 1, lines.size());
        return switch (head[0]) {
            case "ok", "rows", "columns" -> new Step(line, head[0], sql, expected);
            case "sorted" -> new Step(line, head[0], sql, expected.stream().sorted().toList());
            case "error" -> {
                List<String> words = new ArrayList<>(List.of(head[1]));
                words.addAll(expected);
                yield new Step(line, head[0], sql, words);
            }
            default ->
                    throw new IllegalArgumentException(
                            "line " + line + ": expected a record, found " + lines.getFirst());
        };
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ScriptTest.class.getResourceAsStream("scripts/" + name + ".test")) {
            if (in == null) {
                throw new IOException("no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
