package io.basaltdb.benchmarks.logictest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values as sqllogictest writes them.
final class ScriptValues {
    private ScriptValues() {}

    /// A value of a column of type `I` (integer, cut off), `R` (three decimals) or `T` (text).
    static String text(char type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return switch (type) {
            case 'I' -> integer(value);
            case 'R' -> String.format(Locale.ROOT, "%.3f", number(value).doubleValue());
            default -> printable(value.toString());
        };
    }

    private static String integer(Object value) {
        return switch (value) {
            case Boolean bool -> bool ? "1" : "0";
            case BigInteger number -> number.toString();
            case BigDecimal number -> number.toBigInteger().toString();
            case Double number -> Long.toString(number.longValue());
            case Float number -> Long.toString(number.longValue());
            case Number number -> Long.toString(number.longValue());
            default -> Long.toString(number(value).longValue());
        };
    }

    private static Number number(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        try {
            return new BigDecimal(value.toString().strip());
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }

    private static String printable(String text) {
        if (text.isEmpty()) {
            return "(empty)";
        }
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(c < ' ' || c > '~' ? '@' : (char) c));
        return out.toString();
    }

    /// All values, row by row, after sorting.
    static List<String> sorted(ScriptRecord.Sorting sorting, List<List<String>> rows) {
        List<List<String>> ordered = new ArrayList<>(rows);
        if (sorting == ScriptRecord.Sorting.ROWS) {
            ordered.sort(byValues());
        }
        List<String> values = new ArrayList<>();
        ordered.forEach(values::addAll);
        if (sorting == ScriptRecord.Sorting.VALUES) {
            values.sort(Comparator.naturalOrder());
        }
        return values;
    }

    private static Comparator<List<String>> byValues() {
        return (left, right) -> {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                int order = left.get(i).compareTo(right.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(left.size(), right.size());
        };
    }

    /// MD5 over each value followed by a line feed.
    static String md5(List<String> values) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no MD5", missing);
        }
        for (String value : values) {
            digest.update(value.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
