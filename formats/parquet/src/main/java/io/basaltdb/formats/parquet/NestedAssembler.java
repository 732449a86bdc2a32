package io.basaltdb.formats.parquet;

import dev.hardwood.reader.ColumnReader;
import io.basaltdb.query.function.UniqueKeys;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// Puts the values of a nested column together, row by row, out of the levels and values of its leaves.
final class NestedAssembler {
    private final Type type;
    private final Part root;
    private final List<LeafCursor> leaves;
    private final NestedWriter out = new NestedWriter();

    NestedAssembler(ParquetShape shape, String path, String column) {
        type = shape.type();
        leaves = shape.leaves().stream().map(leaf -> new LeafCursor(leaf, path, column)).toList();
        root = part(shape, leaves);
    }

    /// The batch at which the readers of the leaves stand, lent until they move on.
    ///
    /// @throws LevelsException where the levels contradict each other
    Vector assemble(List<ColumnReader> readers, int rows) {
        for (int i = 0; i < leaves.size(); i++) {
            leaves.get(i).begin(readers.get(i), rows);
        }
        out.begin(rows);
        long[] validity = new long[Validity.words(rows)];
        for (int row = 0; row < rows; row++) {
            if (root.isPresent(0)) {
                root.putInside(out);
                out.end(row);
                Validity.setValid(validity, row);
            } else {
                root.skip();
            }
            root.checkEnd(0);
        }
        for (LeafCursor leaf : leaves) {
            if (!leaf.isAtEnd()) {
                throw new LevelsException("the end", "values of further rows");
            }
        }
        return out.vector(type, rows, validity);
    }

    private static Part part(ParquetShape shape, List<LeafCursor> leaves) {
        return switch (shape) {
            case ParquetShape.Leaf leaf -> new Single(leaf.definition(), leaves);
            case ParquetShape.ListOf list -> new Elements(list, leaves);
            case ParquetShape.MapOf map -> new Entries(map, leaves);
            case ParquetShape.StructOf struct -> new Members(struct, leaves);
        };
    }

    /// A shape and where its leaves stand.
    private abstract static class Part {
        final int definition;
        final LeafCursor[] leaves;

        Part(int definition, List<LeafCursor> leaves) {
            this.definition = definition;
            this.leaves = leaves.toArray(LeafCursor[]::new);
        }

        /// Whether a value is there. All leaves must say the same of it, and all that is around it is there.
        ///
        /// @param around the level of what is around it
        final boolean isPresent(int around) {
            int first = leaves[0].definition();
            for (LeafCursor leaf : leaves) {
                int level = leaf.definition();
                if (level < around || (first < definition ? level != first : level < definition)) {
                    throw new LevelsException("level " + first, "level " + level);
                }
            }
            return first >= definition;
        }

        final void skip() {
            for (LeafCursor leaf : leaves) {
                leaf.skip();
            }
        }

        /// Whether all leaves go on at that repetition level; where the first one does not, none may.
        final boolean goesOn(int repetition) {
            int first = leaves[0].repetition();
            for (LeafCursor leaf : leaves) {
                int level = leaf.repetition();
                if (level > repetition || (level == repetition) != (first == repetition)) {
                    throw new LevelsException("repetition " + first, "repetition " + level);
                }
            }
            return first == repetition;
        }

        /// Whether no leaf is inside of the row still.
        final void checkEnd(int repetition) {
            for (LeafCursor leaf : leaves) {
                if (leaf.repetition() > repetition) {
                    throw new LevelsException(
                            "repetition " + repetition, "repetition " + leaf.repetition());
                }
            }
        }

        /// Writes the value as an element, NULL where it is not there.
        void put(NestedWriter out, int around) {
            if (isPresent(around)) {
                out.beginNested();
                putInside(out);
                out.endNested();
            } else {
                out.putNull();
                skip();
            }
        }

        /// Writes what is inside of a value that is there.
        abstract void putInside(NestedWriter out);
    }

    private static final class Single extends Part {
        private final LeafCursor leaf;

        Single(int definition, List<LeafCursor> leaves) {
            super(definition, leaves);
            leaf = leaves.getFirst();
        }

