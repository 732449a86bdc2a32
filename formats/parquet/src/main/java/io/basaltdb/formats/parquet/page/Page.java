package io.basaltdb.formats.parquet.page;

/// The values of a page, unpacked, without its levels.
///
/// @param bytes with [PageBuffers#SLACK] bytes behind `end`
/// @param valueCount NULLs included
record Page(byte[] bytes, int at, int end, int valueCount, PageEncoding encoding) {
    /// Refuses a page that has fewer bytes than these values take.
    ///
    /// @param from where the values begin
    void require(int from, long sizeBytes) {
        if (sizeBytes > end - from) {
            throw new DamagedPageException("a page ends before its values do");
        }
    }
}
