package io.basaltdb.benchmarks.logictest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares answers with scripts that have one row a line. The engine that made the scripts has its own types for averages
/// and prints numbers its own way: a number agrees if it is the expected one when cut or rounded to as many decimals. NULL
/// and the empty string look the same.
final class RowLines {
    private static final String BLANK = "~blank~";
    private static final MathContext DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);

    private RowLines() {}

    static Optional<String> difference(
            ScriptRecord.Query query, List<String> lines, List<List<@Nullable Object>> rows) {
        List<List<String>> expected = new ArrayList<>();
        for (String line : lines) {
            expected.add(List.of(line.split("\t", -1)));
        }
        List<List<String>> found = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            found.add(row.stream().map(RowLines::text).toList());
        }
        boolean same =
                expected.size() == found.size()
                        && (query.sorting() == ScriptRecord.Sorting.NONE
                                ? sameInOrder(expected, found)
                                : sameInAnyOrder(expected, found));
        return same ? Optional.empty() : Optional.of("expected " + expected + ", found " + found);
    }

    private static boolean sameInOrder(List<List<String>> expected, List<List<String>> found) {
        for (int i = 0; i < expected.size(); i++) {
            if (!sameRow(expected.get(i), found.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameInAnyOrder(List<List<String>> expected, List<List<String>> found) {
        List<List<String>> left = new ArrayList<>(found);
        for (List<String> row : expected) {
            int at = 0;
            while (at < left.size() && !sameRow(row, left.get(at))) {
                at++;
            }
            if (at == left.size()) {
                return false;
            }
            left.remove(at);
        }
        return true;
    }

    private static boolean sameRow(List<String> expected, List<String> found) {
        if (expected.size() != found.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!sameValue(expected.get(i).strip(), found.get(i).strip())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValue(String expected, String found) {
        if (isBlank(expected) || isBlank(found)) {
            return isBlank(expected) && isBlank(found);
        }
        Optional<BigDecimal> left = number(expected);
        Optional<BigDecimal> right = number(found);
        if (left.isPresent() && right.isPresent()) {
            return sameNumber(left.get(), right.get());
        }
        return expected.equalsIgnoreCase("true") || expected.equalsIgnoreCase("false")
                ? expected.equalsIgnoreCase(found)
                : expected.equals(found);
    }

    private static boolean sameNumber(BigDecimal expected, BigDecimal found) {
        int scale = Math.max(0, expected.scale());
        return expected.compareTo(found.setScale(scale, RoundingMode.DOWN)) == 0
                || expected.compareTo(found.setScale(scale, RoundingMode.HALF_UP)) == 0
                || expected.round(DIGITS).compareTo(found.round(DIGITS)) == 0;
    }

    private static boolean isBlank(String value) {
        return value.isEmpty() || value.equals(BLANK) || value.equals("null");
    }

    private static Optional<BigDecimal> number(String value) {
        try {
            return Optional.of(new BigDecimal(value));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> BLANK;
            case Timestamp time -> time.toString().replaceAll("\\.0$", "");
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
