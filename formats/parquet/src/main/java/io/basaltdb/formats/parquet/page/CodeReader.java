package io.basaltdb.formats.parquet.page;

/// The codes of a page whose values lie in the chunk's dictionary: a byte that says how many bits each has, and runs of them. For one thread.
final class CodeReader {
    private final RunReader runs = new RunReader();

    void begin(Page page) {
        if (page.at() == page.end()) {
            // A page of nothing but NULLs.
            runs.begin(page.bytes(), page.at(), page.end(), 1);
        } else {
            runs.begin(page.bytes(), page.at() + 1, page.end(), page.bytes()[page.at()]);
        }
    }

    /// @param size of the dictionary
    void read(int[] codes, int from, int count, int size) {
        runs.read(codes, from, count);
        int greatest = Integer.MIN_VALUE;
        for (int i = from; i < from + count; i++) {
            greatest = Math.max(greatest, codes[i] ^ Integer.MIN_VALUE);
        }
        if (count > 0 && Integer.compareUnsigned(greatest ^ Integer.MIN_VALUE, size) >= 0) {
            throw new DamagedPageException(
                    "the code "
                            + Integer.toUnsignedString(greatest ^ Integer.MIN_VALUE)
                            + " is beyond the "
                            + size
                            + " entries of the dictionary");
        }
    }
}
