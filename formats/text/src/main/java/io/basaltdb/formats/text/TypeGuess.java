package io.basaltdb.formats.text;

import io.basaltdb.query.expression.Casts;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private final boolean[] possible = new boolean[ORDER.size()];
    private final @Nullable ScalarLoop[] loops = new @Nullable ScalarLoop[ORDER.size()];
    private boolean seen;

    TypeGuess() {
        Arrays.fill(possible, true);
    }

    /// Takes one more value into account.
    void see(byte[] bytes, int start, int length) {
        seen = true;
        for (int i = 0; i < possible.length; i++) {
            possible[i] = possible[i] && fits(bytes, start, length, i);
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

    private boolean fits(byte[] bytes, int start, int length, int order) {
        Type type = ORDER.get(order);
        if (type instanceof Type.Text) {
            return true;
        }
        if (type instanceof Type.Bool) {
            return is(TRUE, bytes, start, length) || is(FALSE, bytes, start, length);
        }
        return length > 0
                && looksLike(bytes, start, length, type)
                && isRead(bytes, start, length, order);
    }

    /// Whether the bytes are that word, in letters of either case.
    private static boolean is(byte[] word, byte[] bytes, int start, int length) {
        if (length != word.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((bytes[start + i] | 0x20) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether CAST reads the text as that type.
    private boolean isRead(byte[] bytes, int start, int length, int order) {
        ScalarLoop loop = loops[order];
        if (loop == null) {
            loop = Casts.loop(Type.TEXT, ORDER.get(order), true, ZoneOffset.UTC);
            loops[order] = loop;
        }
        Vector text =
                new BytesVector(Type.TEXT, 1, bytes, new int[] {start}, new int[] {length}, null);
        return !loop.evaluate(List.of(text), 1, null).isNull(0);
    }

    /// Digits and signs only, so that a word never counts as a number and a number never as a day.
    private static boolean looksLike(byte[] bytes, int start, int length, Type type) {
        String marks = marks(type);
        boolean hasDash = false;
        for (int i = 0; i < length; i++) {
            byte c = bytes[start + i];
            if ((c < '0' || c > '9') && marks.indexOf(c) < 0) {
                return false;
            }
            hasDash |= i > 0 && c == '-';
        }
        return hasDash || !(type instanceof Type.Date || type instanceof Type.Timestamp);
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
