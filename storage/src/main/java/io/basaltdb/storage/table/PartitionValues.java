package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cuts rows by the values of a table's partition expressions.
final class PartitionValues {
    /// The rows of one partition.
    record Slice(List<Value> values, int[] rows) {}

    private PartitionValues() {}

    /// The rows, in their order, cut by partition; the partitions in the order in which they first occur.
    static List<Slice> slices(DeltaView view, int[] rows, TableDefinition definition) {
        if (definition.partitionBy().isEmpty() || rows.length == 0) {
            return rows.length == 0 ? List.of() : List.of(new Slice(List.of(), rows));
        }
        int[] ordinals = new int[rows.length];
        List<List<Value>> values = new ArrayList<>();
        values.add(List.of());
        for (PartitionTransform transform : definition.partitionBy()) {
            values = refine(view, rows, definition, transform, ordinals, values);
        }
        return cut(rows, ordinals, values);
    }

    /// The addresses of the partition's rows.
    static int[] rows(DeltaView view, TableDefinition definition, List<Value> partition) {
        for (Slice slice : slices(view, SortOrder.all(view), definition)) {
            if (slice.values().equals(partition)) {
                return slice.rows();
            }
        }
        return new int[0];
    }

    /// The partition of a row whose columns, in the order of the partition expressions, hold these values.
    static List<Value> of(TableDefinition definition, List<Value> values) {
        List<Value> partition = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            PartitionTransform transform = definition.partitionBy().get(i);
            Type type =
                    definition.columns().get(definition.positionOf(transform.columnId())).type();
            Vector one = FlatVectors.flat(new ConstantVector(type, 1, values.get(i)));
            partition.add(value(transform, type, one, 0));
        }
        return partition;
    }

    private static List<List<Value>> refine(
            DeltaView view,
            int[] rows,
            TableDefinition definition,
            PartitionTransform transform,
            int[] ordinals,
            List<List<Value>> before) {
        int column = definition.positionOf(transform.columnId());
        Type type = definition.columns().get(column).type();
        Map<List<Object>, Integer> known = new HashMap<>();
        List<List<Value>> after = new ArrayList<>();
        Value last = Value.NULL;
        int lastBefore = -1;
        int lastAfter = -1;
        for (int i = 0; i < rows.length; i++) {
            Vector vector =
                    view.chunks()[SortOrder.chunk(rows[i])].columns()[column].vector(
                            view.rows(SortOrder.chunk(rows[i])));
            Value value = value(transform, type, vector, SortOrder.lane(rows[i]));
            if (ordinals[i] != lastBefore || !value.equals(last)) {
                lastBefore = ordinals[i];
                last = value;
                lastAfter =
                        known.computeIfAbsent(
                                List.of(ordinals[i], value),
                                key -> {
                                    List<Value> longer =
                                            new ArrayList<>(before.get((int) key.get(0)));
                                    longer.add((Value) key.get(1));
                                    after.add(longer);
                                    return after.size() - 1;
                                });
            }
            ordinals[i] = lastAfter;
        }
        return after;
    }

    private static List<Slice> cut(int[] rows, int[] ordinals, List<List<Value>> values) {
        int[] counts = new int[values.size()];
        for (int ordinal : ordinals) {
            counts[ordinal]++;
        }
        int[][] slices = new int[counts.length][];
        for (int s = 0; s < slices.length; s++) {
            slices[s] = new int[counts[s]];
        }
        Arrays.fill(counts, 0);
        for (int i = 0; i < rows.length; i++) {
            slices[ordinals[i]][counts[ordinals[i]]++] = rows[i];
        }
        List<Slice> result = new ArrayList<>();
        for (int s = 0; s < slices.length; s++) {
            result.add(new Slice(values.get(s), slices[s]));
        }
        return result;
    }

    private static Value value(PartitionTransform transform, Type type, Vector vector, int lane) {
        if (vector.isNull(lane)) {
            return Value.NULL;
        }
        return switch (transform) {
            case PartitionTransform.Identity _ -> normal(VectorValues.value(vector, lane));
            case PartitionTransform.DateTrunc(_, PartitionTransform.Unit unit) ->
                    Value.of(start(((LongVector) vector).values()[lane], type, unit));
        };
    }

    private static Value normal(Value value) {
        return value instanceof Value.Floating(double real)
                ? Value.of(Double.isNaN(real) ? Double.NaN : real + 0.0)
                : value;
    }

    /// The start of the calendar unit that a DATE or TIMESTAMP lies in, as the type has it.
    static long start(long value, Type type, PartitionTransform.Unit unit) {
        long unitsPerDay =
                switch (type) {
                    case Type.Timestamp timestamp -> 86_400L * timestamp.unitsPerSecond();
                    case Type.TimestampTz timestamp -> 86_400L * timestamp.unitsPerSecond();
                    default -> 1;
                };
        if (unit == PartitionTransform.Unit.HOUR) {
            return unitsPerDay == 1 ? value : value - Math.floorMod(value, unitsPerDay / 24);
        }
        long days = Math.floorDiv(value, unitsPerDay);
        LocalDate date = LocalDate.ofEpochDay(days);
        LocalDate first =
                switch (unit) {
                    case HOUR, DAY -> date;
                    case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTH -> date.withDayOfMonth(1);
                    case QUARTER ->
                            date.withMonth((date.getMonthValue() - 1) / 3 * 3 + 1)
                                    .withDayOfMonth(1);
                    case YEAR -> date.withDayOfYear(1);
                };
        return first.toEpochDay() * unitsPerDay;
    }
}
