package io.basaltdb.query.operator.scan;

import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In which order predicates on single columns are tried: those that leave few rows and cost little first.
final class PredicateOrder {
    /// Share of rows that an interval is taken to keep where nothing is known of the column.
    private static final double UNKNOWN_SHARE = 0.3;

    private PredicateOrder() {}

    static List<ColumnRanges> of(
            List<ColumnRanges> predicates, TableStatistics statistics, Schema schema) {
        return predicates.stream()
                .sorted(
                        Comparator.comparingDouble(
                                predicate -> rank(predicate, statistics, schema)))
                .toList();
    }

    /// Cost per row that the predicate removes.
    private static double rank(ColumnRanges predicate, TableStatistics statistics, Schema schema) {
        int column = predicate.column();
        ColumnStatistics known =
                column < statistics.columns().size() ? statistics.columns().get(column) : null;
        double kept = Math.clamp(keptShare(predicate.ranges(), known), 0.0, 0.999);
        return cost(schema.type(column).physical()) / (1 - kept);
    }

    private static double cost(Physical physical) {
        return switch (physical) {
            case BITS -> 0.5;
            case LONG, DOUBLE -> 1;
            case WIDE -> 2;
            case BYTES -> 4;
        };
    }

    private static double keptShare(Ranges ranges, @Nullable ColumnStatistics known) {
        double share = 0;
        for (Ranges.Interval interval : ranges.intervals()) {
            share += keptShare(interval, known);
        }
        return share;
    }

    private static double keptShare(Ranges.Interval interval, @Nullable ColumnStatistics known) {
        if (known == null) {
            return interval.isPoint() ? 0.01 : UNKNOWN_SHARE;
        }
        if (interval.isPoint()) {
            return known.distinctCount() > 0 ? 1.0 / known.distinctCount() : 0.01;
        }
        double min = number(known.min());
        double max = number(known.max());
        if (Double.isNaN(min) || Double.isNaN(max) || max <= min) {
            return UNKNOWN_SHARE;
        }
        double low = interval.low() == null ? min : Math.max(min, number(interval.low()));
        double high = interval.high() == null ? max : Math.min(max, number(interval.high()));
        return Math.max(0, high - low) / (max - min);
    }

    private static double number(@Nullable Value value) {
        return switch (value) {
            case Value.Whole(long whole) -> whole;
            case Value.Floating(double floating) -> floating;
            case Value.Wide(long high, _) -> high * 0x1p64;
            case Value.Null _, Value.Bool _, Value.Bytes _ -> Double.NaN;
            case null -> Double.NaN;
        };
    }
}
