package io.basaltdb.benchmarks.logictest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The scripts, run on an engine. The contract: no wrong answer, no internal error, and no statement carried out that must fail; the share of queries that pass is printed.
///
/// `-Dtest.seed=N` replays a sample, `-Dlogictest.folder=DIR` runs the scripts of a folder instead of all,
/// `-Dlogictest.scripts=TEXT` those whose name contains the text, `-Dlogictest.queries=REGEX` only queries in which that is found.
abstract class SqlLogicTest {
    private static final int QUERIES_PER_SCRIPT = 200;
    private static final long LARGEST_SAMPLED_BYTES = 3_000_000;
    private static final String REFUSED =
            "queries were refused, see above; excluded.txt takes those that shall be, with the reason";

    private final TestEngine engine;
    private final int sampledQueries;
    private final Tolerance tolerance;
    private final Pattern wanted = Pattern.compile(System.getProperty("logictest.queries", ""));

    /// Wrong answers, in percent, that are the known ways of an engine by which the runner is proved.
    record Tolerance(double sqlLogicTestPercent, double calcitePercent) {
        static final Tolerance NONE = new Tolerance(0, 0);
    }

    SqlLogicTest(TestEngine engine, int sampledQueries, Tolerance tolerance) {
        this.engine = engine;
        this.sampledQueries = sampledQueries;
        this.tolerance = tolerance;
    }

    @Test
    void sampledQueriesHaveNoWrongAnswer() throws IOException, SQLException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Score score = new Score();
        for (Corpus.Script script : sample(random)) {
            if (score.queries() >= sampledQueries) {
                break;
            }
            List<ScriptRecord> records = script.records(engine.names());
            score.add(run(script, records, QUERIES_PER_SCRIPT, random));
        }
        System.out.print(score.report(engine.name() + ", sqllogictest sample"));
        assertTrue(score.queries() >= sampledQueries);
        assertFewWrong(score, tolerance.sqlLogicTestPercent(), "replay with -Dtest.seed=" + seed);
    }

    @Test
    @Tag("long")
    void allQueriesHaveNoWrongAnswer() throws IOException, SQLException {
        String folder = System.getProperty("logictest.folder", "");
        String part = System.getProperty("logictest.scripts", "");
        Score score = new Score();
        for (Corpus.Script script :
                folder.isEmpty() ? Corpus.sqlLogicTest() : Corpus.folder(Path.of(folder))) {
            if (script.name().contains(part)) {
                List<ScriptRecord> records = script.records(engine.names());
                score.add(run(script, records, Integer.MAX_VALUE, new Random(0)));
            }
        }
        System.out.print(score.report(engine.name() + ", sqllogictest"));
        assertFewWrong(score, tolerance.sqlLogicTestPercent(), "");
        assertTrue(!tolerance.equals(Tolerance.NONE) || score.refused() == 0, REFUSED);
    }

    @Test
    void calciteScriptsHaveNoWrongAnswer() throws IOException, SQLException {
        Score score = new Score();
        for (Corpus.Script script : Corpus.calcite()) {
            List<ScriptRecord> records = script.rowRecords(engine.names());
            score.add(run(script, records, Integer.MAX_VALUE, new Random(0)));
        }
        System.out.print(score.report(engine.name() + ", Calcite's scripts"));
        assertEquals(420, score.queries());
        assertFewWrong(score, tolerance.calcitePercent(), "");
        assertTrue(!tolerance.equals(Tolerance.NONE) || score.passPercent() == 100, REFUSED);
    }

    private void assertFewWrong(Score score, double toleratedPercent, String hint) {
        double wrongPercent = 100.0 * score.wrong().size() / score.queries();
        assertTrue(
                wrongPercent <= toleratedPercent,
                () -> score.wrong().size() + " wrong answers, see above " + hint);
        assertTrue(
                !tolerance.equals(Tolerance.NONE) || score.accepted().isEmpty(),
                "statements were carried out that must fail, see above");
        assertEquals(0, score.internal().size(), "internal errors, see above " + hint);
    }

    private Score run(Corpus.Script script, List<ScriptRecord> records, int limit, Random random)
            throws IOException, SQLException {
        Set<String> excluded = Corpus.excluded();
        Score score = new Score();
        List<ScriptRecord.Query> queries = new ArrayList<>();
        List<ScriptRecord> run = new ArrayList<>();
        for (ScriptRecord record : records) {
            boolean isMeantToFail =
                    record instanceof ScriptRecord.Command command
                            && command.fails()
                            && excluded.contains(script.name() + ":" + command.line());
            if (!isMeantToFail) {
                run.add(record);
            }
            if (record instanceof ScriptRecord.Query query && wanted.matcher(query.sql()).find()) {
                if (excluded.contains(script.name() + ":" + query.line())) {
                    score.exclude();
                } else {
                    queries.add(query);
                }
            }
        }
        if (queries.size() > limit) {
            Collections.shuffle(queries, random);
            queries = queries.subList(0, limit);
        }
        var chosen = Collections.<ScriptRecord.Query>newSetFromMap(new IdentityHashMap<>());
        chosen.addAll(queries);
        try (Connection connection = engine.open()) {
            score.add(ScriptRunner.run(script.name(), connection, run, chosen::contains));
        }
        score.excuse(Corpus.excused());
        return score;
    }

    /// Scripts of moderate size in random order, of every folder in turn.
    private static List<Corpus.Script> sample(Random random) throws IOException {
        Map<String, List<Corpus.Script>> byFolder = new TreeMap<>();
        for (Corpus.Script script : Corpus.sqlLogicTest()) {
            if (script.sizeBytes() <= LARGEST_SAMPLED_BYTES) {
                String folder = script.name().replaceAll("/[^/]*$", "");
                byFolder.computeIfAbsent(folder, name -> new ArrayList<>()).add(script);
            }
        }
        byFolder.values().forEach(scripts -> Collections.shuffle(scripts, random));
        List<Corpus.Script> sample = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (List<Corpus.Script> scripts : byFolder.values()) {
                if (round < scripts.size()) {
                    sample.add(scripts.get(round));
                }
            }
        }
        return sample;
    }
}
