package io.basaltdb.query.optimizer;

import io.basaltdb.storage.type.Value;
import org.jspecify.annotations.Nullable;

/// What is guessed of a relation: its rows and, per field, distinct values and bounds.
record Estimate(double rows, Column[] columns) {

    /// What is guessed of one field.
    ///
    /// @param distinct at least 1
    record Column(double distinct, double nullFraction, @Nullable Value min, @Nullable Value max) {
        Column atMost(double rows) {
            return distinct <= rows ? this : new Column(Math.max(1, rows), nullFraction, min, max);
        }

        static Column unknown(double rows) {
            return new Column(Math.max(1, rows), 0, null, null);
        }
    }

    double distinct(int field) {
        return Math.max(1, Math.min(columns[field].distinct(), rows));
    }

    /// The same fields, fewer rows.
    Estimate reduced(double rows) {
        Column[] fewer = new Column[columns.length];
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] = columns[i].atMost(rows);
        }
        return new Estimate(rows, fewer);
    }
}
