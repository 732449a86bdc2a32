package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads ClickHouse's format `TabSeparatedWithNamesAndTypes`: a line of names, a line of types, then a line per row. A tab, a line end and
/// a backslash inside a cell are escaped by a backslash, and `\N` is null.
final class TabSeparated {
    private static final List<String> WRAPPERS = List.of("Nullable(", "LowCardinality(");

    private TabSeparated() {}

    static Answer parse(byte[] bytes, Predicate<AnswerRow> wanted) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) {
            return new Answer(List.of(), List.of());
        }
        List<String> labels = cells(lines.get(0)).stream().map(TabSeparated::unescape).toList();
        List<String> types = cells(lines.get(1)).stream().map(TabSeparated::plainType).toList();
        List<AnswerRow> rows = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            AnswerRow row = row(cells(line), types);
            if (wanted.test(row)) {
                rows.add(row);
            }
        }
        return new Answer(labels, rows);
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }

    private static AnswerRow row(List<String> texts, List<String> types) {
        @Nullable Object[] cells = new @Nullable Object[types.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(texts.get(i), types.get(i));
        }
        return new AnswerRow(cells);
    }

    private static @Nullable Object cell(String text, String type) {
        if (text.equals("\\N")) {
            return null;
        }
        if (type.startsWith("Int") || type.startsWith("UInt") || type.startsWith("Decimal")) {
            return new BigDecimal(text);
        }
        if (type.startsWith("Float")) {
            return number(text);
        }
        if (type.startsWith("DateTime")) {
            return LocalDateTime.parse(text.replace(' ', 'T'));
        }
        if (type.startsWith("Date")) {
            return LocalDate.parse(text);
        }
        return type.equals("Bool") ? Boolean.valueOf(text) : unescape(text);
    }

    private static Double number(String text) {
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    private static String plainType(String type) {
        for (String wrapper : WRAPPERS) {
            if (type.startsWith(wrapper)) {
                return plainType(type.substring(wrapper.length(), type.length() - 1));
            }
        }
        return type;
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                out.append(escaped(text.charAt(i)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '0' -> '\0';
            default -> c;
        };
    }
}
