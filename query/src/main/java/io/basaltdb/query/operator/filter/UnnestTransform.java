package io.basaltdb.query.operator.filter;

import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.storage.nested.ElementColumn;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives each row once for each element of its lists, of which the shorter ones are filled up with NULLs, and the elements behind its columns. The columns of
/// the row are repeated by gathering, elements are read into flat vectors, at most a batch of them at a time however long a list is.
public final class UnnestTransform implements Transform {
    private final List<Integer> lists;
    private final List<Type> types;
    private final @Nullable Type number;
    private final boolean keepsEmpty;

    /// @param lists columns of arrays or maps
    /// @param types of these columns
    /// @param number the type of the column behind the elements that numbers them, from 1; null where there is none
    /// @param keepsEmpty whether a row without elements is given once, with NULLs
    public UnnestTransform(
            List<Integer> lists, List<Type> types, @Nullable Type number, boolean keepsEmpty) {
        this.lists = List.copyOf(lists);
        this.types = List.copyOf(types);
        this.number = number;
        this.keepsEmpty = keepsEmpty;
    }

    @Override
    public LocalTransform local(OperatorContext context) {
        return new Unnesting(context);
    }

    /// The types of the columns that elements of such a list become: members of a struct and both halves of a map's entry are columns of their own.
    public static List<Type> elementTypes(Type list) {
        return switch (list) {
            case Type.Array(Type.Struct struct) ->
                    struct.members().stream().map(Type.Struct.Member::type).toList();
            case Type.Array(Type element) -> List.of(element);
            case Type.Map(Type key, Type value) -> List.of(key, value);
            default -> throw new AssertionError("no list: " + list.sql());
        };
    }

    /// Where one list of the current row is read.
    private static final class Cursor {
        private final boolean isStructs;
        private final BytesLanes lanes = new BytesLanes();
        private final List<ElementColumn> columns;
        private int at = -1;

        Cursor(Type list) {
            isStructs = list instanceof Type.Array(Type.Struct _);
            columns = elementTypes(list).stream().map(ElementColumn::new).toList();
        }

        boolean isAtEnd() {
            return at < 0 || !ElementShape.isElement(lanes.heap(), at);
        }

        void next() {
            byte[] heap = lanes.heap();
            if (isAtEnd()) {
                columns.forEach(ElementColumn::addNull);
            } else if (isStructs && ElementShape.isNull(heap, at)) {
                columns.forEach(ElementColumn::addNull);
                at++;
            } else {
                at += isStructs ? 1 : 0;
                for (int i = 0; i < columns.size(); i++) {
                    at = columns.get(i).add(heap, at);
                }
                at += isStructs ? 1 : 0;
            }
        }
    }

    private final class Unnesting implements LocalTransform {
        private final OperatorContext context;
        private final List<Cursor> cursors;
        private final List<GatherBuffer> buffers = new ArrayList<>();
        private final int[] rows = new int[Batch.MAX_ROWS];
        private final long[] numbers = new long[Batch.MAX_ROWS];
        private final long[] numbered = new long[Validity.words(Batch.MAX_ROWS)];
        private @Nullable Batch pending;
        private int row;
        private long ordinal;

        Unnesting(OperatorContext context) {
            this.context = context;
            this.cursors = types.stream().map(Cursor::new).toList();
        }

        @Override
        public void accept(Batch input) {
            pending = input;
            row = 0;
            ordinal = 0;
            for (int i = 0; i < cursors.size(); i++) {
                cursors.get(i).lanes.read(input.column(lists.get(i)), input.size());
            }
        }

        @Override
        public @Nullable Batch produce() {
            context.checkCancelled();
            Batch input = pending;
            if (input == null) {
                return null;
            }
            cursors.forEach(cursor -> cursor.columns.forEach(ElementColumn::clear));
            int count = fill(input);
            if (count == 0) {
                pending = null;
                return null;
            }
            return batch(input, count);
        }

        private int fill(Batch input) {
            int count = 0;
            while (count < Batch.MAX_ROWS && row < input.rowCount()) {
                int lane = input.selection() == null ? row : input.selection().rows()[row];
                if (ordinal == 0) {
                    begin(input, lane);
                }
                boolean isOver = isOver();
                if (!isOver || (keepsEmpty && ordinal == 0)) {
                    rows[count] = lane;
                    numbers[count] = ordinal + 1;
                    if (isOver) {
                        Validity.setNull(numbered, count);
                    } else {
                        Validity.setValid(numbered, count);
                    }
                    cursors.forEach(Cursor::next);
                    count++;
                }
                ordinal++;
                if (isOver) {
                    row++;
                    ordinal = 0;
                }
            }
            return count;
        }

        private boolean isOver() {
            for (int i = 0; i < cursors.size(); i++) {
                if (!cursors.get(i).isAtEnd()) {
                    return false;
                }
            }
            return true;
        }

        private void begin(Batch input, int lane) {
            for (int i = 0; i < cursors.size(); i++) {
                Cursor cursor = cursors.get(i);
                cursor.at =
                        input.column(lists.get(i)).isNull(lane) ? -1 : cursor.lanes.start()[lane];
            }
        }

        private Batch batch(Batch input, int count) {
            List<Vector> columns = new ArrayList<>();
            for (int i = 0; i < input.columnCount(); i++) {
                if (i == buffers.size()) {
                    buffers.add(new GatherBuffer());
                }
                columns.add(Lanes.gather(input.column(i), rows, count, buffers.get(i)));
            }
            for (Cursor cursor : cursors) {
                cursor.columns.forEach(column -> columns.add(column.vector()));
            }
            if (number != null) {
                columns.add(new LongVector(number, count, numbers, numbered));
            }
            return new Batch(count, columns);
        }

        @Override
        public void close() {}
    }
}
