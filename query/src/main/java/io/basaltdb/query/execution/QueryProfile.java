package io.basaltdb.query.execution;

import io.basaltdb.query.operator.OperatorCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a query did, operator by operator: the tree that EXPLAIN ANALYZE prints. A copy taken at one moment.
///
/// @param wallNanos time since the query was started, until its end
/// @param workerNanos time that workers spent on it, all together
public record QueryProfile(Node root, long wallNanos, long workerNanos, long peakMemoryBytes) {
    /// One node of the plan.
    ///
    /// @param workerNanos time that workers spent in it, without its inputs
    /// @param peakMemoryBytes most that it held at once
    public record Node(
            String name,
            double estimatedRows,
            long rowsIn,
            long rowsOut,
            long workerNanos,
            long bytesRead,
            long granulesRead,
            long granulesSkipped,
            long peakMemoryBytes,
            List<String> remarks,
            boolean reads,
            long rowsToRead,
            List<Node> inputs) {
        public Node {
            remarks = List.copyOf(remarks);
            inputs = List.copyOf(inputs);
        }
    }

    static QueryProfile of(
            OperatorProfile root, long wallNanos, long workerNanos, long peakMemoryBytes) {
        return new QueryProfile(node(root), wallNanos, workerNanos, peakMemoryBytes);
    }

    private static Node node(OperatorProfile profile) {
        OperatorCounters total = profile.total();
        List<Node> inputs = new ArrayList<>();
        for (OperatorProfile input : profile.inputs()) {
            inputs.add(node(input));
        }
        return new Node(
                profile.name(),
                profile.estimatedRows(),
                total.rowsIn,
                total.rowsOut,
                total.nanos,
                total.bytesRead,
                total.granulesRead,
                total.granulesSkipped,
                profile.memory().peakBytes(),
                profile.remarks(),
                profile.reads(),
                profile.rowsToRead(),
                inputs);
    }

    /// Rows and bytes that the scans have read so far.
    public QueryProgress progress() {
        return progress(root);
    }

    private static QueryProgress progress(Node node) {
        long rows = node.reads() ? node.rowsIn() : 0;
        long bytes = node.bytesRead();
        long total = node.rowsToRead();
        for (Node input : node.inputs()) {
            QueryProgress part = progress(input);
            rows += part.rowsRead();
            bytes += part.bytesRead();
            total += part.rowsTotal();
        }
        return new QueryProgress(rows, bytes, total);
    }

    /// The tree as text, one line per operator.
    public String text() {
        StringBuilder text = new StringBuilder();
        append(text, root, "", "");
        text.append(
                String.format(
                        Locale.ROOT,
                        "total %s, workers %s, peak memory %s\n",
                        time(wallNanos),
                        time(workerNanos),
                        bytes(peakMemoryBytes)));
        return text.toString();
    }

    private static void append(StringBuilder text, Node node, String first, String rest) {
        text.append(first).append(node.name()).append("  [").append(figures(node)).append("]\n");
        for (int i = 0; i < node.inputs().size(); i++) {
            boolean last = i == node.inputs().size() - 1;
            append(
                    text,
                    node.inputs().get(i),
                    rest + (last ? "└─ " : "├─ "),
                    rest + (last ? "   " : "│  "));
        }
    }

    private static String figures(Node node) {
        List<String> parts = new ArrayList<>();
        parts.add("rows " + node.rowsOut());
        if (node.rowsIn() > 0) {
            parts.add("in " + node.rowsIn());
        }
        parts.add("time " + time(node.workerNanos()));
        if (node.reads()) {
            parts.add("read " + bytes(node.bytesRead()));
            parts.add("granules " + node.granulesRead());
            if (node.granulesSkipped() > 0) {
                parts.add("skipped " + node.granulesSkipped());
            }
        }
        if (node.peakMemoryBytes() > 0) {
            parts.add("memory " + bytes(node.peakMemoryBytes()));
        }
        parts.addAll(node.remarks());
        return String.join(", ", parts);
    }

    private static String time(long nanos) {
        return nanos < 10_000_000
                ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
    }

    private static String bytes(long bytes) {
        return bytes < 10_240
                ? bytes + " B"
                : bytes < 10_485_760
                        ? String.format(Locale.ROOT, "%.0f KiB", bytes / 1024.0)
                        : String.format(Locale.ROOT, "%.0f MiB", bytes / 1048576.0);
    }
}
