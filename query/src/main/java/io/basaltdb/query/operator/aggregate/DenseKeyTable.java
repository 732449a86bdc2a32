package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
import org.jspecify.annotations.Nullable;

/// Keys of one column of texts that all lie in one vocabulary: a group's number is its code, NULL's the one behind the last. Nothing is looked for, and tables of
/// the same vocabulary have the same numbers; but there are numbers without a group.
final class DenseKeyTable extends KeyTable {
    private final KeyLayout layout;
    private final int nullGroup;

    /// The bit of a word that tells NULL; 0 where there is none.
    private final long nullBit;

    /// Which groups there are.
    private final long[] present;

    private int presentCount;

    DenseKeyTable(KeyLayout layout, Vocabulary vocabulary, Reservation reservation) {
        super(reservation);
        this.layout = layout;
        this.nullGroup = vocabulary.size();
        this.nullBit = layout.nullWord[0] < 0 ? 0 : 1L << layout.nullShift[0];
        this.count = nullGroup + 1;
        int words = Validity.words(count);
        reservation.grow(8L * words);
        this.present = new long[words];
    }

    @Override
    int presentCount() {
        return presentCount;
    }

    @Override
    void findOrAdd(KeyBlock block, int rowCount, int[] groups) {
        toGroups(block.words, rowCount, nullBit, nullGroup, groups);
        presentCount += note(groups, rowCount, present);
    }

    private static void toGroups(
            long[] words, int rowCount, long nullBit, int nullGroup, int[] groups) {
        if (nullBit == 0) {
            for (int i = 0; i < rowCount; i++) {
                groups[i] = (int) words[i];
            }
        } else {
            for (int i = 0; i < rowCount; i++) {
                groups[i] = (words[i] & nullBit) == 0 ? (int) words[i] : nullGroup;
            }
        }
    }

    /// Returns how many were not there.
    private static int note(int[] groups, int rowCount, long[] present) {
        int added = 0;
        for (int i = 0; i < rowCount; i++) {
            int group = groups[i];
            long word = present[group >> 6];
            added += (int) (~(word >>> group) & 1);
            present[group >> 6] = word | 1L << group;
        }
        return added;
    }

    @Override
    void find(KeyBlock block, int rowCount, int[] groups) {
        toGroups(block.words, rowCount, nullBit, nullGroup, groups);
        for (int i = 0; i < rowCount; i++) {
            int group = groups[i];
            groups[i] = (present[group >> 6] >>> group & 1) != 0 ? group : NO_GROUP;
        }
    }

    @Override
    void addFrom(KeyTable other, int[] from, int rowCount, int[] to) {
        switch (other) {
            case DenseKeyTable _ -> System.arraycopy(from, 0, to, 0, rowCount);
            case LongKeyTable words -> {
                for (int i = 0; i < rowCount; i++) {
                    long word = words.key(from[i]);
                    to[i] = (word & nullBit) == 0 ? (int) word : nullGroup;
                }
            }
            case WordKeyTable _ -> throw new AssertionError("a code is one word");
        }
        presentCount += note(to, rowCount, present);
    }

    @Override
    @Nullable Selection present(int first, int rowCount) {
        int[] rows = new int[rowCount];
        int found = 0;
        for (int i = 0; i < rowCount; i++) {
            int group = first + i;
            rows[found] = i;
            found += (int) (present[group >> 6] >>> group & 1);
        }
        return found == rowCount ? null : new Selection(rows, found);
    }

    @Override
    void expect(int moreGroups) {}

    @Override
    long hash(int group) {
        return Hashing.mix(Hashing.combine(1, group == nullGroup ? nullBit : group));
    }

    @Override
    Vector column(int column, int first, int rowCount, @Nullable Selection wanted) {
        return KeyColumns.packed(layout, column, words(first, rowCount), 0, rowCount, wanted);
    }

    @Override
    LongVector codes(int column, int first, int rowCount) {
        return KeyColumns.words(layout, column, words(first, rowCount), 0, rowCount);
    }

    private long[] words(int first, int rowCount) {
        long[] words = new long[rowCount];
        for (int i = 0; i < rowCount; i++) {
            int group = first + i;
            words[i] = group == nullGroup ? nullBit : group;
        }
        return words;
    }
}
