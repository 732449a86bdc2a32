package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.segment.CursorScratch;
import io.basaltdb.storage.segment.SegmentCursor;
import io.basaltdb.storage.segment.SegmentReader;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads granules of a part for one thread, into arrays that it uses again: what it hands out is lent until the next [#seek].
public final class PartCursor implements AutoCloseable {
    private final PartReader part;
    private final Set<Integer> columnIds;

    /// Of the columns that were asked for. A scan may name all columns of a wide table and read two.
    private final Map<Integer, SegmentCursor> cursors = new HashMap<>();

    private final CursorScratch scratch = new CursorScratch();
    private final @Nullable SegmentCursor births;
    private long[] birthsOfGranule = {};
    private int granule = -1;

    PartCursor(PartReader part, List<Integer> columnIds) {
        this.part = part;
        this.columnIds = Set.copyOf(columnIds);
        SegmentReader birthSegment = part.birthSegment();
        births = birthSegment == null ? null : birthSegment.cursor(scratch);
    }

    /// Goes to that granule, in any order.
    public void seek(int newGranule) {
        granule = newGranule;
        for (SegmentCursor cursor : cursors.values()) {
            cursor.seek(newGranule);
        }
        if (births != null) {
            births.seek(newGranule);
        }
    }

    /// The rows among `among` (null: all rows) whose value is allowed, found on the encoded data where possible.
    public Selection select(int columnId, Ranges ranges, @Nullable Selection among) {
        return cursor(columnId).select(ranges, among);
    }

    /// The column's values, a lane per row of the granule; lanes that `wanted` leaves out may hold anything (null: all are wanted).
    public Vector read(int columnId, @Nullable Selection wanted) {
        return cursor(columnId).read(wanted);
    }

    private SegmentCursor cursor(int columnId) {
        SegmentCursor cursor = cursors.get(columnId);
        return cursor != null ? cursor : open(columnId);
    }

    private SegmentCursor open(int columnId) {
        if (!columnIds.contains(columnId)) {
            throw new BasaltException(
                    ErrorCode.INTERNAL, "the cursor was opened without column " + columnId);
        }
        SegmentCursor cursor = part.segment(columnId).cursor(scratch);
        if (granule >= 0) {
            cursor.seek(granule);
        }
        cursors.put(columnId, cursor);
        return cursor;
    }

    /// The birth commits of the granule's rows; only where [PartReader#hasBirths].
    public long[] births() {
        if (births == null) {
            throw new BasaltException(
                    ErrorCode.INTERNAL, "part " + part.description().id() + " keeps no births");
        }
        return switch (births.read(null)) {
            case LongVector vector -> vector.values();
            case ConstantVector constant -> filled(constant);
            default -> throw new AssertionError("births are numbers");
        };
    }

    private long[] filled(ConstantVector constant) {
        int rows = part.rowCount(granule);
        if (birthsOfGranule.length < rows) {
            birthsOfGranule = new long[rows];
        }
        Arrays.fill(birthsOfGranule, 0, rows, ((Value.Whole) constant.value()).value());
        return birthsOfGranule;
    }

    /// Encoded bytes fetched so far.
    public long bytesRead() {
        long sum = births == null ? 0 : births.bytesRead();
        for (SegmentCursor cursor : cursors.values()) {
            sum += cursor.bytesRead();
        }
        return sum;
    }

    @Override
    public void close() {
        cursors.clear();
    }
}
