package io.basaltdb.storage.segment;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.nested.NestedCheck;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Vector;
import java.util.List;

/// Walks a segment: decodes every granule and compares the values with the zone maps.
public final class SegmentCheck {
    private SegmentCheck() {}

    /// Adds one line per problem.
    public static void check(SegmentReader segment, boolean nullable, List<String> problems) {
        try {
            SegmentCursor cursor = segment.cursor(new CursorScratch());
            ZoneMap all = new ZoneMap(0, 0, null, null, true);
            for (int g = 0; g < segment.granuleCount(); g++) {
                ZoneMap zone = segment.zoneMap(g);
                checkGranule(segment, cursor, g, zone, problems);
                all = all.union(zone);
            }
            if (!all.equals(segment.zoneMap())) {
                problems.add(place(segment) + ": the zone maps of its granules give another whole");
            }
            if (!nullable && all.nullCount() > 0) {
                problems.add(place(segment) + ": NULLs where none are allowed");
            }
            DistinctSketch.fromBytes(segment.summary().sketch());
        } catch (BasaltException e) {
            problems.add(e.text());
        }
    }

    private static String place(SegmentReader segment) {
        return "part " + segment.name().part() + " " + segment.name().column();
    }

    private static void checkGranule(
            SegmentReader segment,
            SegmentCursor cursor,
            int granule,
            ZoneMap zone,
            List<String> problems) {
        cursor.seek(granule);
        Vector values;
        try {
            values = cursor.readStored();
        } catch (BasaltException e) {
            problems.add(e.text());
            return;
        }
        long nulls = 0;
        boolean minSeen = false;
        boolean maxSeen = false;
        Value min = zone.min();
        Value max = zone.max();
        for (int row = 0; row < values.size(); row++) {
            Value value = LaneOrder.valueAt(values, row);
            if (value.isNull()) {
                nulls++;
                continue;
            }
            if (!isValue(value, segment.type())) {
                problems.add(
                        place(segment)
                                + ", granule "
                                + granule
                                + ", row "
                                + row
                                + ": its bytes are no value of "
                                + segment.type().sql());
                return;
            }
            int toMin = min == null ? -1 : Value.compare(value, min);
            int toMax = max == null ? 1 : Value.compare(value, max);
            minSeen |= toMin == 0;
            maxSeen |= toMax == 0;
            if (toMin < 0 || toMax > 0) {
                problems.add(
                        place(segment)
                                + ", granule "
                                + granule
                                + ", row "
                                + row
                                + ": a value outside its zone map");
                return;
            }
        }
        boolean boundsOccur = min == null || !zone.exact() || (minSeen && maxSeen);
        if (nulls != zone.nullCount() || !boundsOccur) {
            problems.add(
                    place(segment)
                            + ", granule "
                            + granule
                            + ": another zone map than its values have");
        }
    }

    private static boolean isValue(Value value, Type type) {
        return switch (type) {
            case Type.Nested nested ->
                    !(value instanceof Value.Bytes(byte[] bytes))
                            || NestedCheck.isValue(nested, bytes, 0, bytes.length);
            case Type.Inet _ ->
                    value instanceof Value.Bytes(byte[] bytes)
                            && InetBytes.isValue(bytes, 0, bytes.length);
            case Type.Enumeration labels ->
                    value instanceof Value.Whole(long place)
                            && place >= 0
                            && place < labels.labels().size();
            default -> true;
        };
    }
}
