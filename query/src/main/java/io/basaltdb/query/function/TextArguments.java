package io.basaltdb.query.function;

import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// The arguments of a text function, ready to be read row by row: texts and whole numbers.
final class TextArguments {
    private final BytesLanes[] texts;
    private final LongLanes[] numbers;
    private final long[][] values;
    private int count;

    TextArguments(List<Type> types) {
        texts = new BytesLanes[types.size()];
        numbers = new LongLanes[types.size()];
        values = new long[types.size()][0];
        for (int i = 0; i < types.size(); i++) {
            texts[i] = new BytesLanes();
            numbers[i] = new LongLanes();
        }
    }

    void read(List<Vector> arguments, int size) {
        count = arguments.size();
        for (int i = 0; i < count; i++) {
            Vector vector = arguments.get(i);
            if (vector.type().physical() == Physical.BYTES) {
                texts[i].read(vector, size);
            } else {
                values[i] = numbers[i].read(vector, size);
            }
        }
    }

    int count() {
        return count;
    }

    byte[] heap(int argument) {
        return texts[argument].heap();
    }

    int start(int argument, int row) {
        return texts[argument].start()[row];
    }

    int length(int argument, int row) {
        return texts[argument].length()[row];
    }

    int end(int argument, int row) {
        return texts[argument].start()[row] + texts[argument].length()[row];
    }

    long number(int argument, int row) {
        return values[argument][row];
    }

    BytesLanes text(int argument) {
        return texts[argument];
    }

    /// A copy of the text.
    byte[] bytes(int argument, int row) {
        return Arrays.copyOfRange(heap(argument), start(argument, row), end(argument, row));
    }

    boolean isText(int argument, int row, byte[] other) {
        return Arrays.equals(
                heap(argument), start(argument, row), end(argument, row), other, 0, other.length);
    }
}
