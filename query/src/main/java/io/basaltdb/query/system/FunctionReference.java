package io.basaltdb.query.system;

import io.basaltdb.query.function.FunctionCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What there is to say of every function: the catalogue's names and summaries, and beside them the resource `functions.txt` with how a call is written, an
/// example and what the example gives. `system.functions` and the pages of `docs/sql` are made of it.
public final class FunctionReference {
    private static final String RESOURCE = "functions.txt";

    /// One function.
    ///
    /// @param kind `scalar`, `lambda` (a scalar function with one), `aggregate`, `window` or `table`
    /// @param example an expression of a scalar function, a whole query of the others
    /// @param result of the example, as text
    public record Entry(
            String kind,
            String name,
            String signature,
            String aliases,
            String description,
            String example,
            String result) {
        /// The example as a query of one value.
        public String query() {
            return kind.equals("scalar") || kind.equals("lambda") ? "SELECT " + example : example;
        }
    }

    private FunctionReference() {}

    /// All of them, in the order of the resource.
    public static List<Entry> entries() {
        Map<String, FunctionCatalog.Entry> catalog =
                FunctionCatalog.entries().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.function().name(), Function.identity()));
        List<Entry> entries = new ArrayList<>();
        for (String line : text().lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                entries.add(entry(fields(line), catalog));
            }
        }
        return entries;
    }

    private static Entry entry(List<String> fields, Map<String, FunctionCatalog.Entry> catalog) {
        FunctionCatalog.@Nullable Entry known =
                fields.get(0).equals("scalar") ? catalog.get(fields.get(1)) : null;
        return new Entry(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                known == null ? fields.get(3) : String.join(", ", known.aliases()),
                known == null ? fields.get(4) : known.summary(),
                fields.get(5),
                fields.get(6));
    }

    /// A line's fields: between bars, of which `\|` is none.
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '|') {
                field.append('|');
                i++;
            } else if (c == '|') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static String text() {
        try (InputStream in = FunctionReference.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
