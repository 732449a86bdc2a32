package io.basaltdb.query.plan;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sets of values as text: `{1, 2, [5 … 9), NULL}`.
final class RangesPrinter {
    private static final int MAX_INTERVALS = 8;

    private RangesPrinter() {}

    static String print(Ranges ranges, Type type) {
        List<String> parts = new ArrayList<>();
        for (Ranges.Interval interval : ranges.intervals()) {
            if (parts.size() == MAX_INTERVALS) {
                parts.add("… " + (ranges.intervals().size() - MAX_INTERVALS) + " more");
                break;
            }
            parts.add(print(interval, type));
        }
        if (ranges.includesNull()) {
            parts.add("NULL");
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private static String print(Ranges.Interval interval, Type type) {
        @Nullable Value low = interval.low();
        @Nullable Value high = interval.high();
        if (interval.isPoint() && low != null) {
            return ValuePrinter.print(low, type);
        }
        return (interval.lowInclusive() ? "[" : "(")
                + (low == null ? "" : ValuePrinter.print(low, type) + " ")
                + "…"
                + (high == null ? "" : " " + ValuePrinter.print(high, type))
                + (interval.highInclusive() ? "]" : ")");
    }
}
