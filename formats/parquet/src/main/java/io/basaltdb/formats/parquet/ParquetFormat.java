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
import java.util.Map;

/// Parquet, for reading. It has no options.
public final class ParquetFormat implements FileFormat {
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
        checkOptions(options);
        List<ParquetFile> opened = paths.stream().map(path -> ParquetFile.of(files, path)).toList();
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
        checkOptions(options);
        return new ParquetRelation(
                files, schema, paths.stream().map(path -> ParquetFile.of(files, path)).toList());
    }

    private static void checkOptions(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "Parquet has no options, but "
                            + options.keySet().stream().sorted().toList().getFirst()
                            + " was given");
        }
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
