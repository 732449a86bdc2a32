package io.basaltdb.query.plan;

import java.util.HashSet;
import java.util.Set;

/// A plan as one JSON document: the operators of [PlanPrinter], each with its inputs.
///
/// ```
/// {"operator": "Limit", "detail": "10", "estimated_rows": 10, "inputs": [{"operator": "Scan", …}]}
/// ```
public final class PlanJson {
    private final StringBuilder out = new StringBuilder();
    private final Set<Integer> printedShared = new HashSet<>();

    private PlanJson() {}

    public static String print(PlanNode plan) {
        PlanJson json = new PlanJson();
        json.print(plan, 0);
        return json.out.append('\n').toString();
    }

    private void print(PlanNode node, int depth) {
        String line = PlanPrinter.line(node);
        int end = line.indexOf(' ');
        String operator = end < 0 ? line : line.substring(0, end);
        String detail = end < 0 ? "" : line.substring(end + 1).replaceFirst("\\s+~\\d+ rows$", "");
        indent(depth).append("{\"operator\": ");
        text(operator);
        if (!detail.isEmpty()) {
            out.append(", \"detail\": ");
            text(detail);
        }
        if (node.estimatedRows() >= 0) {
            out.append(", \"estimated_rows\": ").append(Math.round(node.estimatedRows()));
        }
        out.append(", \"inputs\": [");
        if (node instanceof PlanNode.Shared shared && !printedShared.add(shared.number())) {
            out.append("]}");
            return;
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            out.append(i == 0 ? "\n" : ",\n");
            print(node.inputs().get(i), depth + 1);
        }
        out.append("]}");
    }

    private StringBuilder indent(int depth) {
        return out.repeat("  ", depth);
    }

    private void text(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
