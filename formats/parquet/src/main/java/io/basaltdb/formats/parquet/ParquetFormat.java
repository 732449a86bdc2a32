package io.basaltdb.formats.parquet;

import io.basaltdb.query.relation.FileFormat;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.UserFiles;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Parquet. Read with `binary_as_string`, which says whether bytes of which a file says nothing are texts; written with `compression` (snappy,
/// gzip, uncompressed) and `row_group_size` in rows.
public final class ParquetFormat implements FileFormat {
    private static final int DEFAULT_GROUP_ROWS = 122_880;
    private static final String BINARY_AS_STRING = "binary_as_string";

    private final UserFiles files;

    public ParquetFormat(UserFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public List<String> extensions() {
        return List.of(".parquet", ".parq");
    }

    @Override
    public Relation read(List<String> paths, Map<String, String> options) {
        List<ParquetFile> opened = open(paths, options);
        List<Field> fields = new ArrayList<>();
        for (ParquetColumn column : opened.getFirst().columns()) {
            Field field = new Field(column.name(), column.type(opened.getFirst().path()), true);
            if (fields.stream().anyMatch(other -> other.name().equalsIgnoreCase(field.name()))) {
                throw opened.getFirst()
                        .wrong(field.name(), "the file has two columns of that name");
            }
            fields.add(field);
        }
        return new ParquetRelation(files, new Schema(fields), opened);
    }

    /// Columns are found by their names, whatever their order, and converted where the file has another type.
    @Override
    public Relation read(List<String> paths, Map<String, String> options, Schema schema) {
        return new ParquetRelation(files, schema, open(paths, options));
    }

    private List<ParquetFile> open(List<String> paths, Map<String, String> options) {
        Boolean binaryAsText = binaryAsText(options);
        return paths.stream().map(path -> ParquetFile.of(files, path, binaryAsText)).toList();
    }

    private static @Nullable Boolean binaryAsText(Map<String, String> options) {
        for (String name : options.keySet().stream().sorted().toList()) {
            if (!name.equals(BINARY_AS_STRING)) {
                throw new BasaltException(
                        ErrorCode.INVALID_PARAMETER,
                        "Parquet files are read with no option "
                                + name
                                + "; there is binary_as_string");
            }
        }
        return switch (options.getOrDefault(BINARY_AS_STRING, "").toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new BasaltException(
                            ErrorCode.INVALID_PARAMETER,
                            "binary_as_string is true or false, not "
                                    + options.get(BINARY_AS_STRING));
        };
    }

    @Override
    public Writer write(String path, Map<String, String> options, Schema schema) {
        if (schema.size() == 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "cannot write '" + path + "': a Parquet file needs a column");
        }
        for (int c = 1; c < schema.size(); c++) {
            String name = schema.field(c).name();
            if (schema.fields().subList(0, c).stream()
                    .anyMatch(other -> other.name().equalsIgnoreCase(name))) {
                throw new BasaltException(
                        ErrorCode.INVALID_PARAMETER,
                        "cannot write '"
                                + path
                                + "': two columns have the name "
                                + name
                                + "; give one of them another with AS");
            }
        }
        return new ParquetWriter(files, path, schema, options(options));
    }

    private static ParquetWriter.Options options(Map<String, String> options) {
        PageCompression compression = PageCompression.SNAPPY;
        int groupRows = DEFAULT_GROUP_ROWS;
        for (Map.Entry<String, String> option : new TreeMap<>(options).entrySet()) {
            String name = option.getKey();
            String value = option.getValue();
            switch (name) {
                case "compression" -> compression = compression(value);
                case "row_group_size" -> groupRows = groupRows(value);
                default ->
                        throw new BasaltException(
                                ErrorCode.INVALID_PARAMETER,
                                "Parquet files are written with no option "
                                        + name
                                        + "; there are compression and row_group_size");
            }
        }
        return new ParquetWriter.Options(compression, groupRows);
    }

    private static PageCompression compression(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "snappy" -> PageCompression.SNAPPY;
            case "gzip" -> PageCompression.GZIP;
            case "uncompressed", "none" -> PageCompression.UNCOMPRESSED;
            default ->
                    throw new BasaltException(
                            ErrorCode.INVALID_PARAMETER,
                            "compression "
                                    + name
                                    + " is not written to Parquet; snappy, gzip and uncompressed are");
        };
    }

    private static int groupRows(String text) {
        try {
            int rows = Integer.parseInt(text);
            if (rows > 0) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BasaltException(
                ErrorCode.INVALID_PARAMETER,
                "row_group_size is a number of rows, 1 at least, not " + text);
    }
}
