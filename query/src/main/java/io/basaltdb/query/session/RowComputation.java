package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.storage.catalog.CheckConstraint;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.StoredExpression;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.RowRule;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Fills generated columns in and looks whether checks hold, batch by batch, each in the time zone that it was written in.
final class RowComputation implements RowRule {
    private static final int MAX_ROW_TEXT = 300;

    private final TableDefinition table;
    private final List<Integer> generatedColumns = new ArrayList<>();
    private final List<Projector> generated = new ArrayList<>();
    private final List<Projector> checks = new ArrayList<>();

    RowComputation(RowRules.BoundRules rules) {
        this.table = rules.table();
        for (int i = 0; i < table.columns().size(); i++) {
            StoredExpression expression = table.columns().get(i).generated();
            if (expression != null) {
                Expression bound = rules.generated().get(generatedColumns.size());
                generatedColumns.add(i);
                generated.add(Projector.of(List.of(bound), context(expression)));
            }
        }
        for (int i = 0; i < table.checks().size(); i++) {
            checks.add(
                    Projector.of(
                            List.of(rules.checks().get(i)),
                            context(table.checks().get(i).condition())));
        }
    }

    static EvaluationContext context(StoredExpression expression) {
        return new EvaluationContext(List.of(), 0, ZoneId.of(expression.timeZone()), "", "");
    }

    @Override
    public Batch apply(Batch rows) {
        Batch complete = rows;
        if (!generated.isEmpty()) {
            List<Vector> columns = new ArrayList<>(rows.columns());
            for (int i = 0; i < generated.size(); i++) {
                columns.set(generatedColumns.get(i), generated.get(i).project(rows).column(0));
            }
            complete = new Batch(rows.size(), columns, rows.selection());
        }
        for (int i = 0; i < checks.size(); i++) {
            check(table.checks().get(i), checks.get(i).project(complete).column(0), complete);
        }
        return complete;
    }

    private void check(CheckConstraint check, Vector holds, Batch rows) {
        for (int i = 0; i < rows.rowCount(); i++) {
            int lane = rows.selection() == null ? i : rows.selection().rows()[i];
            if (Lanes.value(holds, lane) instanceof Value.Bool(boolean held) && !held) {
                throw violated(check, rows, lane);
            }
        }
    }

    private BasaltException violated(CheckConstraint check, Batch rows, int lane) {
        StringBuilder row = new StringBuilder();
        for (int c = 0; c < table.columns().size(); c++) {
            ColumnDefinition column = table.columns().get(c);
            row.append(c == 0 ? "" : ", ")
                    .append(column.name())
                    .append(" = ")
                    .append(
                            ValueText.format(
                                    Lanes.value(rows.column(c), lane),
                                    column.type(),
                                    ZoneOffset.UTC));
        }
        String text =
                row.length() <= MAX_ROW_TEXT
                        ? row.toString()
                        : row.substring(0, MAX_ROW_TEXT) + "…";
        return new BasaltException(
                ErrorCode.CHECK_VIOLATION,
                "constraint "
                        + check.name()
                        + " of "
                        + table.qualifiedName()
                        + " is CHECK ("
                        + check.condition().sql()
                        + "), which does not hold for the row "
                        + text);
    }
}
