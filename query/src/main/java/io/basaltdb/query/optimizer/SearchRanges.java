package io.basaltdb.query.optimizer;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/// Calcite's search arguments → [Ranges].
final class SearchRanges {
    private SearchRanges() {}

    @SuppressWarnings("unchecked")
    static Ranges of(Sarg<?> sarg, Type type) {
        List<Ranges.Interval> intervals = new ArrayList<>();
        for (Range<?> range : (Iterable<Range<?>>) (Iterable<?>) sarg.rangeSet.asRanges()) {
            @Nullable Value low =
                    range.hasLowerBound() ? Literals.value(range.lowerEndpoint(), type) : null;
            @Nullable Value high =
                    range.hasUpperBound() ? Literals.value(range.upperEndpoint(), type) : null;
            intervals.add(
                    new Ranges.Interval(
                            low,
                            low != null && range.lowerBoundType() == BoundType.CLOSED,
                            high,
                            high != null && range.upperBoundType() == BoundType.CLOSED));
        }
        return new Ranges(intervals, false);
    }
}
