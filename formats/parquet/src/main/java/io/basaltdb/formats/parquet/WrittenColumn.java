package io.basaltdb.formats.parquet;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.nested.ElementShape;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;

/// A column, or what is inside of one, as it is written: taken apart into its leaves, lists and maps in three levels.
sealed interface WrittenColumn {
    /// All leaves, in the order of the file.
    List<LeafWriter> leaves();

    /// Writes the element at that place.
    ///
    /// @param repetition the level at which it repeats
    /// @return the place behind it
    int add(byte[] heap, int at, int repetition);

    /// The column at the top of the schema.
    static WrittenColumn of(String name, Type type, PageCompression compression) {
        return of(List.of(name), type, true, 0, 0, compression);
    }

    /// @param around the definition level of what is around it
    private static WrittenColumn of(
            List<String> path,
            Type type,
            boolean isOptional,
            int around,
            int repetition,
            PageCompression compression) {
        int level = around + (isOptional ? 1 : 0);
        return switch (type) {
            case Type.Array(Type element) ->
                    new Listed(
                            List.of(
                                    of(
                                            below(path, "list", "element"),
                                            element,
                                            true,
                                            level + 1,
                                            repetition + 1,
                                            compression)),
                            around,
                            level,
                            repetition + 1);
            case Type.Map(Type key, Type value) ->
                    new Listed(
                            List.of(
                                    of(
                                            below(path, "key_value", "key"),
                                            key,
                                            false,
                                            level + 1,
                                            repetition + 1,
                                            compression),
                                    of(
                                            below(path, "key_value", "value"),
                                            value,
                                            true,
                                            level + 1,
                                            repetition + 1,
                                            compression)),
                            around,
                            level,
                            repetition + 1);
            case Type.Struct(List<Type.Struct.Member> members) -> {
                List<WrittenColumn> parts = new ArrayList<>();
                for (Type.Struct.Member member : members) {
                    parts.add(
                            of(
                                    below(path, member.name()),
                                    member.type(),
                                    true,
                                    level,
                                    repetition,
                                    compression));
                }
                yield new Members(List.copyOf(parts), around);
            }
            case Type.Enumeration(_, List<String> labels) ->
                    new Plain(
                            new LeafWriter(
                                    new WrittenLeaf(path, Type.TEXT, level, repetition),
                                    compression,
                                    labels),
                            ElementShape.of(type),
                            around);
            case Type.Inet _ ->
                    new Plain(
                            LeafWriter.ofAddresses(
                                    new WrittenLeaf(path, Type.TEXT, level, repetition),
                                    compression),
                            ElementShape.of(type),
                            around);
            case Type.Interval _, Type.CalendarInterval _ ->
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "column "
                                    + path.getFirst()
                                    + " is an "
                                    + type.sql()
                                    + ", which is not written to Parquet; cast it to TEXT");
            case Type.Bool _,
                    Type.Int _,
                    Type.Real _,
                    Type.DoublePrecision _,
                    Type.Decimal _,
                    Type.Date _,
                    Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Time _,
                    Type.Uuid _,
                    Type.Binary _,
                    Type.Json _,
                    Type.Null _ ->
                    new Plain(
                            new LeafWriter(
                                    new WrittenLeaf(path, type, level, repetition), compression),
                            ElementShape.of(type),
                            around);
        };
    }

    private static List<String> below(List<String> path, String... names) {
        List<String> all = new ArrayList<>(path);
        all.addAll(List.of(names));
        return all;
    }

    private static void addNull(List<LeafWriter> leaves, int repetition, int definition) {
        for (LeafWriter leaf : leaves) {
            leaf.addNull(repetition, definition);
        }
    }

    record Plain(LeafWriter leaf, ElementShape shape, int around) implements WrittenColumn {
        @Override
        public List<LeafWriter> leaves() {
            return List.of(leaf);
        }

        @Override
        public int add(byte[] heap, int at, int repetition) {
            int behind = shape.skip(heap, at);
            if (ElementShape.isNull(heap, at)) {
                leaf.addNull(repetition, around);
            } else {
                leaf.addElement(repetition, heap, at, behind);
            }
            return behind;
        }
    }

    /// A list of elements, or of entries of two parts.
    ///
    /// @param definition the level of the list itself
    /// @param inside the repetition level of an element behind another one
    record Listed(
            List<WrittenColumn> parts,
            List<LeafWriter> leaves,
            int around,
            int definition,
            int inside)
            implements WrittenColumn {
        Listed(List<WrittenColumn> parts, int around, int definition, int inside) {
            this(
                    parts,
                    parts.stream().flatMap(part -> part.leaves().stream()).toList(),
                    around,
                    definition,
                    inside);
        }

        @Override
        public int add(byte[] heap, int at, int repetition) {
            if (ElementShape.isNull(heap, at)) {
                addNull(leaves, repetition, around);
                return at + 1;
            }
            int element = at + 1;
            if (!ElementShape.isElement(heap, element)) {
                addNull(leaves, repetition, definition);
            }
            int level = repetition;
            while (ElementShape.isElement(heap, element)) {
                for (WrittenColumn part : parts) {
                    element = part.add(heap, element, level);
                }
                level = inside;
            }
            return element + 1;
        }
    }

    record Members(List<WrittenColumn> members, List<LeafWriter> leaves, int around)
            implements WrittenColumn {
        Members(List<WrittenColumn> members, int around) {
            this(
                    members,
                    members.stream().flatMap(member -> member.leaves().stream()).toList(),
                    around);
        }

        @Override
        public int add(byte[] heap, int at, int repetition) {
            if (ElementShape.isNull(heap, at)) {
                addNull(leaves, repetition, around);
                return at + 1;
            }
            int member = at + 1;
            for (WrittenColumn part : members) {
                member = part.add(heap, member, repetition);
            }
            return member + 1;
        }
    }
}
