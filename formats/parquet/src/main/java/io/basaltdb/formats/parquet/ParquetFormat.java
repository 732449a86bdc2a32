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
import org.jspecify.annotations.Nullable;

/// Parquet, for reading. Its option `binary_as_string` says whether bytes of which a file says nothing are texts.
public final class ParquetFormat implements FileFormat {
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
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "cannot write '"
                        + path
                        + "': Parquet files can only be read; write CSV (.csv) or JSON lines (.json)");
    }
}
