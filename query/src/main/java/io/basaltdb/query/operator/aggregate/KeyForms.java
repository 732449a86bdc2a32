package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
import io.basaltdb.storage.vector.WideVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the key columns of some batches lie, so that their keys take few words: texts as codes of one vocabulary, numbers of at most 32 bits as such.
/// Immutable.
///
/// Groups of other forms are found apart and put together at the end, under the codes of a vocabulary of all texts or by value. So a text is hashed,
/// compared and copied at most once a group, not once a row; and where all rows have the same forms, as those of one part do, and those of several whose
/// dictionaries were put into one vocabulary before, never.
final class KeyForms {
    private static final int NARROW_BITS = 31;

    /// So many texts are put into a vocabulary for each group that would be hashed otherwise.
    private static final long TEXTS_PER_GROUP = 4;

    private final int[] keyColumns;

    /// The vocabulary that names a column's texts; null where they stand for themselves, and for other columns. Of several dictionaries only where no text
    /// stands for itself.
    private final @Nullable Vocabulary[] vocabularies;

    private final boolean[] narrow;

    /// Whether all texts, if any, have codes in vocabularies that can be united with others.
    private final boolean areCoded;

    private final boolean areValues;

    private KeyForms(
            int[] keyColumns,
            @Nullable Vocabulary[] vocabularies,
            boolean[] narrow,
            boolean areCoded,
            boolean areValues) {
        this.keyColumns = keyColumns;
        this.vocabularies = vocabularies;
        this.narrow = narrow;
        this.areCoded = areCoded;
        this.areValues = areValues;
    }

    /// The forms that every batch has: all values stand for themselves.
    static KeyForms values(int[] keyColumns) {
        return new KeyForms(
                keyColumns,
                new Vocabulary[keyColumns.length],
                new boolean[keyColumns.length],
                false,
                true);
    }

    /// Those of the batch.
    static KeyForms of(Batch batch, int[] keyColumns, KeptDictionaries kept) {
        Vocabulary[] vocabularies = new Vocabulary[keyColumns.length];
        boolean[] narrow = new boolean[keyColumns.length];
        boolean areCoded = true;
        for (int i = 0; i < keyColumns.length; i++) {
            Vector column = batch.column(keyColumns[i]);
            Dictionary dictionary = dictionary(column);
            if (dictionary != null && kept.number(dictionary) != KeptDictionaries.NOT_KEPT) {
                vocabularies[i] = Vocabulary.alone(dictionary);
                areCoded &= dictionary.isOrdered();
            } else {
                areCoded &= column.type().physical() != Physical.BYTES;
            }
            narrow[i] = column.type().physical() == Physical.LONG && isNarrow(column);
        }
        if (areCoded) {
            widen(vocabularies, kept);
        }
        return new KeyForms(keyColumns, vocabularies, narrow, areCoded, false);
    }

    /// Takes the largest vocabularies that are known.
    private static void widen(@Nullable Vocabulary[] vocabularies, KeptDictionaries kept) {
        for (int i = 0; i < vocabularies.length; i++) {
            Vocabulary alone = vocabularies[i];
            if (alone != null) {
                Vocabulary known = Vocabulary.of(alone.member(0));
                vocabularies[i] = kept.keep(known) ? known : alone;
            }
        }
    }

    /// Forms in which all these keys can be laid, texts under codes: one of these where that is enough. Null where there is no room for that, or where it costs
    /// more than it is worth.
    ///
    /// @param forms whose texts all have codes
    /// @param groups how many groups have those forms
    static @Nullable KeyForms union(List<KeyForms> forms, long groups, KeptDictionaries kept) {
        KeyForms one = forms.getFirst();
        int keyCount = one.keyColumns.length;
        Vocabulary[] vocabularies = new Vocabulary[keyCount];
        boolean[] narrow = new boolean[keyCount];
        for (int i = 0; i < keyCount; i++) {
            int key = i;
            narrow[i] = forms.stream().allMatch(form -> form.narrow[key]);
            if (one.vocabularies[i] != null) {
                Vocabulary all = union(i, forms, groups, kept);
                if (all == null) {
                    return null;
                }
                vocabularies[i] = all;
            }
        }
        for (KeyForms form : forms) {
            if (Arrays.equals(form.narrow, narrow)
                    && Arrays.equals(form.vocabularies, vocabularies)) {
                return form;
            }
        }
        return new KeyForms(one.keyColumns, vocabularies, narrow, true, false);
    }

