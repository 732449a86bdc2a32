package io.basaltdb.query.isolation;

import io.basaltdb.query.isolation.History.Outcome;
import io.basaltdb.query.isolation.History.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds what snapshot isolation forbids. Committed transactions are nodes; there is an edge from one to another that overwrote it (ww), that read
/// what it wrote (wr), that overwrote what it had read (rw), or that followed it in its session. A history is one of snapshot isolation if there
/// is no circle in which every rw is followed by an edge that is none (Cerone and Gotsman, 2016); with two of them in a row it is write
/// skew, which snapshot isolation allows, and which is told apart.
final class HistoryCheck {
    enum Anomaly {
        /// A circle of overwriting.
        G0,
        /// What a transaction wrote was read, though it was rolled back.
        G1A_ABORTED_READ,
        /// What a transaction wrote over itself was read.
        G1B_INTERMEDIATE_READ,
        /// A circle of overwriting and reading.
        G1C,
        /// Two transactions read one version, and both overwrote it.
        LOST_UPDATE,
        /// A circle with one rw: a transaction saw some of another and missed the rest.
        G_SINGLE,
        /// A circle of several rw, no two of them next to each other.
        G_NONADJACENT,
        /// A transaction does not see what it wrote, or sees two states.
        INTERNAL,
        /// Two reads of one list disagree about its order.
        INCOMPATIBLE_ORDER,
        /// A value that nobody wrote.
        GARBAGE
    }

    /// @param text what was found, for people
    record Finding(Anomaly anomaly, String text) {}

    /// @param writeSkews whether there are circles that only serializability forbids
    record Verdict(List<Finding> findings, boolean writeSkews) {
        Set<Anomaly> anomalies() {
            Set<Anomaly> all = new TreeSet<>();
            findings.forEach(finding -> all.add(finding.anomaly()));
            return all;
        }
    }

    private enum Kind {
        WW,
        WR,
        RW,
        SESSION
    }

    private final History history;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Transaction> writers = new HashMap<>();
    private final Map<Long, Boolean> isLast = new HashMap<>();
    private final Map<String, List<Long>> versions = new HashMap<>();
    private final Map<Integer, Map<Integer, Set<Kind>>> edges = new HashMap<>();

    private HistoryCheck(History history) {
        this.history = history;
    }

    static Verdict of(History history) {
        HistoryCheck check = new HistoryCheck(history);
        check.findWriters();
        check.orderVersions();
        check.checkReads();
        check.connect();
        return new Verdict(check.findings, check.findCircles());
    }

    private void found(Anomaly anomaly, String text) {
        findings.add(new Finding(anomaly, anomaly + ": " + text));
    }

    private void findWriters() {
        for (Transaction transaction : history.transactions()) {
            Map<String, Long> last = new HashMap<>();
            for (History.Operation operation : transaction.operations()) {
                Long value =
                        switch (operation) {
                            case History.Append(String _, long appended) -> appended;
                            case History.Write(String _, long written) -> written;
                            case History.ReadList _, History.Read _ -> null;
                        };
                if (value != null) {
                    writers.put(value, transaction);
                    isLast.put(value, true);
                    Long before = last.put(operation.key(), value);
                    if (before != null) {
                        isLast.put(before, false);
                    }
                }
            }
        }
    }

    /// Of a list the longest read, of which all others must be the beginning; of a register the chain of who read what before it wrote.
    private void orderVersions() {
        Map<String, Map<Long, Long>> next = new LinkedHashMap<>();
        for (Transaction transaction : history.transactions()) {
            Map<String, Long> seen = new HashMap<>();
            for (History.Operation operation : transaction.operations()) {
                switch (operation) {
                    case History.ReadList(String key, List<Long> values) -> {
                        // One that was rolled back may have seen its own appends.
                        if (transaction.outcome() != Outcome.ABORTED) {
                            lengthen(key, values);
                        }
                    }
                    case History.Read(String key, Long value) ->
                            seen.put(key, value == null ? 0 : value);
                    case History.Write(String key, long value) -> {
                        Long before = seen.put(key, value);
                        if (before != null && counts(transaction)) {
                            follow(next, key, before, value);
                        }
                    }
                    case History.Append _ -> {}
                }
            }
        }
        next.forEach((key, chain) -> {
            List<Long> order = new ArrayList<>();
            for (Long at = chain.get(0L); at != null; at = chain.get(at)) {
                order.add(at);
            }
            versions.put(key, order);
        });
    }

    private static boolean counts(Transaction transaction) {
        return transaction.outcome() == Outcome.COMMITTED;
    }

    private void lengthen(String key, List<Long> values) {
        List<Long> longest = versions.getOrDefault(key, List.of());
        List<Long> shorter = values.size() < longest.size() ? values : longest;
        List<Long> longer = values.size() < longest.size() ? longest : values;
        if (!longer.subList(0, shorter.size()).equals(shorter)) {
            found(Anomaly.INCOMPATIBLE_ORDER, key + " was read as " + shorter + " and " + longer);
        }
        versions.put(key, longer);
    }

