package io.basaltdb.query.function;

import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of a function on nested values, ready to be read row by row: nested values and texts as runs of bytes, whole numbers, and any of them
/// as an element.
final class NestedArguments {
    /// What the rows of an argument are read as.
    enum Form {
        /// A nested value or a text.
        RUN,
        /// A whole number.
        NUMBER,
        /// An element, in the form in which it stands in a list.
        ELEMENT
    }

    private final List<Type> types;
    private final Form[] forms;
    private final BytesLanes[] runs;
    private final LongLanes[] numbers;
    private final long[][] values;
    private final ElementLanes[] elements;
    private final NestedWriter[] written;
    private final boolean[] isConstant;
    private final long[][] validity;
    private final ElementShape[] shapes;

    NestedArguments(List<Type> types, Form[] forms) {
        this.types = types;
        this.forms = forms;
        int count = types.size();
        runs = new BytesLanes[count];
        numbers = new LongLanes[count];
        values = new long[count][0];
        elements = new ElementLanes[count];
        written = new NestedWriter[count];
        isConstant = new boolean[count];
        validity = new long[count][];
        shapes = new ElementShape[count];
        for (int i = 0; i < count; i++) {
            runs[i] = new BytesLanes();
            numbers[i] = new LongLanes();
            elements[i] = new ElementLanes(types.get(i));
            written[i] = new NestedWriter();
            shapes[i] = ElementShape.of(elementType(types.get(i)));
        }
    }

    private static Type elementType(Type type) {
        return switch (type) {
            case Type.Array(Type element) -> element;
            case Type.Map(Type key, Type _) -> key;
            default -> type;
        };
    }

    void read(List<Vector> vectors, int size, Selection live) {
        for (int i = 0; i < vectors.size(); i++) {
            Vector vector = vectors.get(i);
            long @Nullable [] words = vector.validity();
            validity[i] = words == null ? new long[0] : words;
            switch (forms[i]) {
                case RUN -> runs[i].read(vector, size);
                case NUMBER -> values[i] = numbers[i].read(vector, size);
                case ELEMENT -> readElements(i, vector, size, live);
            }
        }
    }

    private void readElements(int argument, Vector vector, int size, Selection live) {
        NestedWriter out = written[argument];
        ElementLanes lanes = elements[argument];
        isConstant[argument] = vector instanceof ConstantVector;
        lanes.read(vector, isConstant[argument] ? Math.min(size, 1) : size);
        out.begin(size);
        if (isConstant[argument]) {
            lanes.put(out, 0);
            out.endAsIs(0);
        } else {
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                lanes.put(out, row);
                out.endAsIs(row);
            }
        }
        BytesVector elementRuns = out.vector(types.get(argument), size, null);
        runs[argument].read(elementRuns, size);
    }

    private int lane(int argument, int row) {
        return isConstant[argument] ? 0 : row;
    }

    int count() {
        return types.size();
    }

    Type type(int argument) {
        return types.get(argument);
    }

    boolean isNull(int argument, int row) {
        long[] words = validity[argument];
        return words.length > 0 && !Validity.isValid(words, row);
    }

    byte[] heap(int argument) {
        return runs[argument].heap();
    }

    int start(int argument, int row) {
        return runs[argument].start()[lane(argument, row)];
    }

    int length(int argument, int row) {
        return runs[argument].length()[lane(argument, row)];
    }

    int end(int argument, int row) {
        return start(argument, row) + length(argument, row);
    }

    long number(int argument, int row) {
        return values[argument][row];
    }

    /// The shape of the elements of a list or of the keys of a map; of the value itself where it is no such thing.
    ElementShape shape(int argument) {
        return shapes[argument];
    }

    /// How many elements the list has.
    int elementCount(int argument, int row) {
        return shapes[argument].count(heap(argument), start(argument, row));
    }

    /// Whether the element that is the argument stands at that place.
    boolean isAt(int argument, int row, byte[] heap, int at, int end) {
        return Arrays.equals(
                heap, at, end, heap(argument), start(argument, row), end(argument, row));
    }
}
