package io.basaltdb.benchmarks.answer;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Equality and order of cells across engines.
final class Cells {
    private static final double TOLERANCE = 1e-9;

    private Cells() {}

    /// Whether two cells mean the same value. Exact numbers compare exactly, a double with any number within 1e-9
    /// relative; a date equals its midnight, since engines differ in what a truncated timestamp is.
    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return a.compareTo(b) == 0;
        }
        if (isNumber(left) && isNumber(right)) {
            return close(toDouble(left), toDouble(right));
        }
        return midnight(left).equals(midnight(right));
    }

    static boolean same(AnswerRow left, AnswerRow right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.cell(i), right.cell(i))) {
                return false;
            }
        }
        return true;
    }

    /// An order of rows for comparing multisets: by the columns that compare exactly first, so that doubles that differ
    /// in the last digits do not separate equal rows.
    static Comparator<AnswerRow> forMultisets() {
        return (left, right) -> {
            int order = compare(left, right, false);
            return order != 0 ? order : compare(left, right, true);
        };
    }

    private static int compare(AnswerRow left, AnswerRow right, boolean doubles) {
        for (int i = 0; i < left.size(); i++) {
            Object a = left.cell(i);
            Object b = right.cell(i);
            if ((a instanceof Double || b instanceof Double) == doubles) {
                int order = compare(a, b);
                if (order != 0) {
                    return order;
                }
            }
        }
        return 0;
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return a.compareTo(b);
        }
        if (isNumber(left) && isNumber(right)) {
            return Double.compare(toDouble(left), toDouble(right));
        }
        return switch (midnight(left)) {
            case String a when right instanceof String b -> a.compareTo(b);
            case LocalDateTime a when midnight(right) instanceof LocalDateTime b -> a.compareTo(b);
            case LocalTime a when right instanceof LocalTime b -> a.compareTo(b);
            case Instant a when right instanceof Instant b -> a.compareTo(b);
            case Boolean a when right instanceof Boolean b -> a.compareTo(b);
            default -> left.getClass().getName().compareTo(right.getClass().getName());
        };
    }

    private static boolean close(double left, double right) {
        if (Double.compare(left, right) == 0 || left == right) {
            return true;
        }
        double larger = Math.max(Math.abs(left), Math.abs(right));
        return Math.abs(left - right) <= larger * TOLERANCE;
    }

    private static boolean isNumber(Object value) {
        return value instanceof BigDecimal || value instanceof Double;
    }

    private static double toDouble(Object value) {
        return ((Number) value).doubleValue();
    }

    private static Object midnight(Object value) {
        return value instanceof LocalDate date ? date.atStartOfDay() : value;
    }
}
