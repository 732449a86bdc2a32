package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One dictionary for chunks of codes into several: their texts one behind the other. A text that stands in two of them stands there twice.
@SuppressWarnings("ReferenceEquality") // dictionaries are told apart by identity
final class JoinedDictionary {
    private static final int MAX_BYTES = 1 << 30;

    private JoinedDictionary() {}

    /// The dictionary; null where not all chunks are codes of texts, or it would be too large.
    ///
    /// @param firstCodes takes for each chunk what is to be added to its codes
    static @Nullable Dictionary of(Type type, Vector[] chunks, int[] firstCodes) {
        List<Dictionary> all = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        long size = 0;
        long bytes = 0;
        for (int c = 0; c < chunks.length; c++) {
            if (!(chunks[c] instanceof DictionaryVector coded)
                    || !(coded.dictionary().values() instanceof BytesVector texts)) {
                return null;
            }
            int known = all.size() - 1;
            while (known >= 0 && all.get(known) != coded.dictionary()) {
                known--;
            }
            if (known >= 0) {
                firstCodes[c] = starts.get(known);
                continue;
            }
            firstCodes[c] = (int) size;
            all.add(coded.dictionary());
            starts.add((int) size);
            size += texts.size();
            bytes += texts.heap().length;
            if (size > MAX_BYTES / Integer.BYTES || bytes > MAX_BYTES) {
                return null;
            }
        }
        if (all.isEmpty()) {
            return null;
        }
        return all.size() == 1 ? all.getFirst() : joined(type, all, (int) size, (int) bytes);
    }

    private static Dictionary joined(Type type, List<Dictionary> all, int size, int bytes) {
        byte[] heap = new byte[bytes];
        int[] start = new int[size];
        int[] length = new int[size];
        int code = 0;
        int end = 0;
        for (Dictionary dictionary : all) {
            BytesVector texts = (BytesVector) dictionary.values();
            System.arraycopy(texts.heap(), 0, heap, end, texts.heap().length);
            System.arraycopy(texts.length(), 0, length, code, texts.size());
            for (int i = 0; i < texts.size(); i++) {
                start[code + i] = end + texts.start()[i];
            }
            code += texts.size();
            end += texts.heap().length;
        }
        return new Dictionary(new BytesVector(type, size, heap, start, length, null), false);
    }
}
