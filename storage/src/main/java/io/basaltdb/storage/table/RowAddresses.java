package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Addresses of rows of one table that a transaction deletes: of one part, or, without a part, of the delta.
///
/// @param numbers row numbers in the part, or the delta's sequence numbers
record RowAddresses(@Nullable PartId part, long[] numbers) {
    int[] rowNumbers() {
        return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
    }
}
