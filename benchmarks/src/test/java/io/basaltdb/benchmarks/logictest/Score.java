package io.basaltdb.benchmarks.logictest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What came of the queries of one or more scripts.
final class Score {
    private static final int LISTED = 20;
    private static final int MISTAKES_LISTED = 200;

    private long passed;
    private long refused;
    private long unreachable;
    private long excluded;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> internal = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final Map<String, Reason> reasons = new TreeMap<>();

    /// How often the engine gave a reason, and where first.
    private record Reason(long count, String first) {
        Reason plus(Reason other) {
            return new Reason(count + other.count, first);
        }
    }

    void pass() {
        passed++;
    }

    /// The query was not asked: see [Corpus#excluded].
    void exclude() {
        excluded++;
    }

    /// The engine did not answer.
    void refuse(String reason, String where) {
        refused++;
        reasons.merge(reason, new Reason(1, where), Reason::plus);
    }

    /// Queries that were refused with one of these SQLSTATEs count as excluded; their reasons stay in the report.
    void excuse(Set<String> states) {
        for (Map.Entry<String, Reason> reason : reasons.entrySet()) {
            if (states.contains(reason.getKey().split(" ", 2)[0])) {
                refused -= reason.getValue().count();
                excluded += reason.getValue().count();
            }
        }
    }

    /// Queries that the engine did not answer and that nothing excuses.
    long refused() {
        return refused;
    }

    /// The database is not in the state that the script expects.
    void skipUnreachable() {
        unreachable++;
    }

    /// A statement, not a query, was refused.
    void refuseStatement(String reason, String where) {
        reasons.merge("statement: " + reason, new Reason(1, where), Reason::plus);
    }

    /// A statement was carried out that must fail.
    void accept(String where) {
        accepted.add(where);
    }

    /// The engine refused a query or a statement by a mistake of its own; said besides the refusal.
    void addInternal(String what) {
        internal.add(what);
    }

    /// The engine answered something else.
    void addWrong(String what) {
        wrong.add(what);
    }

    void add(Score other) {
        passed += other.passed;
        refused += other.refused;
        unreachable += other.unreachable;
        excluded += other.excluded;
        wrong.addAll(other.wrong);
        internal.addAll(other.internal);
        accepted.addAll(other.accepted);
        other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Reason::plus));
    }

    long queries() {
        return passed + refused + unreachable + excluded + wrong.size();
    }

    long passed() {
        return passed;
    }

    List<String> wrong() {
        return wrong;
    }

    List<String> internal() {
        return internal;
    }

    /// Where statements were carried out that must fail.
    List<String> accepted() {
        return accepted;
    }

    double passPercent() {
        long asked = queries() - excluded;
        return asked == 0 ? 100 : 100.0 * passed / asked;
    }

    /// The numbers, then the reasons of refusals by how often they came, then the wrong answers.
    String report(String title) {
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%s: %.2f %% of %d queries (wrong %d, internal errors %d, refused %d, unreachable %d, excluded %d)%n",
                        title,
                        passPercent(),
                        queries(),
                        wrong.size(),
                        internal.size(),
                        refused,
                        unreachable,
                        excluded));
        reasons.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().count()))
                .limit(LISTED)
                .forEach(entry ->
                        out.append("  ")
                                .append(entry.getValue().count())
                                .append(" × ")
                                .append(entry.getKey())
                                .append(", first at ")
                                .append(entry.getValue().first())
                                .append('\n'));
        wrong.stream()
                .limit(MISTAKES_LISTED)
                .forEach(text -> out.append("  WRONG ").append(text).append('\n'));
        accepted.stream()
                .limit(MISTAKES_LISTED)
                .forEach(text ->
                        out.append("  ACCEPTED, THOUGH IT SHOULD FAIL ").append(text).append('\n'));
        internal.stream()
                .limit(MISTAKES_LISTED)
                .forEach(text -> out.append("  INTERNAL ERROR ").append(text).append('\n'));
        return out.toString();
    }
}
