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
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How the key columns of some batches lie, so that their keys take few words: texts as codes of one dictionary, numbers of at most 32 bits as such.
/// Immutable.
///
/// Groups of other forms are found apart and put together by value at the end. So a text is hashed, compared and copied at most once a group, not
/// once a row; and where all rows have the same forms, as those of one part do, never.
final class KeyForms {
    private static final int NARROW_BITS = 31;

    private final int[] keyColumns;

    /// The dictionary that names a column's texts; null where they stand for themselves, and for other columns.
    private final @Nullable Dictionary[] dictionaries;

    private final boolean[] narrow;
    private final boolean areValues;

    private KeyForms(
            int[] keyColumns,
            @Nullable Dictionary[] dictionaries,
            boolean[] narrow,
            boolean areValues) {
        this.keyColumns = keyColumns;
        this.dictionaries = dictionaries;
        this.narrow = narrow;
        this.areValues = areValues;
    }

    /// The forms that every batch has: all values stand for themselves.
    static KeyForms values(int[] keyColumns) {
        return new KeyForms(
                keyColumns,
                new Dictionary[keyColumns.length],
                new boolean[keyColumns.length],
                true);
    }

    /// Those of the batch.
    static KeyForms of(Batch batch, int[] keyColumns, KeptDictionaries kept) {
        Dictionary[] dictionaries = new Dictionary[keyColumns.length];
        boolean[] narrow = new boolean[keyColumns.length];
        for (int i = 0; i < keyColumns.length; i++) {
            Vector column = batch.column(keyColumns[i]);
            Dictionary dictionary = dictionary(column);
            if (dictionary != null && kept.number(dictionary) != KeptDictionaries.NOT_KEPT) {
                dictionaries[i] = dictionary;
            }
            narrow[i] = column.type().physical() == Physical.LONG && isNarrow(column);
        }
        return new KeyForms(keyColumns, dictionaries, narrow, false);
    }

    /// The dictionary that the column's texts lie in; null where there is none.
    private static @Nullable Dictionary dictionary(Vector column) {
        return column instanceof DictionaryVector coded
                        && coded.dictionary().values() instanceof BytesVector
                ? coded.dictionary()
                : null;
    }

    @Nullable Dictionary dictionary(int key) {
        return dictionaries[key];
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

    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    private boolean takes(int key, Vector column) {
        Dictionary expected = dictionaries[key];
        if (expected != null) {
            return column instanceof ConstantVector constant
                    ? constant.value().isNull() || find(expected, constant.value()) >= 0
                    : dictionary(column) == expected;
        }
        return dictionary(column) == null && (!narrow[key] || isNarrow(column));
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

    /// The code of that text; −1 where the dictionary does not have it, or is not in order.
    static int find(Dictionary dictionary, Value text) {
        return text instanceof Value.Bytes(byte[] bytes)
                ? find(dictionary, bytes, 0, bytes.length)
                : -1;
    }

    static int find(Dictionary dictionary, byte[] heap, int start, int length) {
        if (!dictionary.isOrdered() || !(dictionary.values() instanceof BytesVector values)) {
            return -1;
        }
        int low = 0;
        int high = dictionary.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int from = values.start()[middle];
            int order =
                    Arrays.compareUnsigned(
                            values.heap(),
                            from,
                            from + values.length()[middle],
                            heap,
                            start,
                            start + length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
