package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keys of several words and texts. A slot holds the upper half of the hash beside the group, so that a different key is nearly always told without
/// a look at it. Words and hashes lie by group; the texts of one key lie one after the other in an arena. The only text of a key is not copied where it comes
/// from a dictionary that is kept: then its code names it.
final class WordKeyTable extends KeyTable {
    private static final int FIRST_SLOTS = 64;
    private static final long HASH_MASK = 0xFFFF_FFFF_0000_0000L;

    private final KeyLayout layout;
    private final int wordCount;
    private final boolean hasTexts;
    private final Arena arena;

    /// Upper half: that of the hash; lower half: group + 1 (0: free).
    private long[] slots = new long[FIRST_SLOTS];

    private long[] words;
    private long[] hashes;

    /// Where a group's texts begin in the arena; negative: the complement of a dictionary's number and a code.
    private long[] texts;

    private final KeptDictionaries dictionaries;

    /// Number of the dictionary that the texts of the current block lie in.
    private int blockDictionary = KeptDictionaries.NOT_KEPT;

    private boolean blockIsOrdered;

    private int mask = FIRST_SLOTS - 1;

    WordKeyTable(KeyLayout layout, KeptDictionaries dictionaries, Reservation reservation) {
        super(reservation);
        this.dictionaries = dictionaries;
        this.layout = layout;
        this.wordCount = layout.wordCount;
        this.hasTexts = layout.texts.length > 0;
        this.arena = new Arena(reservation);
        reservation.grow(bytes(FIRST_SLOTS));
        words = new long[FIRST_SLOTS / 2 * wordCount];
        hashes = new long[FIRST_SLOTS / 2];
        texts = new long[hasTexts ? FIRST_SLOTS / 2 : 0];
    }

    private long bytes(int slotCount) {
        long perGroup = 8L * wordCount + 8 + (hasTexts ? 8 : 0);
        return 8L * slotCount + slotCount / 2 * perGroup;
    }

    @Override
    void findOrAdd(KeyBlock block, int rowCount, int[] groups) {
        if (!hasTexts) {
            findOrAddWords(block.words, block.hashes, rowCount, groups);
            return;
        }
        noteDictionary(block);
        for (int i = 0; i < rowCount; i++) {
            long hash = block.hashes[i];
            int slot = find(block, i, hash);
            int group = (int) slots[slot] - 1;
            if (group < 0) {
                if (count == hashes.length) {
                    grow();
                    slot = find(block, i, hash);
                }
                group = add(block, i, hash, slot);
            }
            groups[i] = group;
        }
    }

    private void findOrAddWords(long[] keys, long[] keyHashes, int rowCount, int[] groups) {
        int from = 0;
        while (from < rowCount) {
            // As many rows as are sure to find room without growing.
            int to = (int) Math.min(rowCount, from + (long) hashes.length - count);
            if (to == from) {
                grow();
                continue;
            }
            count =
                    wordCount == 2
                            ? findOrAddTwo(
                                    keys, keyHashes, from, to, slots, mask, words, hashes, count,
                                    groups)
                            : findOrAddWords(
                                    keys, keyHashes, from, to, slots, mask, words, wordCount,
                                    hashes, count, groups);
            from = to;
        }
    }

    private static int findOrAddTwo(
            long[] keys,
            long[] keyHashes,
            int from,
            int to,
            long[] slots,
            int mask,
            long[] words,
            long[] hashes,
            int count,
            int[] groups) {
        int known = count;
        for (int i = from; i < to; i++) {
            long hash = keyHashes[i];
            long first = keys[2 * i];
            long second = keys[2 * i + 1];
            int slot = (int) (hash >>> 12) & mask;
            int group = NO_GROUP;
            long entry;
            while ((entry = slots[slot]) != 0) {
                int at = (int) entry - 1;
                if (((entry ^ hash) & HASH_MASK) == 0
                        && words[2 * at] == first
                        && words[2 * at + 1] == second) {
                    group = at;
                    break;
                }
                slot = (slot + 1) & mask;
            }
            if (group == NO_GROUP) {
                group = known++;
                words[2 * group] = first;
                words[2 * group + 1] = second;
                hashes[group] = hash;
                slots[slot] = (hash & HASH_MASK) | known;
            }
            groups[i] = group;
        }
        return known;
    }

    private static int findOrAddWords(
            long[] keys,
            long[] keyHashes,
            int from,
            int to,
            long[] slots,
            int mask,
            long[] words,
            int wordCount,
            long[] hashes,
            int count,
            int[] groups) {
        int known = count;
        for (int i = from; i < to; i++) {
            long hash = keyHashes[i];
            int slot = (int) (hash >>> 12) & mask;
            int group = NO_GROUP;
            long entry;
            while ((entry = slots[slot]) != 0) {
                int at = (int) entry - 1;
                if (((entry ^ hash) & HASH_MASK) == 0
                        && equal(keys, i * wordCount, words, at * wordCount, wordCount)) {
                    group = at;
                    break;
                }
                slot = (slot + 1) & mask;
            }
            if (group == NO_GROUP) {
                group = known++;
                System.arraycopy(keys, i * wordCount, words, group * wordCount, wordCount);
                hashes[group] = hash;
                slots[slot] = (hash & HASH_MASK) | known;
            }
            groups[i] = group;
        }
        return known;
    }

