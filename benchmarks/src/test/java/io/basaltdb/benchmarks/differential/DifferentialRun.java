package io.basaltdb.benchmarks.differential;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerCheck;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.engine.TestEngine;
import io.basaltdb.benchmarks.suite.BenchQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Asks two engines the same random queries.
final class DifferentialRun {
    private static final int QUERIES_PER_TABLES = 100;
    private static final String INTERNAL_ERROR = "XX000";

    private final TestEngine reference;
    private final TestEngine tested;

    DifferentialRun(TestEngine reference, TestEngine tested) {
        this.reference = reference;
        this.tested = tested;
    }

    /// @param compared queries that both engines answered
    /// @param refused queries that exactly one of them answered, with the message of the other
    /// @param internal queries on which the tested engine failed by a mistake of its own
    record Outcome(
            int compared, List<String> refused, List<String> internal, List<String> differences) {}

    /// Runs until the deadline, or for so many rounds of new tables; one round at least.
    Outcome run(long seed, int rounds, long deadlineNanos) throws SQLException {
        Random seeds = new Random(seed);
        Outcome outcome = new Outcome(0, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            if (round > 0 && System.nanoTime() > deadlineNanos) {
                break;
            }
            outcome = runRound(new Random(seeds.nextLong()), outcome);
        }
        return outcome;
    }

    private Outcome runRound(Random random, Outcome before) throws SQLException {
        List<RandomTables.Table> tables = new RandomTables(random).make();
        RandomQueries queries = new RandomQueries(random, tables);
        int compared = before.compared();
        try (Connection left = reference.open();
                Connection right = tested.open()) {
            for (RandomTables.Table table : tables) {
                RandomTables.create(left, table);
                RandomTables.create(right, table);
            }
            for (int i = 0; i < QUERIES_PER_TABLES; i++) {
                compared += compare(left, right, queries.next(), before) ? 1 : 0;
            }
        }
        return new Outcome(compared, before.refused(), before.internal(), before.differences());
    }

    private boolean compare(Connection left, Connection right, BenchQuery query, Outcome outcome) {
        Optional<Answer> expected = Optional.empty();
        String refusal = "";
        try {
            expected = Optional.of(AnswerReader.read(left, query.sql()));
        } catch (SQLException refused) {
            refusal = reference.name() + ": " + refused.getMessage();
        }
        Optional<Answer> found = Optional.empty();
        try {
            found = Optional.of(AnswerReader.read(right, query.sql()));
        } catch (SQLException refused) {
            refusal = tested.name() + ": " + refused.getMessage();
            if (INTERNAL_ERROR.equals(refused.getSQLState())) {
                outcome.internal().add(query.sql() + "\n    " + refusal);
            }
        }
        if (expected.isPresent() != found.isPresent()) {
            outcome.refused().add(query.sql() + "\n    " + refusal);
        }
        if (expected.isEmpty() || found.isEmpty()) {
            return false;
        }
        check(left, query, expected.get(), found.get()).ifPresent(outcome.differences()::add);
        return true;
    }

    private static Optional<String> check(
            Connection reference, BenchQuery query, Answer expected, Answer found) {
        try {
            return AnswerCheck.difference(
                            query.shape(),
                            expected,
                            found,
                            wanted -> AnswerReader.read(reference, query.body(), wanted))
                    .map(text -> query.sql() + "\n    " + text);
        } catch (SQLException failed) {
            return Optional.of(query.sql() + "\n    " + failed.getMessage());
        }
    }
}
