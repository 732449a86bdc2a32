package io.basaltdb.query.function.jvm;

import io.basaltdb.query.function.LaneColumn;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls a method for the rows of batches: once per row, or once with the rows as arrays. Rows with a NULL that the method cannot be given are left
/// out before. For one thread.
final class JavaLoop implements ScalarLoop {
    private final JavaFunction function;
    private final List<LaneColumn> columns = new ArrayList<>();
    private final ResultColumn result;
    private final @Nullable Object[] arguments;
    private int[] rows = {};

    JavaLoop(JavaFunction function) {
        this.function = function;
        for (JavaSlot slot : function.parameters()) {
            columns.add(new LaneColumn(slot.type()));
        }
        this.result = new ResultColumn(function.resultSlot().type());
        this.arguments = new Object[columns.size()];
    }

    @Override
    public Vector evaluate(List<Vector> vectors, int size, @Nullable Selection selection) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).read(vectors.get(i), size);
        }
        int count = called(size, selection);
        result.begin(size);
        if (count > 0 && function.ofArrays()) {
            callOnce(count);
        } else {
            for (int i = 0; i < count; i++) {
                call(rows[i]);
            }
        }
        return result.vector();
    }

    /// Notes the rows for which the method is called.
    private int called(int size, @Nullable Selection selection) {
        rows = Scratch.ints(rows, size);
        int chosen = selection == null ? size : selection.count();
        int count = 0;
        for (int i = 0; i < chosen; i++) {
            int row = selection == null ? i : selection.rows()[i];
            if (!isSkipped(row)) {
                rows[count++] = row;
            }
        }
        return count;
    }

    private boolean isSkipped(int row) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isNull(row) && function.skipsNull(i)) {
                return true;
            }
        }
        return false;
    }

    private void call(int row) {
        for (int i = 0; i < arguments.length; i++) {
            LaneColumn column = columns.get(i);
            arguments[i] =
                    column.isNull(row) ? null : function.parameters().get(i).value(column, row);
        }
        function.resultSlot().put(function.routine(), invoke(), result, row);
    }

    private void callOnce(int count) {
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = array(columns.get(i), function.parameters().get(i), count);
        }
        @Nullable Object answers = invoke();
        int given = answers == null ? 0 : Array.getLength(answers);
        if (answers == null || given != count) {
            throw JavaClasses.wrong(
                    function.routine(),
                    "it was given " + count + " rows and gave " + given + " results");
        }
        put(answers, count);
    }

    private Object array(LaneColumn column, JavaSlot slot, int count) {
        if (slot.javaClass() == long.class) {
            long[] longs = new long[count];
            for (int i = 0; i < count; i++) {
                longs[i] = column.whole(rows[i]);
            }
            return longs;
        }
        if (slot.javaClass() == double.class) {
            double[] doubles = new double[count];
            for (int i = 0; i < count; i++) {
                doubles[i] = column.floating(rows[i]);
            }
            return doubles;
        }
        Object values = Array.newInstance(slot.javaClass(), count);
        for (int i = 0; i < count; i++) {
            if (!column.isNull(rows[i])) {
                Array.set(values, i, slot.value(column, rows[i]));
            }
        }
        return values;
    }

    private void put(Object answers, int count) {
        JavaSlot slot = function.resultSlot();
        switch (answers) {
            case long[] longs -> {
                for (int i = 0; i < count; i++) {
                    slot.putWhole(function.routine(), longs[i], result, rows[i]);
                }
            }
            case double[] doubles when slot.type().equals(Type.DOUBLE) -> {
                for (int i = 0; i < count; i++) {
                    result.setDouble(rows[i], doubles[i]);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    slot.put(function.routine(), Array.get(answers, i), result, rows[i]);
                }
            }
        }
    }

    @SuppressWarnings(
            "CatchingUnchecked") // whatever a user's code throws is an error of the statement
    private @Nullable Object invoke() {
        try {
            return (Object) function.handle().invokeExact(arguments);
        } catch (Throwable thrown) {
            throw JavaFailure.of(function.routine(), thrown);
        }
    }
}
