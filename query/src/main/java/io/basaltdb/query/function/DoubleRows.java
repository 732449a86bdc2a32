package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of one or two numbers to a DOUBLE, row by row over the rows that count: roots, logarithms, angles cost far more than the call.
final class DoubleRows extends StrictLoop {
    /// Of one number.
    interface Unary {
        double apply(double a);
    }

    /// Of two numbers.
    interface Binary {
        double apply(double a, double b);
    }

    private final Binary row;
    private final DoubleLanes first = new DoubleLanes();
    private final DoubleLanes second = new DoubleLanes();
    private double[] out = new double[0];

    private DoubleRows(Type result, Binary row) {
        super(result);
        this.row = row;
    }

    static Definition.Binder unary(Unary row) {
        return site -> new DoubleRows(site.result(), (a, b) -> row.apply(a));
    }

    static Definition.Binder binary(Binary row) {
        return site -> new DoubleRows(site.result(), row);
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        double[] a = first.read(arguments.get(0), size);
        double[] b = arguments.size() > 1 ? second.read(arguments.get(1), size) : a;
        out = Scratch.doubles(out, size);
        Selection live = live(size, selection, valid);
        for (int i = 0; i < live.count(); i++) {
            int at = live.rows()[i];
            out[at] = row.apply(a[at], b[at]);
        }
        return new DoubleVector(type, size, out, valid);
    }
}
