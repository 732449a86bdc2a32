package io.basaltdb.query.operator.scan;

import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// One lane's use of a dynamic filter: it stops asking where nearly every row passes.
final class DynamicSelection {
    /// Rows after which it is judged, and the share that may pass at most.
    private static final long JUDGED_ROWS = 1 << 16;

    private static final double WORTHY_SHARE = 0.8;

    private long askedRows;
    private long passedRows;
    private boolean isGivenUp;

    /// The lanes among `among` (null: all) whose value can still matter; null where that is all of them or nobody looked.
    @Nullable Selection select(
            DynamicFilter filter, Vector values, @Nullable Selection among, int[] scratch) {
        if (isGivenUp) {
            return null;
        }
        Selection passed = filter.select(values, among, scratch);
        if (passed != null) {
            askedRows += among == null ? values.size() : among.count();
            passedRows += passed.count();
            if (askedRows >= JUDGED_ROWS) {
                isGivenUp = passedRows > WORTHY_SHARE * askedRows;
                askedRows = 0;
                passedRows = 0;
            }
        }
        return passed;
    }
}