    private static @Nullable Vocabulary union(
            int key, List<KeyForms> forms, long groups, KeptDictionaries kept) {
        List<Vocabulary> bySize = new ArrayList<>();
        for (KeyForms form : forms) {
            Vocabulary vocabulary = form.vocabularies[key];
            if (vocabulary == null) {
                return null;
            }
            bySize.add(vocabulary);
        }
        bySize.sort(Comparator.comparingInt(Vocabulary::size).reversed());
        Vocabulary all = bySize.getFirst();
        long walked = 0;
        for (Vocabulary next : bySize) {
            if (!all.has(next)) {
                walked += next.size();
                if (walked > TEXTS_PER_GROUP * groups
                        || !kept.reserve(Vocabulary.unionBytes(all, next))) {
                    return null;
                }
                all = Vocabulary.union(all, next);
            }
        }
        return all;
    }

    /// The dictionary that the column's texts lie in; null where there is none.
    private static @Nullable Dictionary dictionary(Vector column) {
        return column instanceof DictionaryVector coded
                        && coded.dictionary().values() instanceof BytesVector
                ? coded.dictionary()
                : null;
    }

    /// Whether all texts, if any, have codes in vocabularies that can be united with others.
    boolean areCoded() {
        return areCoded;
    }

    /// Whether it can be told of any key if it is among those that have these forms.
    boolean canBeFound() {
        for (Vocabulary vocabulary : vocabularies) {
            if (vocabulary != null && !vocabulary.isOrdered()) {
                return false;
            }
        }
        return true;
    }

    @Nullable Vocabulary vocabulary(int key) {
        return vocabularies[key];
    }

    boolean isNarrow(int key) {
        return narrow[key];
    }

    /// Whether keys of the batch can be laid so and had better not be laid otherwise: where all values stand for themselves, never.
    boolean takes(Batch batch) {
        if (areValues) {
            return false;
        }
        for (int i = 0; i < keyColumns.length; i++) {
            if (!takes(i, batch.column(keyColumns[i]))) {
                return false;
            }
        }
        return true;
    }

    private boolean takes(int key, Vector column) {
        Vocabulary expected = vocabularies[key];
        Dictionary dictionary = dictionary(column);
        if (expected != null) {
            return column instanceof ConstantVector constant
                    ? constant.value().isNull() || find(expected, constant.value()) >= 0
                    : dictionary != null && expected.has(dictionary);
        }
        return dictionary == null && (!narrow[key] || isNarrow(column));
    }

    /// The code of that text; −1 where the vocabulary does not have it, or is not in order.
    static int find(Vocabulary vocabulary, Value text) {
        return text instanceof Value.Bytes(byte[] bytes)
                ? vocabulary.find(bytes, 0, bytes.length)
                : -1;
    }

    private static boolean isNarrow(Vector column) {
        return switch (column) {
            case LongVector longs -> bits(longs) <= NARROW_BITS;
            case ConstantVector constant ->
                    constant.value() instanceof Value.Whole(long whole)
                            ? whole == (int) whole
                            : constant.value().isNull();
            case DictionaryVector coded -> isNarrow(coded.dictionary().values());
            case BitVector _, BytesVector _, DoubleVector _, WideVector _ -> false;
        };
    }

    /// Whether all those values are; lanes that are null may hold anything, so that this may say too little.
    static boolean isNarrow(long[] values, int count) {
        long wide = 0;
        for (int i = 0; i < count; i++) {
            wide |= values[i] ^ (int) values[i];
        }
        return wide == 0;
    }

    private static int bits(LongVector column) {
        int typeBits = column.type() instanceof Type.Int(int bits) ? bits - 1 : Long.SIZE;
        return Math.min(typeBits, column.magnitudeBits());
    }
}