        @Override
        void put(NestedWriter out, int around) {
            if (leaf.definition() < around) {
                throw new LevelsException("level " + around, "level " + leaf.definition());
            }
            leaf.put(out);
        }

        @Override
        void putInside(NestedWriter out) {
            throw new AssertionError("a leaf has nothing inside");
        }
    }

    private static final class Elements extends Part {
        private final Part element;
        private final int elementDefinition;
        private final int repetition;

        Elements(ParquetShape.ListOf list, List<LeafCursor> leaves) {
            super(list.definition(), leaves);
            element = part(list.element(), leaves);
            elementDefinition = list.elementDefinition();
            repetition = list.repetition();
        }

        @Override
        void putInside(NestedWriter out) {
            if (leaves[0].definition() < elementDefinition) {
                requireEmpty(this, elementDefinition);
                skip();
                return;
            }
            do {
                element.put(out, elementDefinition);
            } while (goesOn(repetition));
        }
    }

    /// All leaves of a list without elements say so.
    private static void requireEmpty(Part list, int elementDefinition) {
        for (LeafCursor leaf : list.leaves) {
            if (leaf.definition() >= elementDefinition) {
                throw new LevelsException("an empty list", "an element");
            }
        }
    }

    private static final class Entries extends Part {
        private final Part key;
        private final Part value;
        private final int elementDefinition;
        private final int repetition;
        private final UniqueKeys keys;
        private final ElementShape keyShape;
        private final ElementShape valueShape;
        private final NestedWriter entries = new NestedWriter();

        Entries(ParquetShape.MapOf map, List<LeafCursor> leaves) {
            super(map.definition(), leaves);
            int keyLeaves = map.key().leaves().size();
            key = part(map.key(), leaves.subList(0, keyLeaves));
            value = part(map.value(), leaves.subList(keyLeaves, leaves.size()));
            elementDefinition = map.elementDefinition();
            repetition = map.repetition();
            keys = new UniqueKeys((Type.Map) map.type());
            keyShape = ElementShape.of(map.key().type());
            valueShape = ElementShape.of(map.value().type());
        }

        @Override
        void putInside(NestedWriter out) {
            if (leaves[0].definition() < elementDefinition) {
                requireEmpty(this, elementDefinition);
                skip();
                return;
            }
            entries.begin(1);
            do {
                key.put(entries, elementDefinition);
                value.put(entries, elementDefinition);
            } while (goesOn(repetition));
            entries.end(0);
            BytesVector all = entries.vector(Type.VARBINARY, 1, null);
            byte[] heap = all.heap();
            int start = all.start()[0];
            if (keys.areIn(heap, start)) {
                out.putElements(heap, start, all.length()[0] - 1);
            } else {
                putLast(heap, start, out);
            }
        }

        /// Of entries with the same key the last one counts.
        private void putLast(byte[] heap, int start, NestedWriter out) {
            for (int at = start; ElementShape.isElement(heap, at); ) {
                if (ElementShape.isNull(heap, at)) {
                    throw new LevelsException("a key in each entry of a map", "NULL");
                }
                int behindKey = keyShape.skip(heap, at);
                int behind = valueShape.skip(heap, behindKey);
                if (!comesAgain(heap, at, behindKey, behind)) {
                    out.putElements(heap, at, behind - at);
                }
                at = behind;
            }
        }

        private boolean comesAgain(byte[] heap, int start, int end, int behind) {
            for (int at = behind; ElementShape.isElement(heap, at); ) {
                int behindKey = keyShape.skip(heap, at);
                if (Arrays.equals(heap, start, end, heap, at, behindKey)) {
                    return true;
                }
                at = valueShape.skip(heap, behindKey);
            }
            return false;
        }
    }

    private static final class Members extends Part {
        private final Part[] members;

        Members(ParquetShape.StructOf struct, List<LeafCursor> leaves) {
            super(struct.definition(), leaves);
            members = new Part[struct.members().size()];
            int from = 0;
            for (int i = 0; i < members.length; i++) {
                int to = from + struct.members().get(i).leaves().size();
                members[i] = part(struct.members().get(i), leaves.subList(from, to));
                from = to;
            }
        }

        @Override
        void putInside(NestedWriter out) {
            for (Part member : members) {
                member.put(out, definition);
            }
        }
    }
}
