package io.basaltdb.formats.parquet;

import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.storage.table.VectorFilter;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// The rows of a column's granules whose values some ranges allow. An entry of a dictionary is looked at once, however many rows have it. For one thread.
final class RangeSelection {
    private static final byte UNKNOWN = 0;
    private static final byte ALLOWED = 1;
    private static final byte OTHER = 2;

    private @Nullable Dictionary dictionary;
    private @Nullable Ranges ranges;
    private byte[] known = {};

    Selection select(Vector values, Ranges allowed, @Nullable Selection among) {
        return values instanceof DictionaryVector coded
                ? coded(coded, allowed, among)
                : VectorFilter.select(values, allowed, among);
    }

    private Selection coded(DictionaryVector values, Ranges allowed, @Nullable Selection among) {
        begin(values.dictionary(), allowed);
        int count = among == null ? values.size() : among.count();
        int[] chosen = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = among == null ? i : among.rows()[i];
            boolean fits =
                    values.isNull(row)
                            ? allowed.includesNull()
                            : isAllowed(values.dictionary(), values.codes()[row], allowed);
            chosen[kept] = row;
            kept += fits ? 1 : 0;
        }
        return new Selection(chosen, kept);
    }

    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    private void begin(Dictionary of, Ranges allowed) {
        if (of != dictionary || allowed != ranges) {
            dictionary = of;
            ranges = allowed;
            known = new byte[of.size()];
        }
    }

    private boolean isAllowed(Dictionary of, int entry, Ranges allowed) {
        if (known[entry] == UNKNOWN) {
            known[entry] = allowed.contains(Lanes.value(of.values(), entry)) ? ALLOWED : OTHER;
        }
        return known[entry] == ALLOWED;
    }
}
