package io.basaltdb.formats.parquet;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.UserFiles;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the footer of a file says.
///
/// @param columns in the order of the file
record ParquetFile(String path, List<ParquetColumn> columns, List<RowGroup> rowGroups) {
    private static final int MAGIC_BYTES = 4;
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    /// @param binaryAsText whether bytes of which the file says nothing are texts; null for what the writer of the file means
    /// @throws BasaltException FILE_NOT_FOUND, BAD_COPY_FORMAT
    static ParquetFile of(UserFiles files, String path, @Nullable Boolean binaryAsText) {
        UserInputFile file = new UserInputFile(files, path);
        try (file;
                HardwoodContext threads = ParquetLibrary.threads();
                ParquetFileReader reader = open(file, threads)) {
            ParquetLayout.Kind plainBytes =
                    (binaryAsText == null
                                    ? !saysWhatIsText(reader.getFileMetaData().createdBy())
                                    : binaryAsText)
                            ? ParquetLayout.Kind.TEXT
                            : ParquetLayout.Kind.BINARY;
            FileSchema schema = reader.getFileSchema();
            List<ParquetColumn> columns =
                    schema.getRootNode().children().stream()
                            .map((SchemaNode node) -> ShapeReader.column(schema, node, plainBytes))
                            .toList();
            List<RowGroup> groups =
                    reader.getFileMetaData().rowGroups().stream()
                            .filter(group -> group.numRows() != 0)
                            .toList();
            for (RowGroup group : groups) {
                check(path, group, schema);
            }
            return new ParquetFile(path, columns, groups);
        } catch (IOException e) {
            throw new BasaltException(
                    ErrorCode.IO_ERROR, "file " + path + " could not be closed", e);
        }
    }

    /// Refuses a row group of which the footer does not say what is needed to read it.
    private static void check(String path, RowGroup group, FileSchema schema) {
        boolean fits =
                group.numRows() > 0
                        && group.numRows() <= Integer.MAX_VALUE
                        && group.columns().size() == schema.getColumnCount();
        for (ColumnChunk chunk : group.columns()) {
            ColumnMetaData data = chunk.metaData();
            fits =
                    fits
                            && data != null
                            && data.codec() != null
                            && data.type() != null
                            && chunk.chunkStartOffset() >= 0
                            && data.totalCompressedSize() >= 0;
        }
        if (!fits) {
            throw failure(
                    path,
                    null,
                    "its footer is damaged: a row group lacks what is to be said of it",
                    null);
        }
    }

    /// Whether the writer marks texts, so that other bytes are none. Many earlier writers did not.
    private static boolean saysWhatIsText(@Nullable String writer) {
        return writer != null && (writer.startsWith("DuckDB") || writer.startsWith("Basalt"));
    }

    /// Opens the file to read its rows. The reader owns the file.
    static ParquetFileReader open(UserInputFile file, HardwoodContext threads) {
        checkMagic(file);
        try {
            return ParquetFileReader.open(file, threads);
        } catch (IOException | RuntimeException e) {
            throw failure(file.name(), null, "its footer cannot be read", e);
        }
    }

    private static void checkMagic(UserInputFile file) {
        long size = file.length();
        if (size < 3 * MAGIC_BYTES || !isMagic(file, 0) || !isMagic(file, size - MAGIC_BYTES)) {
            file.close();
            throw new BasaltException(
                    ErrorCode.BAD_COPY_FORMAT,
                    "file "
                            + file.name()
                            + " is not a Parquet file: it does not begin and end with PAR1");
        }
    }

    private static boolean isMagic(UserInputFile file, long at) {
        return file.readRange(at, MAGIC_BYTES).equals(java.nio.ByteBuffer.wrap(MAGIC));
    }

    /// The column of that name, whatever its case; null where there is none.
    @Nullable ParquetColumn find(String name) {
        for (ParquetColumn column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        for (ParquetColumn column : columns) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        return null;
    }

    BasaltException wrong(String column, String reason) {
        return failure(path, column, reason, null);
    }

    /// What to raise where the library or the file fails: an error of ours stays what it is.
    static BasaltException failure(
            String path, @Nullable String column, String reason, @Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof BasaltException known) {
                return known;
            }
        }
        return new BasaltException(
                ErrorCode.BAD_COPY_FORMAT,
                "file " + path + (column == null ? "" : ", column " + column) + ": " + reason,
                cause);
    }
}