    private void follow(Map<String, Map<Long, Long>> next, String key, long before, long after) {
        Long other = next.computeIfAbsent(key, _ -> new HashMap<>()).putIfAbsent(before, after);
        if (other != null) {
            found(
                    Anomaly.LOST_UPDATE,
                    key + " was " + before + " for both who wrote " + other + " and " + after);
        }
    }

    private void checkReads() {
        for (Transaction transaction : history.transactions()) {
            Map<String, List<Long>> lists = new HashMap<>();
            Map<String, Long> registers = new HashMap<>();
            Map<String, List<Long>> own = new HashMap<>();
            for (History.Operation operation : transaction.operations()) {
                switch (operation) {
                    case History.Append(String key, long value) -> {
                        own.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
                        lists.computeIfPresent(key, (_, known) -> plus(known, value));
                    }
                    case History.Write(String key, long value) -> registers.put(key, value);
                    case History.Read(String key, Long value) -> {
                        long read = value == null ? 0 : value;
                        Long known = registers.putIfAbsent(key, read);
                        if (known != null && known != read) {
                            found(
                                    Anomaly.INTERNAL,
                                    transaction.id()
                                            + " saw "
                                            + key
                                            + " as "
                                            + known
                                            + ", then "
                                            + read);
                        }
                        checkValue(transaction, key, read);
                    }
                    case History.ReadList(String key, List<Long> values) -> {
                        List<Long> known = lists.put(key, values);
                        List<Long> mine = own.getOrDefault(key, List.of());
                        int tail = values.size() - mine.size();
                        boolean seesOwn =
                                tail >= 0 && values.subList(tail, values.size()).equals(mine);
                        if ((known != null && !known.equals(values)) || !seesOwn) {
                            found(
                                    Anomaly.INTERNAL,
                                    transaction.id()
                                            + " saw "
                                            + key
                                            + " as "
                                            + known
                                            + ", then "
                                            + values
                                            + ", own "
                                            + mine);
                        }
                        for (int i = 0; i < values.size(); i++) {
                            checkWritten(transaction, key, values.get(i));
                        }
                        if (!values.isEmpty()) {
                            checkValue(transaction, key, values.getLast());
                        }
                    }
                }
            }
        }
    }

    private static List<Long> plus(List<Long> values, long more) {
        List<Long> longer = new ArrayList<>(values);
        longer.add(more);
        return longer;
    }

    private @Nullable Transaction checkWritten(Transaction reader, String key, long value) {
        Transaction writer = writers.get(value);
        if (writer == null) {
            found(Anomaly.GARBAGE, reader.id() + " read " + value + " of " + key);
        } else if (writer != reader && writer.outcome() == Outcome.ABORTED) {
            found(
                    Anomaly.G1A_ABORTED_READ,
                    reader.id()
                            + " read "
                            + value
                            + " of "
                            + key
                            + ", which "
                            + writer.id()
                            + " took back");
        }
        return writer;
    }

    private void checkValue(Transaction reader, String key, long value) {
        Transaction writer = value == 0 ? null : checkWritten(reader, key, value);
        if (writer != null && writer != reader && !isLast.getOrDefault(value, true)) {
            found(
                    Anomaly.G1B_INTERMEDIATE_READ,
                    reader.id()
                            + " read "
                            + value
                            + " of "
                            + key
                            + ", which "
                            + writer.id()
                            + " wrote over");
        }
    }

    private void edge(@Nullable Transaction from, @Nullable Transaction to, Kind kind) {
        if (from != null && to != null && from.id() != to.id()) {
            edges.computeIfAbsent(from.id(), _ -> new HashMap<>())
                    .computeIfAbsent(to.id(), _ -> new TreeSet<>())
                    .add(kind);
        }
    }

    private void connect() {
        versions.forEach((_, order) -> {
            for (int i = 1; i < order.size(); i++) {
                edge(writers.get(order.get(i - 1)), writers.get(order.get(i)), Kind.WW);
            }
        });
        Map<Integer, Transaction> lastOf = new HashMap<>();
        for (Transaction transaction : history.transactions()) {
            if (transaction.outcome() == Outcome.ABORTED) {
                continue;
            }
            edge(lastOf.put(transaction.session(), transaction), transaction, Kind.SESSION);
            Set<String> written = new HashSet<>();
            for (History.Operation operation : transaction.operations()) {
                switch (operation) {
                    case History.ReadList(String key, List<Long> values) -> {
                        if (written.add(key)) {
                            read(transaction, key, values.isEmpty() ? 0 : values.getLast());
                        }
                    }
                    case History.Read(String key, Long value) -> {
                        if (written.add(key)) {
                            read(transaction, key, value == null ? 0 : value);
                        }
                    }
                    case History.Append(String key, long _) -> written.add(key);
                    case History.Write(String key, long _) -> written.add(key);
                }
            }
        }
    }

