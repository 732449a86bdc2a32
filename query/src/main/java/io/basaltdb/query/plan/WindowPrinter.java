package io.basaltdb.query.plan;

import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.Locale;
import java.util.stream.Collectors;

/// A window node as one line.
final class WindowPrinter {
    private WindowPrinter() {}

    static String print(PlanNode.Window window) {
        Schema input = window.input().output();
        String partition = PlanPrinter.names(window.partitionColumns(), input);
        String order = PlanPrinter.keys(window.order(), input);
        return "Window"
                + (partition.isEmpty() ? "" : " by " + partition)
                + (order.isEmpty() ? "" : " order " + order)
                + ": "
                + window.calls().stream()
                        .map(call -> call(call, window, input))
                        .collect(Collectors.joining(", "));
    }

    private static String call(WindowCall call, PlanNode.Window window, Schema input) {
        StringBuilder text = new StringBuilder(name(call.function())).append('(');
        text.append(call.distinct() ? "DISTINCT " : "")
                .append(PlanPrinter.names(call.arguments(), input));
        String parameter = parameter(call.function());
        text.append(call.arguments().isEmpty() || parameter.isEmpty() ? "" : ", ")
                .append(parameter)
                .append(')');
        text.append(call.ignoreNulls() ? " IGNORE NULLS" : "");
        if (hasFrame(call.function())) {
            Type key = keyType(window, input);
            text.append(' ').append(frame(call.frame(), key));
        }
        if (call.orderKeys() < window.order().size() && !call.frame().isPartition()) {
            text.append(" of ").append(call.orderKeys()).append(" keys");
        }
        return text.toString();
    }

    private static Type keyType(PlanNode.Window window, Schema input) {
        return window.order().isEmpty()
                ? Type.BIGINT
                : input.type(window.order().getFirst().column());
    }

    private static boolean hasFrame(WindowFunction function) {
        return switch (function) {
            case WindowFunction.Place _,
                    WindowFunction.Tile _,
                    WindowFunction.Shift _,
                    WindowFunction.HasShifted _ ->
                    false;
            case WindowFunction.Nth _, WindowFunction.Last _, WindowFunction.Aggregated _ -> true;
        };
    }

    private static String name(WindowFunction function) {
        return switch (function) {
            case WindowFunction.Place place -> place.name().toLowerCase(Locale.ROOT);
            case WindowFunction.Tile _ -> "ntile";
            case WindowFunction.Shift(long rows) -> rows < 0 ? "lag" : "lead";
            case WindowFunction.HasShifted(long rows) -> rows < 0 ? "has_lag" : "has_lead";
            case WindowFunction.Nth(long n) -> n == 1 ? "first_value" : "nth_value";
            case WindowFunction.Last _ -> "last_value";
            case WindowFunction.Aggregated(var aggregate, _) ->
                    aggregate.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String parameter(WindowFunction function) {
        return switch (function) {
            case WindowFunction.Tile(long parts) -> Long.toString(parts);
            case WindowFunction.Shift(long rows) -> Long.toString(Math.abs(rows));
            case WindowFunction.HasShifted(long rows) -> Long.toString(Math.abs(rows));
            case WindowFunction.Nth(long n) -> n == 1 ? "" : Long.toString(n);
            case WindowFunction.Place _, WindowFunction.Last _, WindowFunction.Aggregated _ -> "";
        };
    }

    private static String frame(WindowFrame frame, Type key) {
        String exclusion =
                frame.exclusion() == WindowFrame.Exclusion.NO_OTHERS
                        ? ""
                        : " EXCLUDE " + frame.exclusion().name().replace('_', ' ');
        return frame.isPartition()
                ? "of partition"
                : frame.unit()
                        + " "
                        + bound(frame.start(), key)
                        + " … "
                        + bound(frame.end(), key)
                        + exclusion;
    }

    private static String bound(WindowFrame.Bound bound, Type key) {
        return switch (bound) {
            case WindowFrame.Edge edge -> edge.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case WindowFrame.Away(long distance) -> String.format(Locale.ROOT, "%+d", distance);
            case WindowFrame.Near(var distance) -> "near " + nearness(distance, key);
            case WindowFrame.Months(long months) ->
                    String.format(Locale.ROOT, "near %+d months", months);
        };
    }

    private static String nearness(io.basaltdb.storage.type.Value distance, Type key) {
        return switch (key) {
            case Type.Int _, Type.Decimal _, Type.Real _, Type.DoublePrecision _ ->
                    PlanPrinter.value(distance, key);
            case Type.Bool _,
                    Type.Date _,
                    Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    PlanPrinter.value(distance, Type.BIGINT);
        };
    }
}
