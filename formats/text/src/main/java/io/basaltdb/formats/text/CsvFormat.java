package io.basaltdb.formats.text;

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

/// Comma-separated values: options `delimiter`, `quote`, `header`, `null`.
///
/// Without the option, the first record is taken for a header where it has the names of the expected columns, or, where none are expected, where a column under it has
/// another type than text or all its fields look like names.
public final class CsvFormat implements FileFormat {
    private final UserFiles files;

    public CsvFormat(UserFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public List<String> extensions() {
        return List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz", ".tbl", ".tbl.gz");
    }

    @Override
    public Relation read(List<String> paths, Map<String, String> options) {
        CsvDialect dialect = dialect(paths.getFirst(), options);
        CsvHead first = CsvHead.of(new TextFile(files, paths.getFirst()), dialect);
        boolean header = dialect.header() != null ? dialect.header() : first.looksLikeHeader();
        return relation(paths, dialect, first.schema(header), header);
    }

    @Override
    public Relation read(List<String> paths, Map<String, String> options, Schema schema) {
        CsvDialect dialect = dialect(paths.getFirst(), options);
        CsvHead first = CsvHead.of(new TextFile(files, paths.getFirst()), dialect);
        boolean header = dialect.header() != null ? dialect.header() : first.isHeaderOf(schema);
        return relation(paths, dialect, schema, header);
    }

    private static CsvDialect dialect(String path, Map<String, String> options) {
        CsvDialect dialect = CsvDialect.of(options);
        boolean tabs =
                path.matches("(?i).*\\.tsv(\\.gz)?")
                        && options.keySet().stream()
                                .noneMatch(o -> o.startsWith("delim") || o.equals("sep"));
        return tabs
                ? new CsvDialect((byte) '\t', dialect.quote(), dialect.header(), dialect.nullText())
                : dialect;
    }

    private Relation relation(
            List<String> paths, CsvDialect dialect, Schema schema, boolean header) {
        List<TextRelation.Part> parts = new ArrayList<>();
        for (String path : paths) {
            TextFile file = new TextFile(files, path);
            CsvHead head = CsvHead.of(file, dialect);
            if (!head.isEmpty() && head.fieldCount() != schema.size()) {
                throw new BasaltException(
                        ErrorCode.BAD_COPY_FORMAT,
                        "file "
                                + path
                                + ", line 1 has "
                                + head.fieldCount()
                                + " fields where "
                                + schema.size()
                                + " columns were expected ("
                                + names(schema)
                                + ")");
            }
            long start = header ? head.secondRecord() : head.firstRecord();
            long line = header ? head.secondLine() : head.firstLine();
            parts.add(
                    new TextRelation.Part(
                            file,
                            RecordIndex.of(
                                    file, new RecordEnds.Quoted(dialect.quote()), start, line)));
        }
        return new TextRelation(schema, factory(dialect), parts);
    }

    private static String names(Schema schema) {
        return String.join(", ", schema.fields().stream().map(Field::name).toList());
    }

    private static RecordParser.Factory factory(CsvDialect dialect) {
        return new RecordParser.Factory() {
            @Override
            public RecordEnds ends() {
                return new RecordEnds.Quoted(dialect.quote());
            }

            @Override
            public RecordParser parser(List<String> columns) {
                return new CsvParser(dialect, columns.size());
            }
        };
    }

    @Override
    public Writer write(String path, Map<String, String> options, Schema schema) {
        CsvDialect dialect = dialect(path, options);
        return new TextWriter(files, path, new CsvRowText(dialect, schema), schema);
    }
}
