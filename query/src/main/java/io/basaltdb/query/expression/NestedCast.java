package io.basaltdb.query.expression;

import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.ElementLanes;
import io.basaltdb.query.function.NestedScanner;
import io.basaltdb.query.function.NestedTypes;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.TextParts;
import io.basaltdb.query.function.UniqueKeys;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.ElementColumn;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// To a nested type, from another one or from TEXT: what is in the values is spread out into flat vectors, converted by the loops of its own types,
/// and put together again.
final class NestedCast extends CastLoop {
    private final List<Type> targets;
    private final ScalarLoop[] loops;
    private final ElementLanes[] lanes;
    private final Parts parts;
    private final BytesLanes values = new BytesLanes();
    private final NestedWriter out = new NestedWriter();
    private final @Nullable UniqueKeys keys;
    private int[] counts = {};

    NestedCast(Type from, Type.Nested to, boolean orNull, ZoneId zone) {
        super(from, to, orNull);
        targets = parts(to);
        List<Type> sources;
        if (from instanceof Type.Text) {
            sources = targets.stream().<Type>map(_ -> Type.TEXT).toList();
            parts = new TextsOfValues(to, targets.size());
        } else {
            Type.Nested nested = (Type.Nested) from;
            int[] order = order(nested, to);
            List<Type> all = parts(nested);
            sources = Arrays.stream(order).<Type>mapToObj(all::get).toList();
            parts = new ElementsOfValues(nested, order);
        }
        loops = new ScalarLoop[targets.size()];
        lanes = new ElementLanes[targets.size()];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = Casts.loop(sources.get(i), targets.get(i), orNull, zone);
            lanes[i] =
                    new ElementLanes(
                            sources.get(i) instanceof Type.Null ? Type.NULL : targets.get(i));
        }
        keys = to instanceof Type.Map map ? new UniqueKeys(map) : null;
    }

    /// Whether each value of the one can be asked for as the other.
    static boolean exists(Type.Nested from, Type.Nested to) {
        int[] order = order(from, to);
        List<Type> sources = parts(from);
        List<Type> targets = parts(to);
        if (order.length != targets.size()) {
            return false;
        }
        for (int i = 0; i < order.length; i++) {
            if (!Casts.exists(sources.get(order[i]), targets.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether some value of the one cannot be converted to the other.
    static boolean isFallible(Type.Nested from, Type.Nested to) {
        int[] order = order(from, to);
        List<Type> sources = parts(from);
        List<Type> targets = parts(to);
        for (int i = 0; i < order.length; i++) {
            if (Casts.isFallible(sources.get(order[i]), targets.get(i))) {
                return true;
            }
        }
        return to instanceof Type.Map;
    }

    private static List<Type> parts(Type.Nested type) {
        return switch (type) {
            case Type.Array(Type element) -> List.of(element);
            case Type.Map(Type key, Type value) -> List.of(key, value);
            case Type.Struct struct ->
                    struct.members().stream().map(Type.Struct.Member::type).toList();
        };
    }

    /// Which part of the one becomes each part of the other: members by their names, or by their places where the names are those that ROW gives;
    /// nothing where the types have nothing in common.
    private static int[] order(Type.Nested from, Type.Nested to) {
        return switch (to) {
            case Type.Array _ -> from instanceof Type.Array ? new int[] {0} : new int[] {};
            case Type.Map _ -> from instanceof Type.Map ? new int[] {0, 1} : new int[] {};
            case Type.Struct target ->
                    from instanceof Type.Struct source ? order(source, target) : new int[] {};
        };
    }

    private static int[] order(Type.Struct from, Type.Struct to) {
        int count = to.members().size();
        if (from.members().size() != count) {
            return new int[] {};
        }
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] =
                    NestedTypes.hasPlacesForNames(from) || NestedTypes.hasPlacesForNames(to)
                            ? i
                            : from.find(to.members().get(i).name());
            if (order[i] < 0) {
                return new int[] {};
            }
        }
        return order;
    }

    @Override
    Vector convert(Vector vector, int size, @Nullable Selection selection) {
        values.read(vector, size);
        counts = Scratch.ints(counts, size);
        parts.clear();
        Selection rows = rows(size, selection);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            counts[row] = parts.add(values.heap(), values.start()[row], values.length()[row]);
            if (counts[row] < 0) {
                fail(row, ErrorCode.INVALID_TEXT_REPRESENTATION, vector);
                counts[row] = 0;
            }
        }
        for (int i = 0; i < loops.length; i++) {
            Vector part = parts.vector(i);
            if (part.size() > 0) {
                lanes[i].read(loops[i].evaluate(List.of(part), part.size(), null), part.size());
            }
        }
        out.begin(size);
        int lane = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            for (int element = 0; element < counts[row]; element++, lane++) {
                for (int part = 0; part < lanes.length; part++) {
                    lanes[part].put(out, lane);
                }
            }
            out.end(row);
        }
        BytesVector result = out.vector(to, size, validity());
        if (keys != null) {
            checkKeys(keys, result, rows, vector);
        }
        return out.vector(to, size, validity());
    }

    private void checkKeys(UniqueKeys unique, BytesVector result, Selection rows, Vector vector) {
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!unique.areIn(result.heap(), result.start()[row])) {
                fail(row, ErrorCode.INVALID_PARAMETER, vector);
            }
        }
    }

    /// The parts of values as flat vectors.
    private interface Parts {
        void clear();

        /// How many there are in the value; -1 where it is none.
        int add(byte[] heap, int start, int length);

        Vector vector(int part);
    }

    private static final class TextsOfValues implements Parts {
        private final TextParts[] texts;
        private final NestedScanner scanner;

        TextsOfValues(Type.Nested type, int count) {
            texts = new TextParts[count];
            Arrays.setAll(texts, _ -> new TextParts());
            scanner = new NestedScanner(type, texts);
        }

        @Override
        public void clear() {
            for (TextParts part : texts) {
                part.clear();
            }
        }

        @Override
        public int add(byte[] heap, int start, int length) {
            return scanner.scan(heap, start, length);
        }

        @Override
        public Vector vector(int part) {
            return texts[part].vector();
        }
    }

    private static final class ElementsOfValues implements Parts {
        private final ElementColumn[] columns;
        private final int[] order;

        ElementsOfValues(Type.Nested type, int[] order) {
            columns = parts(type).stream().map(ElementColumn::new).toArray(ElementColumn[]::new);
            this.order = order;
        }

        @Override
        public void clear() {
            for (ElementColumn column : columns) {
                column.clear();
            }
        }

        @Override
        public int add(byte[] heap, int start, int length) {
            int count = 0;
            for (int at = start; ElementShape.isElement(heap, at); count++) {
                for (ElementColumn column : columns) {
                    at = column.add(heap, at);
                }
            }
            return count;
        }

        @Override
        public Vector vector(int part) {
            return columns[order[part]].vector();
        }
    }
}
