package io.basaltdb.query.function;

import io.basaltdb.query.function.ExactArithmetic.Operation;
import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arithmetic on REAL and DOUBLE: IEEE 754, so that what is too large becomes infinite; only division by zero is an error. REAL is rounded after each step.
final class FloatArithmetic extends StrictLoop {
    private final Operation operation;
    private final DoubleLanes leftLanes = new DoubleLanes();
    private final DoubleLanes rightLanes = new DoubleLanes();
    private double[] out = new double[0];

    FloatArithmetic(Operation operation, Type result) {
        super(result);
        this.operation = operation;
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        double[] a = leftLanes.read(arguments.get(0), size);
        double[] b = rightLanes.read(arguments.get(1), size);
        out = Scratch.doubles(out, size);
        switch (operation) {
            case ADD -> Arithmetic.add(a, b, out, size);
            case SUBTRACT -> Arithmetic.subtract(a, b, out, size);
            case MULTIPLY -> Arithmetic.multiply(a, b, out, size);
            case DIVIDE -> {
                if (Arithmetic.divideChecked(a, b, out, size) != 0) {
                    refuseZero(a, b, live(size, selection, valid));
                }
            }
            case REMAINDER -> {
                if (Arithmetic.remainderChecked(a, b, out, size) != 0) {
                    refuseZero(a, b, live(size, selection, valid));
                }
            }
        }
        if (type instanceof Type.Real) {
            Arithmetic.toReal(out, out, size);
        }
        return new DoubleVector(type, size, out, valid);
    }

    private static void refuseZero(double[] left, double[] right, Selection live) {
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            if (right[row] == 0) {
                throw new BasaltException(
                        ErrorCode.DIVISION_BY_ZERO, "division by zero: " + left[row] + " / 0");
            }
        }
    }
}