    private static boolean equal(long[] left, int leftAt, long[] right, int rightAt, int count) {
        long different = 0;
        for (int w = 0; w < count; w++) {
            different |= left[leftAt + w] ^ right[rightAt + w];
        }
        return different == 0;
    }

    @Override
    void find(KeyBlock block, int rowCount, int[] groups) {
        noteDictionary(block);
        for (int i = 0; i < rowCount; i++) {
            groups[i] = (int) slots[find(block, i, block.hashes[i])] - 1;
        }
    }

    private void noteDictionary(KeyBlock block) {
        Dictionary dictionary =
                layout.texts.length == 1 ? block.columns[layout.texts[0]].dictionary : null;
        blockDictionary =
                dictionary == null ? KeptDictionaries.NOT_KEPT : dictionaries.number(dictionary);
        blockIsOrdered = dictionary != null && dictionary.isOrdered();
    }

    /// The slot of the row's key, or the free one where it belongs.
    private int find(KeyBlock block, int row, long hash) {
        int slot = (int) (hash >>> 12) & mask;
        long entry;
        while ((entry = slots[slot]) != 0) {
            if (((entry ^ hash) & HASH_MASK) == 0 && equal(block, row, (int) entry - 1)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean equal(KeyBlock block, int row, int group) {
        long different = 0;
        for (int w = 0; w < wordCount; w++) {
            different |= words[group * wordCount + w] ^ block.words[row * wordCount + w];
        }
        return different == 0 && (!hasTexts || equalTexts(block, row, group));
    }

    /// Lengths and nulls are known to be equal.
    private boolean equalTexts(KeyBlock block, int row, int group) {
        long reference = texts[group];
        if (reference < 0 && dictionaryOf(reference) == blockDictionary) {
            FlatColumn column = block.columns[layout.texts[0]];
            if (column.isNull(row) || column.codes[row] == codeOf(reference)) {
                return true;
            }
            if (blockIsOrdered) {
                return false;
            }
        }
        byte[] chunk = heapOf(reference);
        int at = startOf(reference);
        for (int c : layout.texts) {
            FlatColumn column = block.columns[c];
            if (!column.isNull(row)) {
                int start = column.start[row];
                int length = column.length[row];
                if (!Arrays.equals(chunk, at, at + length, column.heap, start, start + length)) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    private int add(KeyBlock block, int row, long hash, int slot) {
        int group = count;
        if (hasTexts) {
            texts[group] = putTexts(block, row);
        }
        System.arraycopy(block.words, row * wordCount, words, group * wordCount, wordCount);
        hashes[group] = hash;
        slots[slot] = (hash & HASH_MASK) | (group + 1);
        count++;
        return group;
    }

    private static int dictionaryOf(long reference) {
        return (int) (~reference >>> 32);
    }

    private static int codeOf(long reference) {
        return (int) ~reference;
    }

    private byte[] heapOf(long reference) {
        return reference < 0
                ? dictionaries.values(dictionaryOf(reference)).heap()
                : arena.chunk(reference);
    }

    private int startOf(long reference) {
        return reference < 0
                ? dictionaries.values(dictionaryOf(reference)).start()[codeOf(reference)]
                : Arena.position(reference);
    }

    private long putTexts(KeyBlock block, int row) {
        if (blockDictionary >= 0) {
            FlatColumn column = block.columns[layout.texts[0]];
            // NULL has one code, so that references of equal keys from one dictionary are equal.
            int code = column.isNull(row) ? 0 : column.codes[row];
            return ~((long) blockDictionary << 32 | code);
        }
        int total = 0;
        for (int c : layout.texts) {
            FlatColumn column = block.columns[c];
            total += column.isNull(row) ? 0 : column.length[row];
        }
        long reference = arena.allocate(total);
        byte[] chunk = arena.chunk(reference);
        int at = Arena.position(reference);
        for (int c : layout.texts) {
            FlatColumn column = block.columns[c];
            if (!column.isNull(row)) {
                int length = column.length[row];
                System.arraycopy(column.heap, column.start[row], chunk, at, length);
                at += length;
            }
        }
        return reference;
    }

    @Override
    void expect(int moreGroups) {
        long slotCount = Long.highestOneBit(4L * (count + moreGroups) - 1);
        if (slotCount > mask + 1 && slotCount <= MOST_EXPECTED_SLOTS) {
            grow((int) slotCount);
        }
    }

    private void grow() {
        grow(2 * (mask + 1));
    }

    private void grow(int slotCount) {
        int before = mask + 1;
        reservation.grow(bytes(slotCount));
        long[] larger = new long[slotCount];
        int newMask = slotCount - 1;
        for (int group = 0; group < count; group++) {
            int slot = (int) (hashes[group] >>> 12) & newMask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & newMask;
            }
            larger[slot] = (hashes[group] & HASH_MASK) | (group + 1);
        }
        words = Arrays.copyOf(words, slotCount / 2 * wordCount);
        hashes = Arrays.copyOf(hashes, slotCount / 2);
        texts = Arrays.copyOf(texts, hasTexts ? slotCount / 2 : 0);
        slots = larger;
        mask = newMask;
        reservation.shrink(bytes(before));
    }

    @Override
    long hash(int group) {
        return hashes[group];
    }

    @Override
    void addFrom(KeyTable other, int[] from, int rowCount, int[] to) {
        WordKeyTable source = (WordKeyTable) other;
        for (int i = 0; i < rowCount; i++) {
            to[i] = addFrom(source, from[i]);
        }
    }

    private int addFrom(WordKeyTable source, int group) {
        long hash = source.hashes[group];
        int length = source.textLength(group);
        if (count == hashes.length) {
            grow();
        }
        int slot = (int) (hash >>> 12) & mask;
        long entry;
        while ((entry = slots[slot]) != 0) {
            int known = (int) entry - 1;
            if (((entry ^ hash) & HASH_MASK) == 0 && equal(source, group, known, length)) {
                return known;
            }
            slot = (slot + 1) & mask;
        }
        int added = count;
        if (hasTexts) {
            long reference = source.texts[group];
            texts[added] =
                    reference < 0
                            ? reference
                            : arena.put(
                                    source.arena.chunk(reference),
                                    Arena.position(reference),
                                    length);
        }
        System.arraycopy(source.words, group * wordCount, words, added * wordCount, wordCount);
        hashes[added] = hash;
        slots[slot] = (hash & HASH_MASK) | (added + 1);
        count++;
        return added;
    }

    private boolean equal(WordKeyTable source, int group, int known, int length) {
        for (int w = 0; w < wordCount; w++) {
            if (words[known * wordCount + w] != source.words[group * wordCount + w]) {
                return false;
            }
        }
        if (!hasTexts) {
            return true;
        }
        long mine = texts[known];
        long theirs = source.texts[group];
        if (mine < 0 && mine == theirs) {
            return true;
        }
        int myStart = startOf(mine);
        int theirStart = source.startOf(theirs);
        return Arrays.equals(
                heapOf(mine),
                myStart,
                myStart + length,
                source.heapOf(theirs),
                theirStart,
                theirStart + length);
    }

    /// Bytes of all texts of a group's key.
    private int textLength(int group) {
        int total = 0;
        for (int c : layout.texts) {
            total += length(group, c);
        }
        return total;
    }

    private int length(int group, int column) {
        return (int) (words[group * wordCount + layout.word[column]] >>> layout.shift[column]);
    }

    @Override
    LongVector codes(int column, int first, int rowCount) {
        return KeyColumns.words(layout, column, words, first, rowCount);
    }

    @Override
    Vector column(int column, int first, int rowCount, @Nullable Selection wanted) {
        if (layout.type(column).physical() != Physical.BYTES || layout.vocabulary(column) != null) {
            return KeyColumns.packed(layout, column, words, first, rowCount, wanted);
        }
        Dictionary dictionary = dictionaryOf(first, rowCount);
        if (dictionary != null && dictionary.type().equals(layout.type(column))) {
            int[] codes = new int[rowCount];
            for (int i = 0; i < rowCount; i++) {
                codes[i] = codeOf(texts[first + i]);
            }
            return KeyColumns.codes(layout, column, words, first, rowCount, codes, dictionary);
        }
        int[] start = new int[rowCount];
        int[] length = new int[rowCount];
        long total = 0;
        for (int i = 0; i < rowCount; i++) {
            length[i] = length(first + i, column);
            total += length[i];
        }
        byte[] heap = new byte[Math.toIntExact(total)];
        int used = 0;
        for (int i = 0; i < rowCount; i++) {
            long reference = texts[first + i];
            int at = startOf(reference);
            for (int c : layout.texts) {
                if (c == column) {
                    break;
                }
                at += length(first + i, c);
            }
            start[i] = used;
            if (length[i] > 0) {
                System.arraycopy(heapOf(reference), at, heap, used, length[i]);
            }
            used += length[i];
        }
        return KeyColumns.texts(layout, column, words, first, rowCount, heap, start, length);
    }

    /// The dictionary that the texts of all these groups lie in; null where there is none.
    private @Nullable Dictionary dictionaryOf(int first, int rowCount) {
        long reference = texts[first];
        long different = 0;
        for (int i = 1; i < rowCount; i++) {
            different |= texts[first + i] ^ reference;
        }
        return reference < 0 && different >>> 32 == 0
                ? dictionaries.get(dictionaryOf(reference))
                : null;
    }
}
