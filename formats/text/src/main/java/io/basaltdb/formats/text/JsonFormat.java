package io.basaltdb.formats.text;

import io.basaltdb.query.relation.FileFormat;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.UserFiles;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON lines: one object a line. Members become columns by name; a member that is absent or null is NULL, an object or array inside stays JSON text. It has no options.
public final class JsonFormat implements FileFormat {
    private static final int SAMPLE_BYTES = 4 << 20;
    private static final int SAMPLE_RECORDS = 20_000;

    private static final RecordParser.Factory FACTORY =
            new RecordParser.Factory() {
                @Override
                public RecordEnds ends() {
                    return new RecordEnds.Lines();
                }

                @Override
                public RecordParser parser(List<String> columns) {
                    return new JsonParser(columns);
                }
            };

    private final UserFiles files;

    public JsonFormat(UserFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public List<String> extensions() {
        return List.of(".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz");
    }

    @Override
    public Relation read(List<String> paths, Map<String, String> options) {
        return read(paths, options, guess(new TextFile(files, paths.getFirst())));
    }

    @Override
    public Relation read(List<String> paths, Map<String, String> options, Schema schema) {
        refuse(options);
        List<TextRelation.Part> parts = new ArrayList<>();
        for (String path : paths) {
            TextFile file = new TextFile(files, path);
            parts.add(new TextRelation.Part(file, RecordIndex.of(file, FACTORY.ends(), 0, 1)));
        }
        return new TextRelation(schema, FACTORY, parts);
    }

    private static void refuse(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "JSON lines have no option " + options.keySet().iterator().next());
        }
    }

    private static Schema guess(TextFile file) {
        byte[] text = new byte[SAMPLE_BYTES];
        int count;
        try (TextFile.Cursor cursor = file.open()) {
            count = cursor.read(0, text, 0, SAMPLE_BYTES);
        }
        int end = count;
        if (count == SAMPLE_BYTES) {
            while (end > 0 && text[end - 1] != '\n') {
                end--;
            }
        }
        byte[] sample = Arrays.copyOf(text, end);
        Map<String, TypeGuess> guesses = new LinkedHashMap<>();
        Map<String, Boolean> strings = new LinkedHashMap<>();
        JsonParser.walk(
                sample,
                end,
                file.path(),
                1,
                SAMPLE_RECORDS,
                new JsonParser.Visitor() {
                    @Override
                    public void record(long line) {}

                    @Override
                    public void member(
                            byte[] bytes,
                            int nameStart,
                            int nameLength,
                            int start,
                            int length,
                            boolean quoted) {
                        String name =
                                new String(bytes, nameStart, nameLength, StandardCharsets.UTF_8);
                        TypeGuess guess = guesses.computeIfAbsent(name, _ -> new TypeGuess());
                        if (length >= 0) {
                            strings.merge(name, quoted, Boolean::logicalOr);
                            guess.see(bytes, start, length);
                        }
                    }
                });
        List<Field> fields = new ArrayList<>();
        guesses.forEach((name, guess) ->
                fields.add(
                        new Field(
                                name,
                                type(guess.type(), strings.getOrDefault(name, false)),
                                true)));
        return new Schema(fields);
    }

    /// A quoted value is text, a day or a time, never a number or truth value.
    private static Type type(Type guessed, boolean quoted) {
        return switch (guessed) {
            case Type.Date _, Type.Timestamp _, Type.TimestampTz _, Type.Text _, Type.Opaque _ ->
                    guessed;
            case Type.Bool _, Type.Int _, Type.Real _, Type.DoublePrecision _, Type.Decimal _ ->
                    quoted ? Type.TEXT : guessed;
            case Type.Interval _, Type.Null _ -> Type.TEXT;
        };
    }

    @Override
    public Writer write(String path, Map<String, String> options, Schema schema) {
        refuse(options);
        return new TextWriter(files, path, new JsonRowText(schema), schema);
    }
}