    private void read(Transaction reader, String key, long value) {
        List<Long> order = versions.getOrDefault(key, List.of());
        int at = value == 0 ? -1 : order.indexOf(value);
        if (value != 0) {
            edge(writers.get(value), reader, Kind.WR);
        }
        if ((value == 0 || at >= 0) && at + 1 < order.size()) {
            edge(reader, writers.get(order.get(at + 1)), Kind.RW);
        }
    }

    /// Steps of the graph in which a circle is forbidden: an edge that is no rw, and then perhaps one that is.
    private Map<Integer, Map<Integer, String>> steps() {
        Map<Integer, Map<Integer, String>> steps = new HashMap<>();
        edges.forEach((from, targets) ->
                targets.forEach((middle, kinds) -> {
                    boolean depends = kinds.stream().anyMatch(kind -> kind != Kind.RW);
                    if (depends) {
                        String first = from + " -" + kinds + "-> " + middle;
                        steps.computeIfAbsent(from, _ -> new HashMap<>())
                                .putIfAbsent(middle, first);
                        edges.getOrDefault(middle, Map.of())
                                .forEach((to, more) -> {
                                    if (more.contains(Kind.RW)) {
                                        steps.get(from).putIfAbsent(to, first + " -[RW]-> " + to);
                                    }
                                });
                    }
                }));
        return steps;
    }

    private Map<Integer, Map<Integer, String>> only(Set<Kind> wanted) {
        Map<Integer, Map<Integer, String>> chosen = new HashMap<>();
        edges.forEach((from, targets) ->
                targets.forEach((to, kinds) -> {
                    if (kinds.stream().anyMatch(wanted::contains)) {
                        chosen.computeIfAbsent(from, _ -> new HashMap<>())
                                .put(to, from + " -" + kinds + "-> " + to);
                    }
                }));
        return chosen;
    }

    /// Names the worst circle; answers whether there is write skew.
    private boolean findCircles() {
        List<String> circle = circle(only(Set.of(Kind.WW)));
        if (!circle.isEmpty()) {
            found(Anomaly.G0, String.join(", ", circle));
            return false;
        }
        circle = circle(only(Set.of(Kind.WW, Kind.WR, Kind.SESSION)));
        if (!circle.isEmpty()) {
            found(Anomaly.G1C, String.join(", ", circle));
            return false;
        }
        circle = circle(steps());
        if (!circle.isEmpty()) {
            long antiDependencies =
                    circle.stream().filter(step -> step.contains("-[RW]->")).count();
            found(
                    antiDependencies <= 1 ? Anomaly.G_SINGLE : Anomaly.G_NONADJACENT,
                    String.join(", ", circle));
            return false;
        }
        return !circle(only(Set.of(Kind.values()))).isEmpty();
    }

    /// The steps of a circle; empty where there is none. Depth first, with its own stack.
    private static List<String> circle(Map<Integer, Map<Integer, String>> graph) {
        Set<Integer> done = new HashSet<>();
        for (int start : graph.keySet()) {
            Deque<Integer> path = new ArrayDeque<>();
            Deque<List<Integer>> waiting = new ArrayDeque<>();
            Set<Integer> onPath = new HashSet<>();
            push(start, graph, path, waiting, onPath);
            while (!path.isEmpty()) {
                List<Integer> rest = waiting.peek();
                int at = path.peek();
                if (rest == null || rest.isEmpty()) {
                    path.pop();
                    waiting.pop();
                    onPath.remove(at);
                    done.add(at);
                    continue;
                }
                int next = rest.removeLast();
                if (onPath.contains(next)) {
                    return steps(graph, List.copyOf(path.reversed()), next);
                }
                if (!done.contains(next)) {
                    push(next, graph, path, waiting, onPath);
                }
            }
        }
        return List.of();
    }

    private static void push(
            int node,
            Map<Integer, Map<Integer, String>> graph,
            Deque<Integer> path,
            Deque<List<Integer>> waiting,
            Set<Integer> onPath) {
        path.push(node);
        waiting.push(new ArrayList<>(graph.getOrDefault(node, Map.of()).keySet()));
        onPath.add(node);
    }

    private static List<String> steps(
            Map<Integer, Map<Integer, String>> graph, List<Integer> path, int back) {
        List<String> steps = new ArrayList<>();
        for (int i = path.indexOf(back); i < path.size(); i++) {
            int to = i + 1 < path.size() ? path.get(i + 1) : back;
            steps.add(graph.getOrDefault(path.get(i), Map.of()).getOrDefault(to, "?"));
        }
        return steps;
    }
}
