package io.basaltdb.formats.parquet;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// A column at the top of a file's schema.
///
/// @param shape null where we cannot read it
/// @param isPlainBytes whether it is taken for text although the file does not say so
/// @param refusal what cannot be read, for messages
record ParquetColumn(
        String name,
        @Nullable ParquetShape shape,
        boolean isRequired,
        boolean isPlainBytes,
        String refusal) {
    /// @param path of the file, for the message
    /// @throws BasaltException FEATURE_NOT_SUPPORTED where the column cannot be read
    Type type(String path) {
        return shape(path).type();
    }

    /// As [#type].
    ParquetShape shape(String path) {
        if (shape == null) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "file "
                            + path
                            + ", column "
                            + refusal
                            + ", which cannot be read; leave the column out when the file is written");
        }
        return shape;
    }

    /// The column as a column of a table wants it: bytes that the file says nothing of are bytes where the table has such.
    ParquetColumn wantedAs(Type type) {
        return isPlainBytes
                        && type instanceof Type.Binary
                        && shape instanceof ParquetShape.Leaf leaf
                ? new ParquetColumn(
                        name,
                        new ParquetShape.Leaf(
                                leaf.index(),
                                leaf.physical(),
                                leaf.fixedBytes(),
                                new ParquetLayout(ParquetLayout.Kind.BINARY, Type.VARBINARY),
                                leaf.definition(),
                                leaf.elementDefinition(),
                                leaf.repetition()),
                        isRequired,
                        false,
                        refusal)
                : this;
    }
}
