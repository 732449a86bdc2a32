package io.basaltdb.storage.segment;

/// What a part's footer says of one segment: where its index stands, and what holds for the whole.
///
/// @param indexPosition where in the file the index begins; the segment's other bytes lie before it, without gap
/// @param zoneMap of all rows
/// @param encodedBytes bytes in the file, the index included
/// @param decodedBytes bytes of the values in memory
/// @param sketch a [DistinctSketch] of the non-null values
public record SegmentSummary(
        long startPosition,
        long indexPosition,
        int indexLength,
        int indexChecksum,
        ZoneMap zoneMap,
        long encodedBytes,
        long decodedBytes,
        byte[] sketch) {
    /// The same segment where it begins so many bytes later.
    public SegmentSummary movedBy(long bytes) {
        return new SegmentSummary(
                startPosition + bytes,
                indexPosition + bytes,
                indexLength,
                indexChecksum,
                zoneMap,
                encodedBytes,
                decodedBytes,
                sketch);
    }
}
