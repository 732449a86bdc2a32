package io.basaltdb.benchmarks.answers;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerRow;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of expected rows: a header line, `|` between values, `null` for NULL.
final class AnswerFile {
    /// Sums and products of the suite's money columns have up to six decimals; more come from a division.
    private static final int EXACT_DECIMALS = 6;

    private AnswerFile() {}

    /// Reads the file of a query; columns go by position. A value is text where the engine's is, and a number that came from a division is a
    /// double, which compares within a tolerance.
    static Answer read(String query, Answer found) throws IOException {
        List<String> lines = resource("tpch-0.01/" + query + ".csv").lines().toList();
        List<AnswerRow> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\\|", -1);
            @Nullable Object[] cells = new @Nullable Object[values.length];
            for (int i = 0; i < values.length; i++) {
                cells[i] = cell(values[i], sample(found, i));
            }
            rows.add(new AnswerRow(cells));
        }
        return new Answer(found.labels(), rows);
    }

    private static @Nullable Object sample(Answer found, int column) {
        return found.rows().stream()
                .filter(row -> column < row.size() && row.cell(column) != null)
                .findFirst()
                .map(row -> row.cell(column))
                .orElse(null);
    }

    private static @Nullable Object cell(String text, @Nullable Object sample) {
        if (text.equals("null")) {
            return null;
        }
        return switch (sample) {
            case BigDecimal _ -> number(text);
            case Double _ -> number(text);
            case LocalDate _ -> LocalDate.parse(text);
            case null, default -> text;
        };
    }

    private static Object number(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.scale() <= EXACT_DECIMALS ? number : (Object) number.doubleValue();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AnswerFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
