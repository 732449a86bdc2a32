package io.basaltdb.query.session;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.query.sql.ValueRows;
import io.basaltdb.query.sql.ValueRows.Cell;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that stand in the text of an INSERT, or come as its parameters, laid out for a table: no plan, no pipeline. A single row costs
/// little more than its values.
///
/// It knows what can be laid out and nothing else: where a name, a width or a value does not fit, it has no answer, and the statement is
/// planned like any other, which gives the error its place in the text.
final class DirectInsert {
    private static final int NOT_GIVEN = -1;

    private final ValueRows rows;
    private final TableDefinition table;
    private final int[] sourceOf;
    private final List<Value> defaults;
    private final ZoneId zone;
    private final KeyRule rule;

    private DirectInsert(
            ValueRows rows,
            TableDefinition table,
            int[] sourceOf,
            List<Value> defaults,
            ZoneId zone,
            KeyRule rule) {
        this.rows = rows;
        this.table = table;
        this.sourceOf = sourceOf;
        this.defaults = defaults;
        this.zone = zone;
        this.rule = rule;
    }

    /// The insert for that table, or null. Holds as long as the table is defined like that.
    ///
    /// @param rule for rows whose key is there
    static @Nullable DirectInsert into(
            TableDefinition table, ValueRows rows, ZoneId zone, KeyRule rule) {
        int[] sourceOf = sources(table, rows);
        if (sourceOf == null || table.columns().stream().anyMatch(ColumnDefinition::isGenerated)) {
            return null;
        }
        List<Value> defaults = new ArrayList<>();
        for (int i = 0; i < sourceOf.length; i++) {
            boolean needed = sourceOf[i] == NOT_GIVEN || hasDefault(rows, sourceOf[i]);
            Value value = needed ? defaultOf(table.columns().get(i), zone) : Value.NULL;
            if (value == null) {
                return null;
            }
            defaults.add(value);
        }
        return new DirectInsert(rows, table, sourceOf, defaults, zone, rule);
    }

    /// Whether it still holds: for the same columns, and defaults read in the same zone. Most often the table is the same object,
    /// and comparing columns takes long.
    @SuppressWarnings("ReferenceEquality")
    boolean isFor(TableDefinition other, ZoneId otherZone) {
        return (table == other || table.equals(other)) && zone.equals(otherZone);
    }

    KeyRule rule() {
        return rule;
    }

    /// For each column of the table its place in the rows.
    private static int @Nullable [] sources(TableDefinition table, ValueRows rows) {
        int[] sourceOf = new int[table.columns().size()];
        if (rows.columns().isEmpty()) {
            for (int i = 0; i < sourceOf.length; i++) {
                sourceOf[i] = i;
            }
            return rows.width() == sourceOf.length ? sourceOf : null;
        }
        if (rows.width() != rows.columns().size()) {
            return null;
        }
        Arrays.fill(sourceOf, NOT_GIVEN);
        for (int place = 0; place < rows.columns().size(); place++) {
            int column = table.rowSchema().indexOf(rows.columns().get(place));
            if (column < 0 || sourceOf[column] != NOT_GIVEN) {
                return null;
            }
            sourceOf[column] = place;
        }
        return sourceOf;
    }

    private static boolean hasDefault(ValueRows rows, int place) {
        for (List<Cell> row : rows.rows()) {
            if (row.get(place) instanceof Cell.Default) {
                return true;
            }
        }
        return false;
    }

    /// The value of a DEFAULT that is a literal; null where it has to be computed.
    private static @Nullable Value defaultOf(ColumnDefinition column, ZoneId zone) {
        String sql = column.defaultSql();
        if (sql == null) {
            return Value.NULL;
        }
        Cell.Literal literal = ValueRows.literal(sql);
        return literal == null ? null : literal(literal, column.type(), zone);
    }

    /// A truth value is no number unless a CAST says so.
    private static @Nullable Value literal(Cell.Literal literal, Type to, ZoneId zone) {
        boolean refused =
                literal.type() instanceof Type.Bool
                        && !(to instanceof Type.Bool || to instanceof Type.Text);
        return refused ? null : converted(literal.value(), literal.type(), to, zone);
    }

    /// The rows in batches of the table's columns; null where a value does not fit its column.
    @Nullable List<Batch> batches(List<Session.Parameter> parameters) {
        if (parameters.size() != rows.parameterCount()) {
            return null;
        }
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows.rows().size(); from += Batch.MAX_ROWS) {
            int to = Math.min(rows.rows().size(), from + Batch.MAX_ROWS);
            List<Vector> columns = new ArrayList<>(sourceOf.length);
            for (int column = 0; column < sourceOf.length; column++) {
                Vector values = column(column, from, to, parameters);
                if (values == null) {
                    return null;
                }
                columns.add(values);
            }
            batches.add(new Batch(to - from, columns));
        }
        return batches;
    }

    private @Nullable Vector column(
            int column, int from, int to, List<Session.Parameter> parameters) {
        Type type = table.columns().get(column).type();
        int place = sourceOf[column];
        if (place == NOT_GIVEN) {
            return new ConstantVector(type, to - from, defaults.get(column));
        }
        if (to - from == 1) {
            Value value = value(rows.rows().get(from).get(place), column, parameters);
            return value == null ? null : new ConstantVector(type, 1, value);
        }
        List<Value> values = new ArrayList<>(to - from);
        for (int row = from; row < to; row++) {
            Value value = value(rows.rows().get(row).get(place), column, parameters);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return ValueVectors.of(type, values);
    }

    private @Nullable Value value(Cell cell, int column, List<Session.Parameter> parameters) {
        Type type = table.columns().get(column).type();
        return switch (cell) {
            case Cell.Literal literal -> literal(literal, type, zone);
            case Cell.Parameter(int index) -> {
                Session.Parameter given = parameters.get(index);
                yield converted(given.value(), given.type(), type, zone);
            }
            case Cell.Default _ -> defaults.get(column);
        };
    }

    private static @Nullable Value converted(Value value, Type from, Type to, ZoneId zone) {
        try {
            return ValueText.convert(value, from, to, zone);
        } catch (BasaltException doesNotFit) {
            return null;
        }
    }
}
