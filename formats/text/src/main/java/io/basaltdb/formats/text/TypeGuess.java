package io.basaltdb.formats.text;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The narrowest type of a list that all values of a column seen so far can be read as.
final class TypeGuess {
    private static final List<Type> ORDER =
            List.of(
                    Type.BOOLEAN,
                    Type.BIGINT,
                    new Type.Decimal(38, 0),
                    Type.DOUBLE,
                    Type.DATE,
                    Type.TIMESTAMP,
                    Type.TEXT);

    private final boolean[] possible = new boolean[ORDER.size()];
    private boolean seen;

    TypeGuess() {
        Arrays.fill(possible, true);
    }

    /// Takes one more value into account.
    void see(byte[] bytes, int start, int length) {
        seen = true;
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        for (int i = 0; i < possible.length; i++) {
            possible[i] = possible[i] && fits(text, ORDER.get(i));
        }
    }

    /// TEXT where no value was seen.
    Type type() {
        for (int i = 0; i < possible.length; i++) {
            if (seen && possible[i]) {
                return ORDER.get(i);
            }
        }
        return Type.TEXT;
    }

    private static boolean fits(String text, Type type) {
        if (type instanceof Type.Text) {
            return true;
        }
        if (type instanceof Type.Bool) {
            String lower = text.toLowerCase(Locale.ROOT);
            return lower.equals("true") || lower.equals("false");
        }
        if (text.isEmpty() || !looksLike(text, type)) {
            return false;
        }
        try {
            ValueText.parse(text, type, ZoneOffset.UTC);
            return true;
        } catch (BasaltException e) {
            return false;
        }
    }

    /// Digits and signs only, so that a word never counts as a number and a number never as a day.
    private static boolean looksLike(String text, Type type) {
        boolean day = type instanceof Type.Date;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = (c >= '0' && c <= '9') || marks(type).indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return !(day || type instanceof Type.Timestamp) || text.indexOf('-', 1) > 0;
    }

    /// What stands beside digits in the plain texts of the type.
    private static String marks(Type type) {
        return switch (type) {
            case Type.Int _, Type.Decimal _, Type.Date _ -> "+-";
            case Type.DoublePrecision _ -> "+-.eE";
            default -> "+-:. TZ";
        };
    }
}
