package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How the columns of a key lie in words: numbers, codes of texts and null bits packed side by side where they fit, of a text without a code its length in a
/// word and its bytes apart. Two keys are equal where all words and all texts are.
///
/// A single column that fits one word is a case of its own (`single`): its word is the value itself, and NULL is told by the table.
final class KeyLayout {
    private static final int LENGTH_BITS = 32;
    private static final int NARROW_BITS = 32;

    private final List<Type> types = new ArrayList<>();
    private final KeyForms forms;
    final int columnCount;

    /// Whether there is one column and its value is the word.
    final boolean single;

    final int wordCount;

    /// Columns whose texts stand for themselves, in order.
    final int[] texts;

    /// Whether the words are all of a key.
    final boolean wordsSuffice;

    /// Word and shift of each column's value (a text's code or length, the low half of a wide number), its width, and the bit that is set where it is null
    /// (−1 where it never is).
    final int[] word;

    final int[] shift;
    final int[] width;
    final int[] nullWord;
    final int[] nullShift;

    KeyLayout(List<Field> fields) {
        this(fields, KeyForms.values(new int[fields.size()]));
    }

    KeyLayout(List<Field> fields, KeyForms forms) {
        this.forms = forms;
        columnCount = fields.size();
        word = new int[columnCount];
        shift = new int[columnCount];
        width = new int[columnCount];
        nullWord = new int[columnCount];
        nullShift = new int[columnCount];
        fields.forEach(field -> types.add(field.type()));
        single = columnCount == 1 && isOneWord(types.getFirst());
        texts =
                IntStream.range(0, columnCount)
                        .filter(i ->
                                types.get(i).physical() == Physical.BYTES && vocabulary(i) == null)
                        .toArray();
        wordsSuffice = texts.length == 0 && !(single && fields.getFirst().nullable());
        wordCount = single ? placeSingle() : place(fields);
    }

    private static boolean isOneWord(Type type) {
        return type.physical() != Physical.BYTES && type.physical() != Physical.WIDE;
    }

    private int placeSingle() {
        width[0] = 64;
        nullWord[0] = -1;
        return 1;
    }

    /// Places whole words first, then what is narrower, each where there is room.
    private int place(List<Field> fields) {
        int words = 0;
        for (int i = 0; i < columnCount; i++) {
            width[i] = width(i);
            if (width[i] >= 64) {
                word[i] = words;
                words += width[i] / 64;
            }
        }
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            if (width[i] < 64) {
                int slot = slot(used, width[i]);
                word[i] = words + slot;
                shift[i] = used.get(slot);
                used.set(slot, used.get(slot) + width[i]);
            }
        }
        for (int i = 0; i < columnCount; i++) {
            nullWord[i] = -1;
            if (fields.get(i).nullable()) {
                int slot = slot(used, 1);
                nullWord[i] = words + slot;
                nullShift[i] = used.get(slot);
                used.set(slot, used.get(slot) + 1);
            }
        }
        return words + used.size();
    }

    private static int slot(List<Integer> used, int bits) {
        for (int i = 0; i < used.size(); i++) {
            if (used.get(i) + bits <= 64) {
                return i;
            }
        }
        used.add(0);
        return used.size() - 1;
    }

    /// Codes have a bit for the sign as numbers have, which is never set.
    private int width(int column) {
        Vocabulary vocabulary = vocabulary(column);
        if (vocabulary != null) {
            return 1 + Integer.SIZE - Integer.numberOfLeadingZeros(vocabulary.size());
        }
        int bits = width(types.get(column));
        return forms.isNarrow(column) ? Math.min(bits, NARROW_BITS) : bits;
    }

    private static int width(Type type) {
        return switch (type) {
            case Type.Bool _ -> 1;
            case Type.Int(int bits) -> bits;
            case Type.Real _ -> 32;
            case Type.Text _ -> LENGTH_BITS;
            case Type.Decimal _, Type.Opaque _ -> width(type.physical());
            case Type.DoublePrecision _,
                    Type.Date _,
                    Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Interval _,
                    Type.Null _ ->
                    64;
        };
    }

    private static int width(Physical form) {
        return switch (form) {
            case LONG, DOUBLE -> 64;
            case WIDE -> 128;
            case BITS -> 1;
            case BYTES -> LENGTH_BITS;
        };
    }

    Type type(int column) {
        return types.get(column);
    }

    /// The vocabulary whose codes stand for the column's texts; null where there is none.
    @Nullable Vocabulary vocabulary(int column) {
        return forms.vocabulary(column);
    }

    /// The first column whose texts lie in several dictionaries; −1 where there is none.
    int firstOfSeveral() {
        for (int i = 0; i < columnCount; i++) {
            Vocabulary vocabulary = vocabulary(i);
            if (vocabulary != null && vocabulary.memberCount() > 1) {
                return i;
            }
        }
        return -1;
    }
}
