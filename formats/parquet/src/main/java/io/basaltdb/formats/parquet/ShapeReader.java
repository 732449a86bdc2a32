package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.ConvertedType;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out what the columns of a schema are. Lists and maps are read in the three levels of today and in the forms of earlier writers.
final class ShapeReader {
    private static final int MAX_DEPTH = 100;

    private final FileSchema file;
    private final ParquetLayout.Kind plainBytes;
    private @Nullable String refusal;

    private ShapeReader(FileSchema file, ParquetLayout.Kind plainBytes) {
        this.file = file;
        this.plainBytes = plainBytes;
    }

    /// @param plainBytes what bytes are of which the file says nothing
    static ParquetColumn column(FileSchema file, SchemaNode node, ParquetLayout.Kind plainBytes) {
        ShapeReader reader = new ShapeReader(file, plainBytes);
        ParquetShape shape = reader.shape(node, node.name(), 0, 0);
        boolean isPlainBytes =
                node instanceof SchemaNode.PrimitiveNode leaf
                        && leaf.logicalType() == null
                        && shape instanceof ParquetShape.Leaf flat
                        && flat.layout().kind() == ParquetLayout.Kind.TEXT;
        return new ParquetColumn(
                node.name(),
                shape,
                node.repetitionType() == RepetitionType.REQUIRED,
                isPlainBytes,
                reader.refusal == null ? "" : reader.refusal);
    }

    /// The shape of a node; null where it cannot be read, and then the refusal says what.
    ///
    /// @param elementDefinition of the innermost list around it
    private @Nullable ParquetShape shape(
            SchemaNode node, String path, int elementDefinition, int depth) {
        if (depth > MAX_DEPTH) {
            return refuse(path, "nested deeper than " + MAX_DEPTH + " times");
        }
        if (node.repetitionType() != RepetitionType.REPEATED) {
            return once(node, path, elementDefinition, depth);
        }
        if (node instanceof SchemaNode.GroupNode) {
            // The library tells no levels of these.
            return refuse(path, "a repeated group that is not marked as a list");
        }
        // A list that says nothing of itself: never NULL, and neither are its elements.
        ParquetShape element = once(node, path, node.maxDefinitionLevel(), depth + 1);
        return element == null
                ? null
                : new ParquetShape.ListOf(
                        element,
                        node.maxDefinitionLevel() - 1,
                        node.maxDefinitionLevel(),
                        node.maxRepetitionLevel());
    }

    /// As [#shape], of a node whose own repetition has been seen to.
    private @Nullable ParquetShape once(
            SchemaNode node, String path, int elementDefinition, int depth) {
        return switch (node) {
            case SchemaNode.PrimitiveNode leaf -> leaf(leaf, path, elementDefinition);
            case SchemaNode.GroupNode group -> {
                if (isList(group)) {
                    yield list(group, path, depth);
                }
                yield isMap(group)
                        ? map(group, path, depth)
                        : struct(group, path, elementDefinition, depth);
            }
        };
    }

    private @Nullable ParquetShape leaf(
            SchemaNode.PrimitiveNode leaf, String path, int elementDefinition) {
        ParquetLayout layout = ParquetLayout.of(leaf.type(), leaf.logicalType(), plainBytes);
        if (layout == null) {
            String logical = leaf.logicalType() == null ? "" : " " + leaf.logicalType();
            return refuse(path, leaf.type() + logical);
        }
        Integer fixedBytes = file.getColumn(leaf.columnIndex()).typeLength();
        return new ParquetShape.Leaf(
                leaf.columnIndex(),
                leaf.type(),
                fixedBytes == null ? 0 : fixedBytes,
                layout,
                leaf.maxDefinitionLevel(),
                elementDefinition,
                leaf.maxRepetitionLevel());
    }

    private static boolean isList(SchemaNode.GroupNode group) {
        return group.logicalType() instanceof LogicalType.ListType
                || group.convertedType() == ConvertedType.LIST;
    }

    private static boolean isMap(SchemaNode.GroupNode group) {
        return group.logicalType() instanceof LogicalType.MapType
                || group.convertedType() == ConvertedType.MAP;
    }

    private static @Nullable SchemaNode repeated(SchemaNode.GroupNode group) {
        return group.children().size() == 1
                        && group.children().getFirst().repetitionType() == RepetitionType.REPEATED
                ? group.children().getFirst()
                : null;
    }

    private @Nullable ParquetShape list(SchemaNode.GroupNode group, String path, int depth) {
        SchemaNode repeated = repeated(group);
        if (repeated == null) {
            return refuse(path, "a list without one repeated field");
        }
        int definition = repeated.maxDefinitionLevel();
        ParquetShape element =
                isElement(group, repeated)
                        ? once(repeated, path + ".element", definition, depth + 1)
                        : shape(
                                ((SchemaNode.GroupNode) repeated).children().getFirst(),
                                path + ".element",
                                definition,
                                depth + 1);
        return element == null
                ? null
                : new ParquetShape.ListOf(
                        element,
                        group.maxDefinitionLevel(),
                        definition,
                        repeated.maxRepetitionLevel());
    }

    /// Whether the repeated field is what the list is of, as in the two levels of early writers, and not a shell around that.
    private static boolean isElement(SchemaNode.GroupNode list, SchemaNode repeated) {
        return !(repeated instanceof SchemaNode.GroupNode group)
                || group.children().size() != 1
                || isList(group)
                || isMap(group)
                || group.children().getFirst().repetitionType() == RepetitionType.REPEATED
                || group.name().equals("array")
                || group.name().equals(list.name() + "_tuple");
    }

    private @Nullable ParquetShape map(SchemaNode.GroupNode group, String path, int depth) {
        if (!(repeated(group) instanceof SchemaNode.GroupNode entry)
                || entry.children().size() != 2) {
            return refuse(path, "a map without one repeated group of key and value");
        }
        int definition = entry.maxDefinitionLevel();
        ParquetShape key = shape(entry.children().getFirst(), path + ".key", definition, depth + 1);
        ParquetShape value =
                shape(entry.children().getLast(), path + ".value", definition, depth + 1);
        return key == null || value == null
                ? null
                : new ParquetShape.MapOf(
                        key,
                        value,
                        group.maxDefinitionLevel(),
                        definition,
                        entry.maxRepetitionLevel());
    }

    private @Nullable ParquetShape struct(
            SchemaNode.GroupNode group, String path, int elementDefinition, int depth) {
        if (group.logicalType() instanceof LogicalType.VariantType) {
            return refuse(path, "VARIANT");
        }
        // The library tells no levels of these.
        if (group.convertedType() == ConvertedType.MAP_KEY_VALUE
                && group.repetitionType() != RepetitionType.REPEATED) {
            return refuse(path, "a map that its writer marked as MAP_KEY_VALUE");
        }
        if (group.children().isEmpty()) {
            return refuse(path, "a struct without members");
        }
        List<String> names = new ArrayList<>();
        List<ParquetShape> members = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (SchemaNode child : group.children()) {
            if (!seen.add(child.name().toLowerCase(Locale.ROOT))) {
                return refuse(path, "a struct with two members of the name " + child.name());
            }
            ParquetShape member =
                    shape(child, path + "." + child.name(), elementDefinition, depth + 1);
            if (member == null) {
                return null;
            }
            names.add(child.name());
            members.add(member);
        }
        return new ParquetShape.StructOf(names, members, group.maxDefinitionLevel());
    }

    private @Nullable ParquetShape refuse(String path, String description) {
        refusal = path + " is " + description;
        return null;
    }
}
