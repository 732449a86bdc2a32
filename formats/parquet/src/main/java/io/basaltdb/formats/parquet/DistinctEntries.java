package io.basaltdb.formats.parquet;

import io.basaltdb.query.expression.DistinctTexts;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import org.jspecify.annotations.Nullable;

/// The dictionary of a column chunk as one of ours, in which no value is there twice. It has copies of the values, in the order of the file.
final class DistinctEntries {
    private final Dictionary dictionary;

    /// The codes here of the file's; null where they are the same, as in files of sane writers.
    private final int @Nullable [] codes;

    private int[] renamed = {};

    /// @param entryCount at least one
    DistinctEntries(Type type, LeafValues.Bytes entries, int entryCount) {
        DistinctTexts texts = new DistinctTexts(type);
        int[] byEntry = new int[entryCount];
        for (int i = 0; i < entryCount; i++) {
            byEntry[i] = texts.add(entries.heap(), entries.starts()[i], entries.lengths()[i]);
        }
        this.dictionary = texts.dictionary();
        this.codes = dictionary.size() == entryCount ? null : byEntry;
    }

    /// @param entries a number of an entry of the file for each lane; lent with the vector
    DictionaryVector vector(int[] entries, int count, long @Nullable [] validity) {
        int[] names = codes;
        if (names == null) {
            return new DictionaryVector(count, entries, dictionary, validity);
        }
        renamed = Scratch.ints(renamed, count);
        for (int i = 0; i < count; i++) {
            renamed[i] = names[entries[i]];
        }
        return new DictionaryVector(count, renamed, dictionary, validity);
    }
}
