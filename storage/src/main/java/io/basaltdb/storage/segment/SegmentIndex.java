package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.type.Physical;

/// The marks and zone maps of a segment. Immutable once complete.
///
/// As bytes: per granule its length as a varint, per granule its checksum (four bytes), the [ZoneMaps].
final class SegmentIndex {
    private final long[] positions;
    private final int[] checksums;
    private final ZoneMaps zones;

    SegmentIndex(long start, int[] lengths, int[] checksums, ZoneMaps zones) {
        this.positions = new long[lengths.length + 1];
        this.checksums = checksums;
        this.zones = zones;
        positions[0] = start;
        for (int g = 0; g < lengths.length; g++) {
            positions[g + 1] = positions[g] + lengths[g];
        }
    }

    int granuleCount() {
        return checksums.length;
    }

    long position(int granule) {
        return positions[granule];
    }

    int length(int granule) {
        return (int) (positions[granule + 1] - positions[granule]);
    }

    int checksum(int granule) {
        return checksums[granule];
    }

    ZoneMaps zones() {
        return zones;
    }

    void write(ByteSink sink) {
        for (int g = 0; g < checksums.length; g++) {
            sink.putVarint(length(g));
        }
        sink.putInts(checksums, checksums.length);
        zones.write(sink);
    }

    /// @param start where the first granule begins
    /// @param end where the last granule must end
    static SegmentIndex read(
            ByteSource source,
            long start,
            long end,
            Physical physical,
            long rowCount,
            int rowsPerGranule) {
        int granules = (int) ((rowCount + rowsPerGranule - 1) / rowsPerGranule);
        if (granules > source.remaining()) {
            throw ByteSource.malformed("an index that is too short for " + granules + " granules");
        }
        int[] lengths = new int[granules];
        for (int g = 0; g < granules; g++) {
            lengths[g] = source.getCount(Integer.MAX_VALUE);
        }
        int[] checksums = new int[granules];
        source.getInts(checksums, granules);
        ZoneMaps zones = ZoneMaps.read(physical, rowCount, rowsPerGranule, granules, source);
        source.expectEnd();
        SegmentIndex index = new SegmentIndex(start, lengths, checksums, zones);
        if (index.positions[granules] != end) {
            throw ByteSource.malformed("granules that do not fill their segment");
        }
        return index;
    }
}
