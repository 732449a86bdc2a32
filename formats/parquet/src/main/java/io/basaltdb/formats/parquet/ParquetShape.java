package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.PhysicalType;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;

/// How a column, or what is inside of one, lies in the leaves of a file. A value is there where the definition level of its leaves is at
/// least the `definition` of its shape.
sealed interface ParquetShape {
    Type type();

    int definition();

    /// Values of a column of the schema that have no values inside.
    ///
    /// @param index among the leaves of the file
    /// @param fixedBytes of each value, where all have the same number of bytes; else 0
    /// @param elementDefinition the level from which on the innermost list around it has an element, which then has a lane; 0 outside of lists
    /// @param repetition lists around it
    record Leaf(
            int index,
            PhysicalType physical,
            int fixedBytes,
            ParquetLayout layout,
            int definition,
            int elementDefinition,
            int repetition)
            implements ParquetShape {
        @Override
        public Type type() {
            return layout.type();
        }
    }

    /// @param elementDefinition the level from which on the list has an element
    /// @param repetition the level at which an element follows another one
    record ListOf(ParquetShape element, int definition, int elementDefinition, int repetition)
            implements ParquetShape {
        @Override
        public Type type() {
            return new Type.Array(element.type());
        }
    }

    /// As [ListOf], of entries.
    record MapOf(
            ParquetShape key,
            ParquetShape value,
            int definition,
            int elementDefinition,
            int repetition)
            implements ParquetShape {
        @Override
        public Type type() {
            return new Type.Map(key.type(), value.type());
        }
    }

    record StructOf(List<String> names, List<ParquetShape> members, int definition)
            implements ParquetShape {
        @Override
        public Type type() {
            List<Type.Struct.Member> types = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                types.add(new Type.Struct.Member(names.get(i), members.get(i).type()));
            }
            return new Type.Struct(types);
        }
    }

    /// All leaves, in the order of the file.
    default List<Leaf> leaves() {
        return switch (this) {
            case Leaf leaf -> List.of(leaf);
            case ListOf list -> list.element().leaves();
            case MapOf map -> {
                List<Leaf> both = new ArrayList<>(map.key().leaves());
                both.addAll(map.value().leaves());
                yield both;
            }
            case StructOf struct ->
                    struct.members().stream().flatMap(member -> member.leaves().stream()).toList();
        };
    }
}
