package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.type.Physical;
import org.jspecify.annotations.Nullable;

/// The marks and zone maps of a segment. Immutable once complete.
///
/// As bytes: the layout (one byte: 0 the granules hold values, 1 they hold codes, and the [DictionaryMarks] follow), per granule its
/// length as a varint, per granule its checksum (four bytes), the [ZoneMaps].
final class SegmentIndex {
    private final long[] positions;
    private final int[] checksums;
    private final ZoneMaps zones;
    private final @Nullable DictionaryMarks dictionary;

    private static final int VALUES = 0;
    private static final int CODES = 1;

    /// @param start where the segment begins
    /// @param dictionary what the granules' codes mean; null where they hold values
    SegmentIndex(
            long start,
            @Nullable DictionaryMarks dictionary,
            int[] lengths,
            int[] checksums,
            ZoneMaps zones) {
        this.dictionary = dictionary;
        this.positions = new long[lengths.length + 1];
        this.checksums = checksums;
        this.zones = zones;
        positions[0] = dictionary == null ? start : dictionary.endPosition();
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

    @Nullable DictionaryMarks dictionary() {
        return dictionary;
    }

    void write(ByteSink sink) {
        sink.putByte(dictionary == null ? VALUES : CODES);
        if (dictionary != null) {
            dictionary.write(sink);
        }
        for (int g = 0; g < checksums.length; g++) {
            sink.putVarint(length(g));
        }
        sink.putInts(checksums, checksums.length);
        zones.write(sink);
    }

    /// @param start where the segment begins
    /// @param end where the last granule must end
    static SegmentIndex read(
            ByteSource source,
            long start,
            long end,
            Physical physical,
            long rowCount,
            int rowsPerGranule) {
        int layout = source.getByte();
        if (layout > CODES || (layout == CODES && physical != Physical.BYTES)) {
            throw ByteSource.malformed("unknown layout " + layout + " of a segment");
        }
        DictionaryMarks dictionary = layout == CODES ? DictionaryMarks.read(source, start) : null;
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
        SegmentIndex index = new SegmentIndex(start, dictionary, lengths, checksums, zones);
        if (index.positions[granules] != end) {
            throw ByteSource.malformed("granules that do not fill their segment");
        }
        return index;
    }
}
